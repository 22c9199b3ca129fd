#pragma once

#include <cstdint>
#include <span>
#include <utility>
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

/// Shapes of some of a text's clauses.
class Shapes {
 public:
  Shapes() = default;
  explicit Shapes(std::size_t clauses) : places_(clauses, 0) {}
  void put(std::size_t clause, Shape shape) {
    places_[clause] = static_cast<std::uint32_t>(list_.size());
    list_.push_back(std::move(shape));
  }
  /// Of one that was put.
  [[nodiscard]] const Shape& operator[](std::size_t clause) const { return list_[places_[clause]]; }
  [[nodiscard]] std::size_t clauses() const noexcept { return places_.size(); }

 private:
  std::vector<std::uint32_t> places_;
  std::vector<Shape> list_;
};
[[nodiscard]] Shape joined(const Shape& first, const Shape& second, const Vocabulary& vocabulary);

/// Weight of the words both have, as often as both have them.
[[nodiscard]] double common_weight(const Shape& a, const Shape& b, const Vocabulary& vocabulary);

/// 0 (nothing in common) to 1 (the same words in the same order); rare words weigh more. Linear in the words.
[[nodiscard]] double similarity(const Shape& a, const Shape& b, const Vocabulary& vocabulary);
/// The same where their common weight is known.
[[nodiscard]] double similarity(const Shape& a, const Shape& b, double common_weight);

}  // namespace waydiff::diff
