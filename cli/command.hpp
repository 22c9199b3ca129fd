#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "cli/exit_status.hpp"
#include "cli/options.hpp"
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
  Action (*add)(Subcommand& app);
};

// One file each.
Action add_run(Subcommand& app);
Action add_crawl(Subcommand& app);
Action add_process(Subcommand& app);
Action add_report(Subcommand& app);
Action add_backfill(Subcommand& app);
Action add_discover(Subcommand& app);
Action add_extract(Subcommand& app);
Action add_diff(Subcommand& app);
Action add_log(Subcommand& app);
Action add_blame(Subcommand& app);
Action add_search(Subcommand& app);
Action add_spread(Subcommand& app);
Action add_show(Subcommand& app);
Action add_status(Subcommand& app);
Action add_release(Subcommand& app);
Action add_quarantine(Subcommand& app);
Action add_import(Subcommand& app);
Action add_generations(Subcommand& app);
Action add_verify(Subcommand& app);
Action add_backup(Subcommand& app);
Action add_merge(Subcommand& app);

/// The whole table, in the order of `waydiff --help`.
[[nodiscard]] const std::vector<Command>& commands();

}  // namespace waydiff::cli
