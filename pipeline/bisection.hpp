#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/timestamp.hpp"

namespace waydiff::pipeline {

/// What is known of one listed capture of a target.
struct Sighting {
  enum class Known : std::uint8_t {
    open,      ///< not looked at; may be fetched
    good,      ///< fetched, and fit to compare: `state` names its text
    unfit,     ///< fetched, or known from the index, not to be the text (an error page, a wall)
    withheld,  ///< the archive does not give it out, or not now
  };
  core::Timestamp time;
  std::int64_t length = -1;  ///< of the archive's record; -1: unknown
  std::uint32_t digest = 0;  ///< equal numbers, equal digests; 0 when it tells nothing. Small: they index vectors
  std::uint32_t state = 0;   ///< of good ones: equal numbers, equal texts
  bool full = true;          ///< an ordinary page with status 200; false: a revisit, or status unknown
  Known known = Known::open;
};

/// The captures worth fetching next to pin each change of the text to its narrowest interval; the most valuable first,
/// none when there is nothing more to learn. `sightings` are by time. Ask again once those are fetched and read: each
/// round halves what is open.
///
/// First and last come first, then a coarse grid. Between neighbours of different text the middle one is asked for,
/// until they are neighbours in the listing too. Between neighbours of the same text, captures whose digests (or,
/// where digests differ for one text, lengths) hint at another one are asked for. A digest that was read once is known
/// wherever it recurs. Captures that proved unfit are passed over for the next best. A text that stands in a single
/// capture between two equal ones may be missed; one of two captures or more is found where digests tell texts apart.
/// n log n a round.
[[nodiscard]] std::vector<std::size_t> next_captures(std::span<const Sighting> sightings);

}  // namespace waydiff::pipeline
