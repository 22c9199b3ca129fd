#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "config/config.hpp"
#include "core/error.hpp"
#include "crawler/pace_keeper.hpp"

namespace waydiff::pipeline {

/// The value of an environment variable; empty when it is not set.
using Environment = std::function<std::string(const std::string& name)>;
[[nodiscard]] std::string process_environment(const std::string& name);

/// Where the state of the archive hosts is: WAYDIFF_HOST_STATE, else `host_state` of the configuration, else
/// waydiff/hosts.db under XDG_STATE_HOME or ~/.local/state. Fails with not_found without a home.
[[nodiscard]] core::Result<std::filesystem::path> host_state_file(const config::Config& config,
                                                                  const Environment& environment);

/// Keeps the state of archive hosts in that file, shared with all processes that use it. When the file cannot be used
/// (damaged, locked, read-only, disk full), at once or later, it goes on alone from what it knows, at half of each
/// budget, and tells `warn` once, naming the file: what others do is not known then, and the run need not be lost.
[[nodiscard]] std::shared_ptr<crawler::PaceKeeper> open_shared_pace(const core::Result<std::filesystem::path>& file,
                                                                    std::function<void(const std::string&)> warn);

}  // namespace waydiff::pipeline
