#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace waydiff::extract {

/// A word as it stands on a page. Lengths are points; `top` grows downwards.
struct PdfWord {
  std::string text;  ///< UTF-8, ligatures taken apart
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  double size = 0;  ///< of the font
  bool bold = false;
  bool italic = false;
  bool space_after = false;
  [[nodiscard]] double middle() const noexcept { return (top + bottom) / 2; }
};

struct PdfPage {
  double width = 0;
  double height = 0;
  std::vector<PdfWord> words;     ///< upright, in no order that matters
  std::vector<PdfWord> sideways;  ///< turned words, in the order of the file
};

/// An entry of the file's outline, depth from 1.
struct PdfOutlineEntry {
  std::string title;
  int depth = 1;
};

/// Words on one base line of one column, left to right.
struct PdfLine {
  std::vector<PdfWord> words;
  std::vector<std::vector<PdfWord>> cells;  ///< a row of a table: its cells' words in reading order, and no `words`
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  double size = 0;         ///< of most of its letters
  bool bold = false;       ///< all its letters are
  double column_left = 0;  ///< of the column that it stands in, over all pages
  double column_right = 0;
  std::size_t column = 0;  ///< counts the columns of all pages in reading order
  std::size_t table = 0;   ///< number of the table from 1; 0: none
};

}  // namespace waydiff::extract
