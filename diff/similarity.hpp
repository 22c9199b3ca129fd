#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "diff/words.hpp"

namespace waydiff::diff {

/// The words of a clause (or of several in a row), made ready for comparing.
struct Shape {
  std::vector<WordId> order;  ///< as they stand
  std::vector<WordId> sorted;
  std::vector<std::uint64_t> pairs;  ///< neighbouring words, sorted: evidence of order
  double weight = 0.0;               ///< sum over the words
};
[[nodiscard]] Shape shape(std::vector<WordId> words, const Vocabulary& vocabulary);
[[nodiscard]] Shape joined(const Shape& first, const Shape& second, const Vocabulary& vocabulary);

/// Weight of the words both have, as often as both have them.
[[nodiscard]] double common_weight(const Shape& a, const Shape& b, const Vocabulary& vocabulary);

/// 0 (nothing in common) to 1 (the same words in the same order); rare words weigh more. Linear in the words.
[[nodiscard]] double similarity(const Shape& a, const Shape& b, const Vocabulary& vocabulary);

}  // namespace waydiff::diff
