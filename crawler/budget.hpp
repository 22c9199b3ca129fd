#pragma once

#include <chrono>
#include <cstddef>
#include <deque>

namespace waydiff::crawler {

/// How many requests a minute one pool of an archive gets. Spreads them evenly, with a small burst after idle time,
/// and never lets more than `per_minute` into any 60 seconds. Time is an argument, so that tests own the clock.
class Budget {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Budget(int per_minute);

  /// How long until a request may be sent; zero for now.
  [[nodiscard]] Clock::duration wait(Clock::time_point now) const;

  /// Charges one request, sent now.
  void charge(Clock::time_point now);

  /// Halves the rate, down to an eighth: the archive has just complained.
  void slow_down();

  /// One good answer: the rate creeps back to the full one.
  void recover();

 private:
  std::size_t per_minute_;
  std::size_t burst_;
  double slowness_ = 1.0;  ///< 1 to 8: how many times longer the spaces are
  Clock::time_point next_{};
  std::deque<Clock::time_point> minute_;  ///< requests of the last 60 seconds

  [[nodiscard]] Clock::duration space() const;
};

}  // namespace waydiff::crawler
