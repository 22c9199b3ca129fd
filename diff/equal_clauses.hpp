#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "diff/clause_view.hpp"

namespace waydiff::diff {

inline constexpr std::size_t none = std::numeric_limits<std::size_t>::max();  ///< no counterpart

/// Clauses with equal fingerprints on both sides: `to_after[i]` is the new index of old clause i or `none`, `to_before`
/// the other way. Gaps number the places between the clauses that kept their order: clauses of both sides with the
/// same gap stand between the same two.
struct EqualClauses {
  std::vector<std::size_t> to_after, to_before;
  std::vector<std::size_t> before_gap, after_gap;
};

/// First those in a common order, then those that moved. Short clauses that recur ("None.") move only beside a
/// neighbour that did. O(n log n).
[[nodiscard]] EqualClauses equal_clauses(std::span<const ClauseView> before, std::span<const ClauseView> after);

/// How much a clause weighs when it must be told which of two moved: about its words, plus one.
[[nodiscard]] double clause_weight(const ClauseView& clause);

}  // namespace waydiff::diff
