#include "crawler/budget.hpp"

#include <algorithm>
#include <cmath>

namespace waydiff::crawler {
namespace {

constexpr Budget::Duration window = std::chrono::milliseconds(60500);
constexpr int largest_burst = 8;
// With small budgets it takes as long to recover as with the usual ones, with huge ones not longer than a few seconds.
constexpr double least_step = 0.001;
constexpr double least_share = 0.01;

}  // namespace

Budget::Budget(int per_minute)
    : per_minute_(std::max(per_minute, 1)),
      burst_(std::clamp(per_minute_ / 60, 1, largest_burst)),
      space_(window / (per_minute_ - burst_ + 1) + Duration(1)) {}

Budget::Duration Budget::space(const PoolState& pool, double share) const {
  const double part = std::clamp(pool.rate, least_rate, 1.0) * std::clamp(share, least_share, 1.0);
  return Duration(static_cast<Duration::rep>(std::ceil(static_cast<double>(space_.count()) / part)));
}

Budget::Duration Budget::wait(PoolState& pool, double share, PaceTime now) const {
  pool.next = std::min(pool.next, now + window + space(pool, share));
  return std::max(pool.next - (burst_ - 1) * space_ - now, Duration::zero());
}

void Budget::charge(PoolState& pool, double share, PaceTime now, int requests) const {
  pool.next = std::max(pool.next, now) + requests * space(pool, share);
}

int Budget::within(Duration span, const PoolState& pool, double share) const {
  return static_cast<int>(span / space(pool, share));
}

void Budget::halve(PoolState& pool, PaceTime now) {
  pool.rate = std::max(pool.rate / 2, least_rate);
  pool.halved_at = now;
}

void Budget::recover(PoolState& pool) const {
  pool.rate = std::min(pool.rate + std::max(0.5 / per_minute_, least_step), 1.0);
}

double Budget::per_minute(const PoolState& pool, double share) const {
  return per_minute_ * std::clamp(pool.rate, least_rate, 1.0) * std::clamp(share, least_share, 1.0);
}

}  // namespace waydiff::crawler
