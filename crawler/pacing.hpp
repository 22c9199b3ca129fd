#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "crawler/budget.hpp"
#include "crawler/http_archive.hpp"
#include "crawler/pace_state.hpp"

namespace waydiff::crawler {

/// How long to wait before attempt number `attempt` (2, 3 …) of a request that failed with `code`; empty: give up.
/// `jitter` is from 0 to 1 and stretches the pause by up to a half. A rate_limited request is not its own fault: the
/// Pacer holds everything back then, and decides when it is enough.
[[nodiscard]] std::optional<std::chrono::milliseconds> pause_before(int attempt, core::Errc code,
                                                                    const HttpSettings& settings, double jitter);

/// A Retry-After of a live answer, in seconds or as a date; empty if it is neither; a day at most.
[[nodiscard]] std::optional<std::chrono::seconds> parse_retry_after(std::string_view value,
                                                                    std::chrono::sys_seconds now);

/// How a request ended.
struct Ended {
  Pool pool = Pool::index;
  PaceTime sent_at{};
  std::chrono::microseconds took{};  ///< from sending to the end of the answer, by a clock that is never set
  std::optional<std::chrono::seconds> retry_after{};  ///< of a live answer
  bool overburdened = false;                          ///< a live 503
  std::string_view detail{};                          ///< what went wrong, for a person
};

/// Decides when the next request may go out, and when to leave a host alone: budgets, pauses after 429, probing after
/// them, slowing down, the breakers for live failures and for refused connections. Pure functions of a host's state,
/// which must be settle()d, and the time; all who share a state share its consequences. Source: field guide 7.3.
class Pacer {
 public:
  using Duration = Budget::Duration;

  explicit Pacer(const HttpSettings& settings);

  /// What a request that wants to go out must do.
  struct Turn {
    std::optional<core::Error> stop;  ///< set: nothing is sent any more before not_before
    Duration wait{};                  ///< zero: go, and say so with sent(); else ask again then, or after any answer
  };
  [[nodiscard]] Turn turn(PaceState& state, Pool pool, PaceTime now) const;

  void sent(PaceState& state, Pool pool, PaceTime now, int requests = 1) const;

  /// Requests that may be charged together and go out within `lease`: as many as fall due meanwhile, at least one; only
  /// one while the host recovers. To agree on each of thousands a second costs more than they do.
  static constexpr Duration lease = std::chrono::milliseconds(20);
  [[nodiscard]] int at_once(const PaceState& state, Pool pool) const;

  // What its end means. Each returns a line for a person when it changes the pace, else "".
  std::string answered(PaceState& state, const Ended& ended, PaceTime now) const;
  std::string limited(PaceState& state, const Ended& ended, PaceTime now) const;
  std::string refused(PaceState& state, const Ended& ended, PaceTime now) const;
  std::string failed(PaceState& state, const Ended& ended, PaceTime now) const;
  /// It was interrupted or could not be sent, and means nothing.
  void lost(PaceState& state, const Ended& ended) const;

  /// Requests a minute at present.
  [[nodiscard]] double per_minute(const PaceState& state, Pool pool) const;

 private:
  HttpSettings settings_;
  Budget index_, playback_;

  [[nodiscard]] const Budget& budget(Pool pool) const { return pool == Pool::index ? index_ : playback_; }
  [[nodiscard]] bool slow(const Ended& ended) const;
  std::string slow_down(PoolState& own, const Ended& ended, PaceTime now, std::string_view why) const;
  std::string pause(PaceState& state, const Ended& ended, PaceTime now, std::chrono::seconds asked) const;
  std::string stop(PaceState& state, core::Errc code, PaceTime now, std::chrono::seconds pause,
                   std::string_view detail) const;
};

}  // namespace waydiff::crawler
