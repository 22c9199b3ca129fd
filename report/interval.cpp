#include "report/interval.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "report/plain_text.hpp"

namespace waydiff::report {

MissedCounts missed_between(std::span<const storage::MissedCapture> missed, core::Timestamp after,
                            core::Timestamp before) {
  MissedCounts out;
  auto at = std::upper_bound(missed.begin(), missed.end(), after,
                             [](core::Timestamp time, const auto& capture) { return time < capture.time; });
  for (; at != missed.end() && at->time < before; ++at) ++out[at->reason];
  return out;
}

std::string missed_text(const MissedCounts& missed) {
  std::vector<std::pair<std::string, std::size_t>> sorted(missed.begin(), missed.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string out;
  for (const auto& [reason, number] : sorted) {
    out += (out.empty() ? "" : ", ") + std::to_string(number) + " " + reason;
  }
  return out;
}

std::string missed_remark(const MissedCounts& missed) {
  std::size_t sum = 0;
  for (const auto& [reason, number] : missed) sum += number;
  if (sum == 0) return {};
  return counted(sum, "capture") + " between " + (sum == 1 ? "shows" : "show") + " no text: " + missed_text(missed);
}

std::int64_t gap_days(core::Timestamp from, core::Timestamp to) {
  return std::chrono::floor<std::chrono::days>(to.time() - from.time()).count();
}

std::string gap_text(core::Timestamp from, core::Timestamp to) {
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(to.time() - from.time()).count();
  if (hours >= 48) return std::to_string(hours / 24) + " days";
  if (hours >= 1) return counted(static_cast<std::size_t>(hours), "hour");
  return "less than an hour";
}

}  // namespace waydiff::report
