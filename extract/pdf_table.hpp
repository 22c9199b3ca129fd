#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "extract/pdf_page.hpp"

namespace waydiff::extract {

/// A bullet, or a number or letter as lists have it ("1.", "(a)", "iv)"), and nothing else.
[[nodiscard]] bool is_list_mark(std::string_view word);

/// Rows as lines of which only `words` is filled in; stretches of rows that keep the same strips white become rows of
/// tables, `tables` being the number of the last one met. A table needs two rows of two cells, and cells that are more
/// than the marks of a list.
[[nodiscard]] std::vector<PdfLine> with_tables(std::vector<std::vector<PdfWord>> rows, std::size_t& tables);

}  // namespace waydiff::extract
