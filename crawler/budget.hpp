#pragma once

#include <chrono>

#include "crawler/pace_state.hpp"

namespace waydiff::crawler {

/// How many requests a minute one service of a host gets: at most `per_minute` in any 60 seconds, by all who share the
/// state, and at least 95 % of that by who always has work. Spreads them evenly, with a small burst after idle time.
///
/// Generic cell rate algorithm (ITU-T I.371): `next` is when the next request is due if all came evenly spaced, and one
/// may go out up to `burst - 1` spaces early. So a window of length w holds at most burst + w / space requests; the
/// space is chosen so that this stays within the budget for a minute, with half a second to spare for the wire. Lower
/// rates lengthen the spaces, never the burst: the bound holds however the rate moves. Source: field guide 7.3.
class Budget {
 public:
  using Duration = std::chrono::microseconds;

  explicit Budget(int per_minute);

  /// How long until a request may be sent; zero for now. `share` is the part of the budget that is ours. Cuts what
  /// cannot be because the clock was set back; the charges of a minute are remembered even then.
  [[nodiscard]] Duration wait(PoolState& pool, double share, PaceTime now) const;

  /// Charges requests, sent now.
  void charge(PoolState& pool, double share, PaceTime now, int requests = 1) const;

  /// Requests that fall due within `span` at the present rate.
  [[nodiscard]] int within(Duration span, const PoolState& pool, double share) const;

  /// Halves the rate, down to least_rate: the archive is overburdened.
  static void halve(PoolState& pool, PaceTime now);

  /// One good answer: the rate grows by a constant. From half to full takes a minute and a half of good answers.
  void recover(PoolState& pool) const;

  /// Requests a minute at the present rate.
  [[nodiscard]] double per_minute(const PoolState& pool, double share) const;

  [[nodiscard]] int burst() const { return burst_; }
  [[nodiscard]] Duration space() const { return space_; }

 private:
  int per_minute_;
  int burst_;
  Duration space_;  ///< between requests at the full rate

  [[nodiscard]] Duration space(const PoolState& pool, double share) const;
};

}  // namespace waydiff::crawler
