#pragma once

#include "extract/content.hpp"
#include "extract/html_tree.hpp"

namespace waydiff::extract {

/// Does this <table> hold data, rather than lay out a page? `selection` hides what is not content.
[[nodiscard]] bool is_data_table(const HtmlTree& tree, const Selection& selection, NodeId table);

}  // namespace waydiff::extract
