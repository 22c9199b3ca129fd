#pragma once

#include <string_view>

#include "core/document.hpp"
#include "core/error.hpp"

namespace waydiff::extract {

/// The text of a PDF as a person would have typed it: headings, paragraphs re-joined over lines and pages, lists,
/// tables whose cells stand apart; running heads, feet and page numbers left out. The title is that of the file's
/// properties if it is one, else the largest heading of the first page. Links are not told by the library used.
/// A damaged file yields what can be read and a note. Fails with bad_document if nothing can be opened or a password
/// is asked for, with io without the module that reads PDF. A file of pictures yields no blocks, and a note. Time and
/// memory grow with the words of the file.
[[nodiscard]] core::Result<core::Document> read_pdf(std::string_view body);

}  // namespace waydiff::extract
