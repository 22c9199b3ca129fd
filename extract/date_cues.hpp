#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace waydiff::extract {

/// A wording that announces a date of the document: "last updated", "in Kraft seit", "施行日".
struct DateCue {
  std::string_view role;  ///< "updated", "effective", "other"
  std::size_t begin = 0;  ///< bytes in the text
  std::size_t end = 0;
  bool weak = false;    ///< also an ordinary word ("updated", "version"): counts in labels, not in sentences
  bool behind = false;  ///< may follow its date ("2018年5月25日改定")
};

/// The cues in a text in lower case, in order, the longest at each place.
[[nodiscard]] std::vector<DateCue> date_cues(std::string_view lower_text);

/// The text speaks of the document itself: "this policy", "these terms", "diese Erklärung", "本規約".
[[nodiscard]] bool names_document(std::string_view lower_text);

/// The text speaks of laws, rulings, treaties or companies' papers, whose dates are their own.
[[nodiscard]] bool names_law(std::string_view lower_text);

}  // namespace waydiff::extract
