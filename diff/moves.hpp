#pragma once

#include <cstddef>
#include <vector>

namespace waydiff::diff {

/// Two places that hold the same thing, and how much it weighs (in words).
struct Link {
  std::size_t before = 0;
  std::size_t after = 0;
  double weight = 1.0;
};

/// The heaviest set of links that keeps the order of both sides, as increasing indices into `links`; what is left
/// out is the smallest set of words whose move explains the rest. `links` must be sorted by `before`. O(n log n).
[[nodiscard]] std::vector<std::size_t> in_order(const std::vector<Link>& links);

}  // namespace waydiff::diff
