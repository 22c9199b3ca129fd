#pragma once

#include <cstddef>
#include <string_view>

namespace waydiff::extract {

/// Counts of words, or for scripts without spaces of wordings times the words they stand for.
struct WordCounts {
  std::size_t words = 0;
  std::size_t legal = 0;     ///< those that policies and contracts are full of: "consent", "liable", "third"
  std::size_t address = 0;   ///< the parties who speak and are spoken to: "we", "our", "you"
  std::size_t ordinary = 0;  ///< those of news, shops, blogs, recipes, instructions: "said", "cart", "click"

  [[nodiscard]] double percent(std::size_t part) const noexcept {
    return words == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(words);
  }
};

/// True for the languages whose words are known: cs, da, de, en, es, fi, fr, it, ja, nl, pl, pt, sv, and no for da.
[[nodiscard]] bool knows_language(std::string_view language) noexcept;

/// `folded` is core::folded_words of a text in a language that is known; all 0 for others. Linear.
[[nodiscard]] WordCounts count_legal_words(std::string_view folded, std::string_view language);

/// Does a title or heading (core::folded_words of it) have a word that names policies, in any language?
[[nodiscard]] bool names_a_policy(std::string_view folded);

}  // namespace waydiff::extract
