#pragma once

#include <string>
#include <string_view>

#include "core/change_set.hpp"

namespace waydiff::report {

/// Forms of a ChangeSet for people. `old_source` and `new_source` name the documents. All text is escaped.
[[nodiscard]] std::string redline_terminal(const core::ChangeSet& set, std::string_view old_source,
                                           std::string_view new_source, bool colour);
[[nodiscard]] std::string redline_markdown(const core::ChangeSet& set, std::string_view old_source,
                                           std::string_view new_source);
/// A whole, self-contained page.
[[nodiscard]] std::string redline_html(const core::ChangeSet& set, std::string_view old_source,
                                       std::string_view new_source);

}  // namespace waydiff::report
