#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/html_tree.hpp"

namespace waydiff::extract {

/// Which nodes of a page are content: `dropped[id]` drops a node with all below it.
struct Selection {
  std::vector<std::uint8_t> dropped;
  std::size_t prose = 0;  ///< bytes of sentence-like text that are kept
};

/// Chooses by evidence: where the sentences are, how dense the links are, what the elements are. Names of classes count
/// only outside the text chosen so far, and never against prose.
/// `url` is the page's address, which tells its logo and its links into itself; may be empty.
[[nodiscard]] Selection select_content(const HtmlTree& tree, const std::string& url = {});

}  // namespace waydiff::extract
