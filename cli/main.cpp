#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/process_end.hpp"
#include "core/nearest.hpp"

namespace waydiff::cli {
namespace {

constexpr const char* footer =
    "\nExit status: 0 done and complete; 1 `diff --exit-code` found differences; 2 wrong usage or configuration;\n"
    "3 finished but incomplete, a rerun goes on; 4 stopped because the archive asked us to; 5 the store cannot be "
    "used.";

void add_common(Subcommand& app, Common& common) {
  app.add_option("--config", common.config, "Configuration file; default: waydiff.toml in this folder").named("FILE");
  app.add_option("--db", common.db, "Store; default: what the configuration says").named("FILE");
  app.add_flag("--quiet", common.quiet, "No talk on stderr but warnings");
  app.add_flag("--verbose", common.verbose, "More talk on stderr");
  app.add_flag("--json", common.json, "Data on stdout as JSON");
  app.add_flag("--log-json", common.log_json, "Talk on stderr as one line of JSON an event");
}

constexpr Program program{"waydiff",
                          "Follows policies through web archives and records what changed, clause by clause.", footer,
                          "waydiff " WAYDIFF_VERSION};

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
    std::puts(program.version);
    return static_cast<int>(Exit::done);
  }
  const std::string_view word = argc > 1 ? argv[1] : "";
  const auto named = [&](const Command& command) { return command.name == word; };
  const bool known = std::any_of(commands().begin(), commands().end(), named);
  if (!known && !word.empty() && word.front() != '-') return unknown(argv[1]);
  Common common;
  std::map<std::string, Action> actions;
  std::vector<SubcommandRow> rows;
  for (const Command& command : commands()) {
    if (known && !named(command)) continue;  // the options of all would take longer than to compare two pages
    rows.push_back({command.name, command.help, [&](Subcommand& subcommand) {
                      actions[command.name] = command.add(subcommand);
                      add_common(subcommand, common);
                    }});
  }
  std::string chosen;
  if (const auto ended = read_command_line(program, rows, argc, argv, chosen)) return *ended;
  const Exit status = [&] {
    Console console(Talk{common.quiet, common.verbose, common.log_json});
    return actions.at(chosen)(common, console);
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
