#pragma once

#include <string>

#include "extract/html_tree.hpp"

namespace waydiff::extract {

// What a page says of itself before its body begins.

[[nodiscard]] std::string title_of(const HtmlTree& tree);
/// Where <meta http-equiv="refresh" content="0; url=…"> sends the reader; empty for nowhere else than `url`.
[[nodiscard]] std::string forwarding_address(const HtmlTree& tree, const std::string& url);
/// The lang attribute of <html>, else of <body>; empty if there is none.
[[nodiscard]] std::string declared_language(const HtmlTree& tree);
/// The first <base href>, as written.
[[nodiscard]] std::string base_address(const HtmlTree& tree);

}  // namespace waydiff::extract
