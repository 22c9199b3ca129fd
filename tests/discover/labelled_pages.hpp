#pragma once

#include <string>
#include <vector>

namespace waydiff::test {

/// A home page, and where on it a kind of document is.
struct LabelledQuestion {
  std::string page;  ///< what the page shows, for a person
  std::string url;   ///< of the page
  std::string html;
  std::string kind;
  std::string wanted;  ///< the address; empty when nothing is to be chosen
};

/// Reads a file of pages: "---- TITLE", "url: ADDRESS", "want: KIND = ADDRESS" (or none), an empty line, the page.
[[nodiscard]] std::vector<LabelledQuestion> labelled_questions(const std::string& file);

}  // namespace waydiff::test
