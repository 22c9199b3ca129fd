#pragma once

#include <unicode/brkiter.h>

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "diff/language.hpp"

namespace waydiff::diff {

/// Finds sentences: ICU's sentence boundaries without those after abbreviations ("Inc.", "e.g.", "U.S.", "No. 5"),
/// initials, enumerators ("3. Cookies"), German dates ("am 5. Mai") and names that end in a mark ("Yahoo! services").
/// Make one for a document.
class SentenceBreaks {
 public:
  /// `language` outlives this; asked where capitals alone do not say that a sentence starts.
  explicit SentenceBreaks(Language& language);

  /// Byte offsets at which a sentence of `text` starts, 0 left out, increasing. `text` is UTF-8, spaces collapsed.
  [[nodiscard]] std::vector<std::size_t> find(std::string_view text) const;

 private:
  Language& language_;
  std::unique_ptr<icu::BreakIterator> greek_;  ///< null for all other languages: sentence_end() serves them
};

}  // namespace waydiff::diff
