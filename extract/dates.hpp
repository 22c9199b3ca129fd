#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"

namespace waydiff::extract {

/// Dates that the document gives of itself, in order, each role and date once: "Last updated: May 25, 2018" (updated),
/// "Effective date 2018-05-25" (effective), "Posted on …", "Version of …", a line near the top that is a date alone
/// (other). In thirteen languages; label and date may stand in one line, in neighbouring blocks or in cells of a table.
/// Dates of laws, rulings and events in prose are not taken. Dates in digits are read as the document's language, or
/// its other dates, say.
[[nodiscard]] std::vector<core::StatedDate> stated_dates(const core::Document& document);

/// The first full date in `text` as YYYY-MM-DD: "May 25, 2018", "25th of May 2018", "25.05.2018", "2018-05-25".
/// Empty if there is none, or if day and month cannot be told apart ("05/06/2018").
[[nodiscard]] std::string first_date(std::string_view text);

}  // namespace waydiff::extract
