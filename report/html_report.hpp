#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/view.hpp"

namespace waydiff::report {

/// Transitions that index.html shows.
inline constexpr std::size_t index_latest = 12;

/// The page of one target.
[[nodiscard]] std::string target_html(const PageView& page);

/// index.html: every target, and the latest transitions of all that have substantive changes.
[[nodiscard]] std::string index_html(const std::vector<PageView>& pages);

}  // namespace waydiff::report
