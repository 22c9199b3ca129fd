#pragma once

#include <cstdint>
#include <vector>

#include "extract/html_tree.hpp"
#include "extract/page_address.hpp"
#include "extract/page_measures.hpp"

namespace waydiff::extract {

/// Drops single lines before and after the run of prose that belong to the site and not to the text: its logo, a
/// language chooser, buttons to get an app, "Return to the home page". A line is what a reader sees as one: the text of
/// a block up to where another block begins. Lines between two blocks of prose are never touched. True if
/// there was any. Linear.
bool trim_edges(const HtmlTree& tree, const PageAddress& address, const PageMeasures& measures,
                std::vector<std::uint8_t>& dropped);

}  // namespace waydiff::extract
