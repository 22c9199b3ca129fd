#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/command.hpp"
#include "cli/shard.hpp"
#include "pipeline/crawl.hpp"

namespace waydiff::cli {

/// The options that run, crawl and backfill share.
struct RunOptions {
  bool relist = false;
  bool dry_run = false;
  Shard shard{};
  std::optional<int> max_requests, max_minutes;  ///< empty: as the configuration says
};

/// Puts them on a subcommand. They are read when it runs.
[[nodiscard]] std::shared_ptr<RunOptions> add_run_options(Subcommand& app);

/// What to say when a limit of the run was reached after so many requests.
[[nodiscard]] std::string limit_reached(std::size_t requests);

/// Which stages a command runs.
struct Stages {
  bool crawl = true;
  bool process = true;
  bool report = true;
  RunOptions options{};
  const char* command = "run";  ///< for the store's list of runs
};

/// Runs the stages over a configuration, prints the receipt on stdout, and gives the documented exit status.
[[nodiscard]] Exit whole_run(const config::Config& whole, const Stages& stages, const Common& common, Console& console);

}  // namespace waydiff::cli
