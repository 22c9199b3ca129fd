#pragma once

#include <string>
#include <vector>

#include "extract/pdf_page.hpp"

namespace waydiff::extract {

/// Takes running heads, feet and page numbers off the pages and returns what they said, each once, numbers as "#".
/// A row is one if nothing but such rows lies between it and the page's edge, and its words stand at the same height on
/// a good part of the pages or on three in a row, numbers aside; or if it is a lone page number.
std::vector<std::string> take_furniture(std::vector<PdfPage>& pages);

}  // namespace waydiff::extract
