#include "crawler/budget.hpp"

#include <algorithm>

namespace waydiff::crawler {
namespace {

constexpr std::chrono::seconds minute{60};
constexpr std::size_t largest_burst = 8;
constexpr double slowest = 8.0;
constexpr double recovery = 0.97;

}  // namespace

Budget::Budget(int per_minute)
    : per_minute_(static_cast<std::size_t>(std::max(per_minute, 1))),
      burst_(std::clamp<std::size_t>(per_minute_ / 60, 1, largest_burst)) {}

Budget::Clock::duration Budget::space() const {
  return std::chrono::duration_cast<Clock::duration>(minute * slowness_ / static_cast<double>(per_minute_));
}

Budget::Clock::duration Budget::wait(Clock::time_point now) const {
  auto ready = next_ - space() * static_cast<long>(burst_ - 1);
  // Bursts at both ends of a minute could add up to more than its budget: the count has the last word.
  if (minute_.size() >= per_minute_) ready = std::max(ready, minute_[minute_.size() - per_minute_] + minute);
  return std::max(ready - now, Clock::duration::zero());
}

void Budget::charge(Clock::time_point now) {
  next_ = std::max(next_, now) + space();
  minute_.push_back(now);
  while (minute_.front() + minute <= now) minute_.pop_front();
}

void Budget::slow_down() {
  slowness_ = std::min(slowness_ * 2, slowest);
}

void Budget::recover() {
  slowness_ = std::max(slowness_ * recovery, 1.0);
}

}  // namespace waydiff::crawler
