#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/index_spread.hpp"
#include "report/view.hpp"

namespace waydiff::report {

/// Transitions that index.html shows.
inline constexpr std::size_t index_latest = 12;

/// The page of one target.
[[nodiscard]] std::string target_html(const PageView& page);

/// index.html: every target, the latest transitions of all that have substantive changes, and changes that several
/// share.
[[nodiscard]] std::string index_html(const std::vector<PageView>& pages, const std::vector<SpreadView>& spread = {});

}  // namespace waydiff::report
