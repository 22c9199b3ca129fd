#pragma once

#include <string>
#include <vector>

namespace waydiff::test {

/// A page and what it is.
struct LabelledPage {
  std::string title;               ///< what the page shows, for a person
  std::vector<std::string> wants;  ///< names of verdicts that are right: the first is the best
  std::string html;
};

/// Reads a file of pages: "---- TITLE", "want: VERDICT" or "want: VERDICT|VERDICT", an empty line, the page.
[[nodiscard]] std::vector<LabelledPage> labelled_pages(const std::string& file);

}  // namespace waydiff::test
