#pragma once

#include <vector>

#include "core/document.hpp"
#include "extract/pdf_page.hpp"

namespace waydiff::extract {

/// Lines in reading order as headings, paragraphs, list items and table rows. Paragraphs go on over columns and pages;
/// headings are told by the file's outline, or by a font larger or bolder than that of the text, ranked from 1.
[[nodiscard]] std::vector<core::Block> blocks_of(const std::vector<PdfLine>& lines,
                                                 const std::vector<PdfOutlineEntry>& outline);

}  // namespace waydiff::extract
