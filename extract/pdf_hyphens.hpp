#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "extract/pdf_page.hpp"

namespace waydiff::extract {

/// How the last word of a line and the first of the next belong together.
enum class Joint {
  space,   ///< two words
  glued,   ///< one word: "long-" "term", a cut address, ideographs
  hyphen,  ///< one word, and the hyphen was the line's
};

/// Tells a word's own hyphen at the end of a line from one that the line break put there, by how the words are written
/// within the lines of the same file.
class Hyphens {
 public:
  explicit Hyphens(const std::vector<PdfLine>& lines);
  [[nodiscard]] Joint joint(std::string_view before, std::string_view after) const;

 private:
  [[nodiscard]] bool knows(const std::string& word) const { return words_.contains(word); }
  std::unordered_set<std::string> words_;  ///< in lower case, without punctuation around them
  bool hyphenated_ = false;                ///< lines are broken within words
};

}  // namespace waydiff::extract
