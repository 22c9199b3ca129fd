#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "diff/clause_view.hpp"

namespace waydiff::diff {

/// Clauses of the old document and what became of them. Same: equal fingerprints. Exactly one of the counts may be
/// above one: old clauses merged, or one split into several.
struct Correspondence {
  std::size_t before = 0;
  std::size_t before_count = 1;
  std::size_t after = 0;
  std::size_t after_count = 1;
  bool same = false;
  bool moved = false;
  double similarity = 1.0;
};

struct Correspondences {
  std::vector<Correspondence> all;  ///< sorted by `before`; every clause stands in at most one
  std::vector<std::string> notes;
};

/// Who became whom: the common order first, then moves, then rewording, splits and merges by similarity.
[[nodiscard]] Correspondences correspond(std::span<const ClauseView> before, std::span<const ClauseView> after);

}  // namespace waydiff::diff
