#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/rows.hpp"

namespace waydiff::pipeline {

/// Captures of a target that are not in the store and share why.
struct Standing {
  storage::Id archive = 0;
  storage::Outcome outcome = storage::Outcome::pending;
  std::string reason;  ///< of failed ones: the error's name; else empty
  std::size_t count = 0;
  std::optional<std::chrono::sys_seconds> goes_on;  ///< asked for from then on; empty: by the next run
  storage::CaptureRow example;                      ///< the latest of them
};

/// What stands between a target's listed captures and their bodies, by archive, then outcome. What the plan does not
/// ask for is not counted. A pause that an archive asked for holds back whatever it still has to give.
[[nodiscard]] std::vector<Standing> standings(
    std::span<const storage::CaptureRow> rows,
    const std::map<storage::Id, std::optional<std::chrono::sys_seconds>>& not_before, std::chrono::sys_seconds now);

}  // namespace waydiff::pipeline
