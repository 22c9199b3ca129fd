#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string_view>

#include "cli/command.hpp"
#include "cli/process_end.hpp"
#include "core/nearest.hpp"

namespace waydiff::cli {
namespace {

constexpr const char* footer =
    "\nExit status: 0 done and complete; 1 `diff --exit-code` found differences; 2 wrong usage or configuration;\n"
    "3 finished but incomplete, a rerun goes on; 4 stopped because the archive asked us to; 5 the store cannot be "
    "used.";

void add_common(CLI::App& app, Common& common) {
  app.add_option("--config", common.config, "Configuration file; default: waydiff.toml in this folder")
      ->type_name("FILE");
  app.add_option("--db", common.db, "Store; default: what the configuration says")->type_name("FILE");
  app.add_flag("--quiet", common.quiet, "No talk on stderr but warnings");
  app.add_flag("--verbose", common.verbose, "More talk on stderr");
  app.add_flag("--json", common.json, "Data on stdout as JSON");
  app.add_flag("--log-json", common.log_json, "Talk on stderr as one line of JSON an event");
}

int unknown(const char* word) {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  const std::string near = core::nearest(word, names);
  std::fprintf(stderr, "waydiff: there is no subcommand \"%s\"%s\n", word,
               near.empty() ? "; see waydiff --help" : (": did you mean \"" + near + "\"?").c_str());
  return static_cast<int>(Exit::usage);
}

int run(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--version") {  // asked by scripts, which wait for it
    std::puts("waydiff " WAYDIFF_VERSION);
    return static_cast<int>(Exit::done);
  }
  CLI::App app("Follows policies through web archives and records what changed, clause by clause.", "waydiff");
  app.set_version_flag("--version", std::string("waydiff ") + WAYDIFF_VERSION);
  app.require_subcommand(1);
  app.footer(footer);
  app.get_formatter()->column_width(30);

  const std::string_view word = argc > 1 ? argv[1] : "";
  const auto named = [&](const Command& command) { return command.name == word; };
  const bool known = std::any_of(commands().begin(), commands().end(), named);
  if (!known && !word.empty() && word.front() != '-') return unknown(argv[1]);
  Common common;
  Action chosen;
  for (const Command& command : commands()) {
    if (known && !named(command)) continue;  // the options of all would take longer than to compare two pages
    CLI::App* const sub = app.add_subcommand(command.name, command.help);
    Action action = command.add(*sub);
    add_common(*sub, common);
    sub->callback([&chosen, action = std::move(action)] { chosen = action; });
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error);
    return status == 0 ? 0 : static_cast<int>(Exit::usage);
  }
  const Exit status = [&] {
    Console console(Talk{common.quiet, common.verbose, common.log_json});
    return chosen(common, console);
  }();
  leave(static_cast<int>(status));
}

}  // namespace
}  // namespace waydiff::cli

int main(int argc, char** argv) {
  // A reader that closes the pipe early is told by the write that fails, not by a signal.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    waydiff::cli::leave(waydiff::cli::run(argc, argv));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "waydiff: %s\n", error.what());
    return static_cast<int>(waydiff::cli::Exit::incomplete);
  }
}
