#pragma once

#include <cstddef>
#include <string>

#include "core/document.hpp"
#include "extract/legal_words.hpp"

namespace waydiff::extract {

/// What a Document shows of being a policy, counted in its first 12,000 bytes.
struct PolicySigns {
  std::string titles;  ///< core::folded_words of title and first headings
  std::string text;    ///< core::folded_words of the blocks, the titles' among them
  std::size_t words = 0;
  bool titled = false;       ///< a part of the title or the first heading names a policy in six words or less
  std::size_t sections = 0;  ///< further headings with a policy's words
  WordCounts counts;
  double linked = 0;            ///< share of the text that is links
  bool language_known = false;  ///< whether `counts` mean anything
};

/// Linear, and short for long documents.
[[nodiscard]] PolicySigns read_policy_signs(const core::Document& document);

/// How much that is a policy: 0 to 1, a logistic sum of the evidence. 0.5 is undecided. Meaningless unless the
/// language is known.
[[nodiscard]] double policy_likeness(const PolicySigns& evidence);

}  // namespace waydiff::extract
