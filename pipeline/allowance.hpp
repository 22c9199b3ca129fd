#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <limits>

namespace waydiff::pipeline {

/// How much one run may still ask of archives over HTTP: requests, and time. A call is counted as one request from its
/// start, and with what it really sent (retries, pages) once that is known; a call under way is never cut short.
class Allowance {
 public:
  using Clock = std::chrono::steady_clock;

  /// `requests` 0, `minutes` 0: no limit.
  Allowance(std::size_t requests, std::chrono::minutes minutes, Clock::time_point now) : requests_(requests) {
    if (minutes.count() > 0) deadline_ = now + minutes;
  }

  /// True when another call may start; then give it back with ended(). `sent` is what all archives have sent so far.
  [[nodiscard]] bool take(std::size_t sent, Clock::time_point now) {
    if (left(sent) == 0 || now >= deadline_) {
      refused_ = true;
      return false;
    }
    ++under_way_;
    return true;
  }
  void ended() { --under_way_; }

  [[nodiscard]] std::size_t left(std::size_t sent) const {
    if (requests_ == 0) return std::numeric_limits<std::size_t>::max();
    return requests_ - std::min(requests_, sent + under_way_);
  }
  [[nodiscard]] bool counts() const { return requests_ > 0; }
  [[nodiscard]] bool refused() const { return refused_; }  ///< something was left undone for its sake

 private:
  std::size_t requests_;
  std::size_t under_way_ = 0;
  Clock::time_point deadline_ = Clock::time_point::max();
  bool refused_ = false;
};

}  // namespace waydiff::pipeline
