#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"

namespace waydiff::extract {

/// Text whose lines were broken to fit a page: lines are joined to paragraphs, bullets and numbers become list items,
/// page numbers and lines that repeat at the edge of most pages are left out.
[[nodiscard]] core::Document read_wrapped_pages(const std::vector<std::string>& pages);

}  // namespace waydiff::extract
