#pragma once

#include <vector>

#include "extract/pdf_page.hpp"

namespace waydiff::extract {

/// What is usual in a file, in points unless said otherwise.
struct PdfMeasures {
  double size = 0;     ///< of the font of most letters
  bool bold = false;   ///< most letters are
  double pitch = 1.2;  ///< from line to line of a paragraph, as a multiple of the size
  double indent = 0;   ///< of the first lines of paragraphs; 0: there is none
};

[[nodiscard]] PdfMeasures measures_of(const std::vector<PdfLine>& lines);

/// The two lines stand in one column and there is more between them than between lines of a paragraph.
[[nodiscard]] bool is_gap(const PdfMeasures& usual, const PdfLine& before, const PdfLine& line);

/// The first word of `line` would not have fitted behind `before`: the break is the column's, not the author's.
[[nodiscard]] bool is_full(const PdfLine& before, const PdfLine& line);

}  // namespace waydiff::extract
