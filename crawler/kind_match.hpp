#pragma once

#include <string>
#include <string_view>

#include "crawler/policy_words.hpp"
#include "crawler/site_names.hpp"

namespace waydiff::crawler {

/// A value between 0 and 1, the words it was found in, and their language.
struct KindMatch {
  double value = 0;
  std::string words;
  std::string language;
  bool vague = false;
};

/// How much an address names the kind, and what in it speaks against: `trap` is a factor.
struct AddressJudgement {
  KindMatch match;
  double trap = 1;       ///< by a whole segment: "blog"
  double word_trap = 1;  ///< by a word of the last one: "settings" of "privacy-settings"
  std::string trap_word, word;
  std::string language;  ///< "de" of "/de/privacy"
};

/// How surely a link's text on a page of `host` names the kind of document.
[[nodiscard]] KindMatch in_text(const std::string& text, const DocumentKind& kind, std::string_view host);

/// How surely an address does. Pure; its length times the number of the kind's names.
[[nodiscard]] AddressJudgement in_address(const AddressParts& address, const DocumentKind& kind);

/// True when `words` stand in `text` as they are, from word to word. Both are folded.
[[nodiscard]] bool has_words(std::string_view text, std::string_view words);

/// A segment of an address as words: "PrivacyPolicy.aspx" is "privacy policy".
[[nodiscard]] std::string segment_words(std::string_view segment);

/// "index", "home" and the like: segments that say nothing.
[[nodiscard]] bool is_index(std::string_view words);

}  // namespace waydiff::crawler
