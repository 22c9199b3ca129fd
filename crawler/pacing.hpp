#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "crawler/budget.hpp"
#include "crawler/http_archive.hpp"

namespace waydiff::crawler {

/// How long to wait before attempt number `attempt` (2, 3 …) of a request that failed with `code`; empty: give up.
/// `jitter` is from 0 to 1 and stretches the pause by up to a half. A rate_limited request is not its own fault: the
/// Pacer holds everything back then, and decides when it is enough.
[[nodiscard]] std::optional<std::chrono::milliseconds> pause_before(int attempt, core::Errc code,
                                                                    const HttpSettings& settings, double jitter);

/// A Retry-After of a live answer, in seconds or as a date; empty if it is neither; a day at most.
[[nodiscard]] std::optional<std::chrono::seconds> parse_retry_after(std::string_view value,
                                                                    std::chrono::sys_seconds now);

/// The two services of an archive: each has its own budget and its own pauses.
enum class Pool { index, playback };

/// The clocks, given by the caller.
struct Now {
  std::chrono::steady_clock::time_point steady;
  std::chrono::sys_seconds system;
};

/// Decides when the next request may go out, and when to leave the archive alone for good. Knows budgets, pauses
/// after 429, probing after them, the breaker for live failures and for refused connections. Source: field guide 7.3.
class Pacer {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Pacer(const HttpSettings& settings);

  /// What a request that wants to go out must do.
  struct Turn {
    std::optional<core::Error> stop;  ///< set: nothing is sent any more before not_before()
    Clock::duration wait{};           ///< zero: go, and say so with sent(); max(): until something is answered
  };
  [[nodiscard]] Turn turn(Pool pool, Now now);

  void sent(Pool pool, Now now);

  // How a request ended that was sent at `sent_at`. Each returns a line for a person when it changes the pace, else "".
  void answered(Pool pool);
  std::string limited(Pool pool, Now now, Clock::time_point sent_at, std::optional<std::chrono::seconds> retry_after,
                      std::string_view detail);
  std::string refused(Pool pool, Now now, Clock::time_point sent_at, std::string_view detail);
  std::string failed(Pool pool, Now now, Clock::time_point sent_at, std::string_view detail);

  [[nodiscard]] std::optional<std::chrono::sys_seconds> not_before() const { return not_before_; }

 private:
  struct Lane {
    Budget budget;
    Clock::time_point held_until{};  ///< nothing is sent before
    Clock::time_point held_since{};  ///< answers to requests sent earlier tell nothing new
    int strikes = 0;                 ///< pauses after 429 since the last good answer
    bool probe_next = false;         ///< after a pause one request goes alone
    bool probing = false;            ///< and this is it
  };

  HttpSettings settings_;
  Lane index_, playback_;
  int refusals_ = 0;  ///< connections refused in a row, at different times
  Clock::time_point refused_at_{};
  int failures_ = 0;  ///< live failures without one good answer
  int breaks_ = 0;    ///< pauses of the breaker since then
  std::optional<std::chrono::sys_seconds> not_before_;
  core::Errc stop_code_ = core::Errc::rate_limited;
  std::string stop_detail_;

  [[nodiscard]] Lane& lane(Pool pool) { return pool == Pool::index ? index_ : playback_; }
  static void hold(Lane& lane, Now now, std::chrono::milliseconds pause);
  std::string stop(core::Errc code, Now now, std::chrono::seconds pause, std::string_view detail);
};

}  // namespace waydiff::crawler
