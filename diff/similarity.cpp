#include "diff/similarity.hpp"

#include <algorithm>
#include <utility>

namespace waydiff::diff {
namespace {

std::size_t common_count(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::size_t count = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] < b[j]) {
      ++i;
    } else if (b[j] < a[i]) {
      ++j;
    } else {
      ++count, ++i, ++j;
    }
  }
  return count;
}

}  // namespace

Shape shape(std::vector<WordId> words, const Vocabulary& vocabulary) {
  Shape shape;
  shape.order = std::move(words);
  shape.sorted = shape.order;
  std::sort(shape.sorted.begin(), shape.sorted.end());
  for (std::size_t i = 0; i + 1 < shape.order.size(); ++i) {
    shape.pairs.push_back(std::uint64_t{shape.order[i]} << 32 | shape.order[i + 1]);
  }
  std::sort(shape.pairs.begin(), shape.pairs.end());
  for (const WordId word : shape.order) shape.weight += vocabulary.weight(word);
  return shape;
}

Shape joined(const Shape& first, const Shape& second, const Vocabulary& vocabulary) {
  std::vector<WordId> words = first.order;
  words.insert(words.end(), second.order.begin(), second.order.end());
  return shape(std::move(words), vocabulary);
}

double common_weight(const Shape& a, const Shape& b, const Vocabulary& vocabulary) {
  double weight = 0.0;
  for (std::size_t i = 0, j = 0; i < a.sorted.size() && j < b.sorted.size();) {
    if (a.sorted[i] < b.sorted[j]) {
      ++i;
    } else if (b.sorted[j] < a.sorted[i]) {
      ++j;
    } else {
      weight += vocabulary.weight(a.sorted[i]);
      ++i, ++j;
    }
  }
  return weight;
}

double similarity(const Shape& a, const Shape& b, const Vocabulary& vocabulary) {
  return similarity(a, b, common_weight(a, b, vocabulary));
}

double similarity(const Shape& a, const Shape& b, double common_weight) {
  if (a.order.empty() || b.order.empty()) return 0.0;
  const double shared = 2.0 * common_weight / (a.weight + b.weight);
  const std::size_t pairs = a.pairs.size() + b.pairs.size();
  if (pairs == 0) return shared;
  const double ordered = 2.0 * static_cast<double>(common_count(a.pairs, b.pairs)) / static_cast<double>(pairs);
  return std::min(1.0, 0.75 * shared + 0.25 * ordered);
}

}  // namespace waydiff::diff
