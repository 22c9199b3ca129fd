#include "pipeline/process.hpp"

#include <boost/json.hpp>

#include "cli/command.hpp"

namespace waydiff::cli {

Action add_process(CLI::App& app) {
  auto options = std::make_shared<pipeline::ProcessOptions>();
  app.add_flag("--all", options->all, "Extract and compare everything again");
  app.add_option("--threads", options->threads, "Threads of the pool; 0: one a core")->check(CLI::Range(0, 256));
  return [options](const Common& common, Console& console) {
    auto store = common.open_store(storage::Mode::write);
    if (!store) return console.fail(store.error());
    const auto done = pipeline::process(*store, console, *options);
    if (!done) return console.fail(done.error());
    if (common.json) {
      const boost::json::value line = {{"extracted", done->extracted},
                                       {"compared", done->compared},
                                       {"histories", done->histories},
                                       {"unreadable", done->unreadable}};
      if (const auto printed = print(boost::json::serialize(line) + "\n"); !printed)
        return console.fail(printed.error());
    }
    console.say(std::to_string(done->extracted) + " extracted, " + std::to_string(done->compared) + " compared, " +
                std::to_string(done->histories) + " histories written.");
    if (!done->interrupted) return Exit::done;
    console.warning("stopped on request; a rerun goes on");
    return Exit::incomplete;
  };
}

}  // namespace waydiff::cli
