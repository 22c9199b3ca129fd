#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "cli/exit_status.hpp"
#include "config/config.hpp"
#include "core/error.hpp"
#include "storage/store.hpp"

namespace waydiff::cli {

/// The options that every subcommand takes.
struct Common {
  std::string config;  ///< --config; empty: ./waydiff.toml if it is there
  std::string db;      ///< --db; empty: what the configuration says
  bool quiet = false;
  bool verbose = false;
  bool json = false;
  bool log_json = false;

  /// True when there is a configuration to load: one was named, or ./waydiff.toml is there.
  [[nodiscard]] bool has_config() const;
  /// The configuration named, or ./waydiff.toml. Fails with not_found saying what to give.
  [[nodiscard]] core::Result<config::Config> load_config() const;
  /// Opens the store named by --db or the configuration.
  [[nodiscard]] core::Result<storage::Store> open_store(storage::Mode mode) const;
};

/// What a subcommand does once its options are read.
using Action = std::function<Exit(const Common&, Console&)>;

/// One row of the table of subcommands: `add` puts the options on `app` and returns the action that reads them.
struct Command {
  const char* name;
  const char* help;
  Action (*add)(CLI::App& app);
};

// One file each.
Action add_run(CLI::App& app);
Action add_crawl(CLI::App& app);
Action add_process(CLI::App& app);
Action add_report(CLI::App& app);
Action add_backfill(CLI::App& app);
Action add_discover(CLI::App& app);
Action add_extract(CLI::App& app);
Action add_diff(CLI::App& app);
Action add_log(CLI::App& app);
Action add_blame(CLI::App& app);
Action add_search(CLI::App& app);
Action add_spread(CLI::App& app);
Action add_show(CLI::App& app);
Action add_status(CLI::App& app);
Action add_release(CLI::App& app);
Action add_quarantine(CLI::App& app);
Action add_import(CLI::App& app);
Action add_generations(CLI::App& app);
Action add_verify(CLI::App& app);
Action add_backup(CLI::App& app);
Action add_merge(CLI::App& app);

/// The whole table, in the order of `waydiff --help`.
[[nodiscard]] const std::vector<Command>& commands();

}  // namespace waydiff::cli
