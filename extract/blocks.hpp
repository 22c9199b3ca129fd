#pragma once

#include <string>
#include <vector>

#include "core/document.hpp"
#include "extract/content.hpp"
#include "extract/html_tree.hpp"

namespace waydiff::extract {

/// The blocks of a page's content. `url` is the page's address, which links are resolved against; may be empty.
[[nodiscard]] std::vector<core::Block> read_blocks(const HtmlTree& tree, const Selection& selection,
                                                   const std::string& url);

}  // namespace waydiff::extract
