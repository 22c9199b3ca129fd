#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "config/every.hpp"
#include "core/error.hpp"
#include "core/timestamp.hpp"
#include "pipeline/bisection.hpp"
#include "storage/plan_rows.hpp"
#include "storage/rows.hpp"

namespace waydiff::pipeline {

/// Which of a target's captures the plan asks for: all of them, or for each point of the grid (`origin`, origin + one
/// period, …) the nearest capture within half a period, good ones (status 200, revisits) preferred. `rows` are by
/// time; the answer has an entry for each. Linear but for the grid.
[[nodiscard]] std::vector<bool> choose(std::span<const storage::PlanRow> rows, const config::Every& every,
                                       core::Timestamp origin);

/// The rows as bisection sees them. `texts` has the number of each row's text, 0 where there is none fit to compare;
/// rows in `tried` without a body are out of reach. What the index calls an error or a redirect is unfit without a
/// request.
[[nodiscard]] std::vector<Sighting> sightings(std::span<const storage::PlanRow> rows,
                                              std::span<const std::uint32_t> texts, const std::vector<bool>& tried,
                                              std::chrono::sys_seconds now);

/// What the plan `changes` asks for next, given what is known: the captures of next_captures(), those that share a body
/// which is here, and the first of the redirects that a history ends with, for it says where the document went.
/// `order`, if given, gets the rows to fetch, the most valuable first.
[[nodiscard]] std::vector<bool> choose_changes(std::span<const storage::PlanRow> rows,
                                               std::span<const Sighting> sightings,
                                               std::vector<std::size_t>* order = nullptr);

/// Makes what is chosen pending, unless its outcome stands, and what is no longer asked for unselected. Returns the
/// positions of the rows that changed.
std::vector<std::size_t> mark(std::span<storage::PlanRow> rows, const std::vector<bool>& chosen,
                              std::chrono::sys_seconds now);

/// 0 to `count` - 1, ends first, then the middles of what is between: any beginning of it is spread evenly.
[[nodiscard]] std::vector<std::size_t> spread(std::size_t count);

/// What to do with a chosen capture that has no final outcome yet.
struct Step {
  enum class Kind : std::uint8_t {
    fetch,  ///< ask the archive
    share,  ///< take over the body of `from`: same digest, same status
    wait,   ///< another capture with the same digest is being asked for first
  };
  std::uint32_t row = 0;
  std::uint32_t from = 0;
  Kind kind = Kind::fetch;
};

/// The next steps for the captures that are pending or failed and not in `tried`. Of captures that the index says are
/// equal (same digest and status, or a revisit of it) one is asked for; the rest wait for it and share its body, also
/// those that failed or are not given out: which of them was asked first is chance, and must not show. The digest of
/// no bytes, unknown digests and bodies that did not match theirs make nothing equal. Of equal ones in several
/// archives, that of the archive which comes first in `archives` is asked for.
[[nodiscard]] std::vector<Step> next_steps(std::span<const storage::PlanRow> rows, const std::vector<bool>& tried,
                                           std::span<const storage::Id> archives = {});

/// True when an outcome stands: fetched, duplicate, revisit; unplayable and excluded until their retry time.
[[nodiscard]] bool is_final(const storage::CaptureRow& row, std::chrono::sys_seconds now);
[[nodiscard]] bool is_final(const storage::PlanRow& row, std::chrono::sys_seconds now);

/// Writes into `row` that an archive did not give it out, and why: unplayable and excluded with the time to ask again,
/// anything else failed. One more attempt.
void note_failure(storage::CaptureRow& row, const core::Error& error, std::chrono::sys_seconds now);

/// When an unplayable or excluded capture may be asked for again: after 7, then 30, then 90 days.
[[nodiscard]] std::chrono::sys_seconds ask_again(int attempts, std::chrono::sys_seconds now);

}  // namespace waydiff::pipeline
