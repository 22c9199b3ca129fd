#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waydiff::report {

/// What is wrong with a page, one line each: elements that are not closed in order, ids that stand twice, links to ids
/// that are not there, labels and inputs in disorder. Knows the HTML that templates write, no more.
[[nodiscard]] std::vector<std::string> html_faults(std::string_view page);

}  // namespace waydiff::report
