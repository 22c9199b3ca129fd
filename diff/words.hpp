#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace waydiff::diff {

/// The words of a text: runs of letters, digits and inner apostrophes ("30,000", "3.1" and addresses are one word);
/// each Chinese or Japanese sign is a word of its own. Punctuation is left out. Views into `text`.
[[nodiscard]] std::vector<std::string_view> words(std::string_view text);

using WordId = std::uint32_t;

/// Words as numbers, and how rare each is in the two documents compared. Keeps views: the texts must outlive it.
class Vocabulary {
 public:
  /// The words of `fingerprint` in order; counts them.
  std::vector<WordId> read(std::string_view fingerprint);

  /// Counts its words without making them ids: those not read before matter to nobody.
  void count(std::string_view fingerprint);

  /// 1 for a word seen once in many, towards 0 for one that is everywhere. Call when all texts are read.
  [[nodiscard]] double weight(WordId word) const { return weights_[word]; }
  void weigh();

  [[nodiscard]] std::size_t size() const { return counts_.size(); }

 private:
  static std::size_t mark(std::string_view word);

  std::unordered_map<std::string_view, WordId> ids_;
  std::vector<bool> marks_;  ///< at the mark() of every word that has an id
  std::vector<std::uint32_t> counts_;
  std::size_t others_ = 0;  ///< words counted that no id stands for
  std::vector<double> weights_;
};

}  // namespace waydiff::diff
