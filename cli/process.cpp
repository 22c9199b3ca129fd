#include "pipeline/process.hpp"

#include <boost/json.hpp>

#include "cli/command.hpp"
#include "cli/shard.hpp"

namespace waydiff::cli {

Action add_process(Subcommand& app) {
  auto options = std::make_shared<pipeline::ProcessOptions>();
  app.add_flag("--all", options->all, "Extract and compare everything again");
  app.add_option("--threads", options->threads, "Threads of the pool; 0: one a core").between(0, 256);
  auto shard = std::make_shared<Shard>();
  add_shard(app, *shard);
  return [options, shard](const Common& common, Console& console) {
    auto store = common.open_store(storage::Mode::write);
    if (!store) return console.fail(store.error());
    if (shard->of > 1) {
      const auto targets = store->targets();
      if (!targets) return console.fail(targets.error());
      for (const storage::Target& target : *targets) {
        if (shard->has(target.site)) options->targets.push_back(target.id);
      }
      if (options->targets.empty()) {
        console.say("Nothing to do: no site falls to this shard.");
        return Exit::done;
      }
    }
    const auto done = pipeline::process(*store, console, *options);
    if (!done) return console.fail(done.error());
    if (common.json) {
      const boost::json::value line = {{"extracted", done->extracted},
                                       {"compared", done->compared},
                                       {"histories", done->histories},
                                       {"unreadable", done->unreadable},
                                       {"former", done->former}};
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
