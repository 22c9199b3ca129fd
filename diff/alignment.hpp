#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "diff/moves.hpp"

namespace waydiff::diff {

/// Equal members of two sequences, in order on both sides: a long, readable common subsequence. `weight_of[id]` says
/// what a match is worth. Common ends first; then members that occur once on each side (their heaviest increasing
/// chain); between those the shortest edit script (dtl), in windows where a gap is long. Bounded: O(n log n) for any
/// input, so the result may be shorter than the longest in long gaps made of repetitions alone.
[[nodiscard]] std::vector<Link> common_subsequence(std::span<const std::uint32_t> before,
                                                   std::span<const std::uint32_t> after,
                                                   std::span<const double> weight_of);

}  // namespace waydiff::diff
