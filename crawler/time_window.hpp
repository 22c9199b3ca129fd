#pragma once

#include <optional>
#include <utility>

#include "core/timestamp.hpp"
#include "crawler/archive.hpp"

namespace waydiff::crawler {

/// A stretch of time, both ends included.
struct TimeWindow {
  core::Timestamp from, to;
};

/// What a query asks for; open ends are the first web archives and `now`, with a day for clocks that differ.
[[nodiscard]] TimeWindow window_of(const ListQuery& query, core::Timestamp now);

/// Its two halves; empty for a single second.
[[nodiscard]] std::optional<std::pair<TimeWindow, TimeWindow>> halves(const TimeWindow& window);

/// The same query for a stretch of its time.
[[nodiscard]] ListQuery within(ListQuery query, const TimeWindow& window);

}  // namespace waydiff::crawler
