#pragma once

#include "core/document.hpp"

namespace waydiff::extract {

/// How much an English text has in common with policies and contracts.
struct LegalWords {
  bool named = false;     ///< its title or a heading calls it a policy, terms, a notice…
  std::size_t words = 0;  ///< words of ASCII letters
  std::size_t legal = 0;  ///< those that policies are full of

  [[nodiscard]] double percent() const {
    return words == 0 ? 0 : 100.0 * static_cast<double>(legal) / static_cast<double>(words);
  }
};

/// Counts to the end only if no heading names the text. Linear.
[[nodiscard]] LegalWords legal_words(const core::Document& document);

}  // namespace waydiff::extract
