#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waydiff::report {

/// A word of a clause as changes of several documents are held against each other.
struct SpreadWord {
  std::string word;        ///< lower case, without accents
  bool name_like = false;  ///< begins with a capital inside a sentence: perhaps a company's or a product's name
  bool weighty = false;    ///< a negation, a modal verb, a number, opt-in or opt-out: never neglected
};

/// The words of a text, in order, without those in `own_names` and without forms of companies ("Inc.", "GmbH").
/// Linear. Scripts without spaces between words yield long words, which only match when they are equal.
[[nodiscard]] std::vector<SpreadWord> spread_words(std::string_view text, const std::vector<std::string>& own_names);

/// What a site calls itself in its documents, as far as its name tells: "foo" of "www.foo.co.uk".
[[nodiscard]] std::vector<std::string> own_names(std::string_view site);

}  // namespace waydiff::report
