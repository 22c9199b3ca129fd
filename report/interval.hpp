#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "core/timestamp.hpp"
#include "storage/rows.hpp"

namespace waydiff::report {

/// Captures that might have narrowed an interval and did not, by why: "soft_404", "unplayable", "unselected" …
using MissedCounts = std::map<std::string, std::size_t>;

/// Of `missed`, which stand by time, those after one moment and before another. Pure; logarithmic but for those.
[[nodiscard]] MissedCounts missed_between(std::span<const storage::MissedCapture> missed, core::Timestamp after,
                                          core::Timestamp before);

/// "2 soft_404, 1 unplayable": the most frequent first; empty for none.
[[nodiscard]] std::string missed_text(const MissedCounts& missed);

/// The same as a remark: "3 captures between show no text: 2 soft_404, 1 unplayable"; empty for none.
[[nodiscard]] std::string missed_remark(const MissedCounts& missed);

/// Whole days from one moment to another, rounded down.
[[nodiscard]] std::int64_t gap_days(core::Timestamp from, core::Timestamp to);

/// "24 days", "5 hours", "less than an hour".
[[nodiscard]] std::string gap_text(core::Timestamp from, core::Timestamp to);

}  // namespace waydiff::report
