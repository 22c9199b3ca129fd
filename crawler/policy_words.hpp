#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace waydiff::crawler {

/// A name that sites give to a kind of document, reduced to the words that count (see bare_words).
struct Phrase {
  std::string words;     ///< "politica privacidad"
  std::string squeezed;  ///< "politicaprivacidad"
  std::string full;      ///< with all its words, squeezed, as addresses write it: "politicadeprivacidad"
  std::string language;  ///< "es"; empty for words used everywhere
  double strength = 1;   ///< 0 to 1: how surely it names the document
  bool vague = false;    ///< names the subject ("privacy"): counts when next to nothing else stands beside it
};

/// A kind of document and how to know it.
struct DocumentKind {
  std::string name;  ///< "privacy policy"
  std::string rel;   ///< link relation that says so: "privacy-policy"; empty for none
  std::vector<Phrase> phrases;
};

/// The kind that `name` means in any of its spellings ("privacy", "Datenschutz"); one made of the name's own words
/// when the table has no such kind.
[[nodiscard]] DocumentKind document_kind(std::string_view name);

/// The kinds of the table, by name.
[[nodiscard]] std::vector<std::string> known_kinds();

/// `folded` (core::folded_words) without words that say nothing: articles, "our", "read", "und".
[[nodiscard]] std::string bare_words(std::string_view folded);

/// Is it part of some name of some kind of document: "cookies", "terms", "legal"?
[[nodiscard]] bool is_policy_word(std::string_view folded_word);

/// What makes a link something else: "settings", "blog", "shield". 1 for words without such power.
[[nodiscard]] double text_trap(std::string_view folded_word);
/// The same for a segment of a path: "blog", "press-releases", "account".
[[nodiscard]] double path_trap(std::string_view folded_segment);

[[nodiscard]] bool is_language_tag(std::string_view lower_case);  ///< "de", "en-gb", "deutsch"

}  // namespace waydiff::crawler
