#include "cli/command.hpp"

namespace waydiff::cli {

Action add_verify(CLI::App&) {
  return [](const Common& common, Console& console) {
    auto store = common.open_store(storage::Mode::read);
    if (!store) return console.fail(store.error());
    const auto problems = store->check();
    if (!problems) return console.fail(problems.error());
    std::string out;
    for (const std::string& problem : *problems) out += problem + "\n";
    if (const auto printed = print(out); !printed) return console.fail(printed.error());
    if (!problems->empty()) return Exit::store;
    console.say("The store is in order.");
    return Exit::done;
  };
}

}  // namespace waydiff::cli
