#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "config/every.hpp"
#include "core/timestamp.hpp"
#include "storage/rows.hpp"

namespace waydiff::pipeline {

/// Which of a target's captures the plan asks for: all of them, or for each point of the grid (`origin`, origin + one
/// period, …) the nearest capture within half a period, good ones (status 200, revisits) preferred. `rows` are by
/// time; the answer has an entry for each. Linear but for the grid.
[[nodiscard]] std::vector<bool> choose(std::span<const storage::CaptureRow> rows, const config::Every& every,
                                       core::Timestamp origin);

/// What to do with a chosen capture that has no final outcome yet.
struct Step {
  enum class Kind {
    fetch,  ///< ask the archive
    share,  ///< take over the body of `from`: same digest, same status
    wait,   ///< another capture with the same digest is being asked for first
  };
  std::size_t row = 0;
  Kind kind = Kind::fetch;
  std::size_t from = 0;
};

/// The next steps for the captures that are pending or failed and not in `tried`. Of captures that the index says are
/// equal (same digest and status, or a revisit of it) one is asked for; the rest wait for it and share its body. The
/// digest of no bytes, unknown digests and bodies that did not match theirs make nothing equal.
[[nodiscard]] std::vector<Step> next_steps(std::span<const storage::CaptureRow> rows, const std::vector<bool>& tried);

/// True when an outcome stands: fetched, duplicate, revisit; unplayable and excluded until their retry time.
[[nodiscard]] bool is_final(const storage::CaptureRow& row, std::chrono::sys_seconds now);

/// When an unplayable or excluded capture may be asked for again: after 7, then 30, then 90 days.
[[nodiscard]] std::chrono::sys_seconds ask_again(int attempts, std::chrono::sys_seconds now);

}  // namespace waydiff::pipeline
