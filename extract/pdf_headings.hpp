#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/document.hpp"
#include "extract/pdf_measures.hpp"
#include "extract/pdf_page.hpp"

namespace waydiff::extract {

/// Which blocks are headings, and of which level: as the outline has them where it names them; else short blocks in a
/// font larger than the text's, or in bold lines of their own, ranked by size and weight.
class PdfHeadings {
 public:
  PdfHeadings(const PdfMeasures& usual, const std::vector<PdfOutlineEntry>& outline);

  /// The line's font stands out from that of the text.
  [[nodiscard]] bool is_styled(const PdfLine& line) const;
  /// Makes `block`, whose first line is `line` and which comes next in the document, a heading if it is one.
  void mark(core::Block& block, const PdfLine& line);
  /// Gives the headings marked their levels.
  void rank(std::vector<core::Block>& blocks) const;

 private:
  using Style = std::pair<int, int>;  ///< quarter points negated, not bold: the greatest comes first
  struct Marked {
    Style style;
    int depth = 0;  ///< in the outline; 0: not named there
  };
  PdfMeasures usual_;
  std::vector<PdfOutlineEntry> outline_;
  std::size_t next_ = 0;  ///< entry expected next
  std::vector<Marked> marked_;
};

}  // namespace waydiff::extract
