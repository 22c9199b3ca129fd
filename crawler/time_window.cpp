#include "crawler/time_window.hpp"

#include <chrono>

namespace waydiff::crawler {

TimeWindow window_of(const ListQuery& query, core::Timestamp now) {
  using core::Timestamp;
  const auto from = Timestamp::parse_from(query.from.empty() ? "1994" : query.from);
  const auto to = Timestamp::parse_to(query.to);
  const Timestamp last = query.to.empty() || !to ? Timestamp(now.time() + std::chrono::days(1)) : *to;
  const Timestamp first = from ? *from : Timestamp::parse_from("1994").value();
  return {first, last < first ? first : last};
}

std::optional<std::pair<TimeWindow, TimeWindow>> halves(const TimeWindow& window) {
  const auto length = window.to.time() - window.from.time();
  if (length <= std::chrono::seconds(0)) return {};
  const core::Timestamp middle(window.from.time() + length / 2);
  return std::pair{TimeWindow{window.from, middle},
                   TimeWindow{core::Timestamp(middle.time() + std::chrono::seconds(1)), window.to}};
}

ListQuery within(ListQuery query, const TimeWindow& window) {
  query.from = window.from.digits();
  query.to = window.to.digits();
  return query;
}

}  // namespace waydiff::crawler
