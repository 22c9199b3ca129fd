#pragma once

#include "cli/command.hpp"
#include "pipeline/crawl.hpp"

namespace waydiff::cli {

/// Which stages a command runs.
struct Stages {
  bool crawl = true;
  bool process = true;
  bool report = true;
  bool relist = false;
  const char* command = "run";  ///< for the store's list of runs
};

/// Runs the stages over a configuration, prints the receipt on stdout, and gives the documented exit status.
[[nodiscard]] Exit whole_run(const config::Config& config, const Stages& stages, const Common& common, Console& console);

}  // namespace waydiff::cli
