#pragma once

#include <string>

#include "report/view.hpp"

namespace waydiff::report {

/// The page of one target as GitHub-flavoured Markdown: what target_html() shows, in the same order.
[[nodiscard]] std::string target_markdown(const PageView& page);

}  // namespace waydiff::report
