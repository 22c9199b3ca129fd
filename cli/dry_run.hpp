#pragma once

#include "cli/command.hpp"

namespace waydiff::cli {

/// Prints how many requests crawling the configuration would take, and how long. No requests, no writes.
[[nodiscard]] Exit dry_run(const config::Config& config, bool relist, const Common& common, Console& console);

}  // namespace waydiff::cli
