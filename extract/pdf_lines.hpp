#pragma once

#include <vector>

#include "extract/pdf_page.hpp"

namespace waydiff::extract {

/// Words that share a base line, top to bottom, each row left to right. Columns are not told apart.
[[nodiscard]] std::vector<std::vector<PdfWord>> rows_of(std::vector<PdfWord> words);

/// The lines of all pages in reading order: columns of prose one after the other, tables row by row.
[[nodiscard]] std::vector<PdfLine> lines_of(const std::vector<PdfPage>& pages);

/// A line's words as text, with the spaces that their places tell.
[[nodiscard]] std::string text_of(const std::vector<PdfWord>& words);

}  // namespace waydiff::extract
