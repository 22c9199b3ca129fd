#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"

namespace waydiff::extract {

/// Dates a document gives of itself: "Last updated: May 25, 2018", "Effective date 2018-05-25". Each wording once.
[[nodiscard]] std::vector<core::StatedDate> stated_dates(const std::vector<core::Block>& blocks);

/// The first full date in `text` as YYYY-MM-DD: "May 25, 2018", "25th of May 2018", "25.05.2018", "2018-05-25".
/// Empty if there is none, or if day and month cannot be told apart ("05/06/2018").
[[nodiscard]] std::string first_date(std::string_view text);

}  // namespace waydiff::extract
