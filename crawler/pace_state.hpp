#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/error.hpp"

namespace waydiff::crawler {

/// The two services of an archive: each has its own budget and its own pauses.
enum class Pool { index, playback };

/// System time, because the state outlives processes and is read by others. Microseconds, because the greatest budgets
/// put less than two milliseconds between requests.
using PaceTime = std::chrono::sys_time<std::chrono::microseconds>;

/// A Retry-After is obeyed up to this, and no pause is longer.
inline constexpr std::chrono::seconds longest_stay_away{24 * 60 * 60};
/// What is left of a budget at least, however often it was halved.
inline constexpr double least_rate = 1.0 / 16;

/// Where one service of a host stands.
struct PoolState {
  PaceTime next{};           ///< when the next request is due if they came evenly: see Budget
  double rate = 1.0;         ///< the part of the budget in use: least_rate to 1
  PaceTime halved_at{};      ///< the rate
  PaceTime held_since{};     ///< answers to requests sent earlier tell nothing new
  PaceTime held_until{};     ///< nothing is sent before
  int strikes = 0;           ///< pauses after 429 since the last good answer
  bool probe_next = false;   ///< after a pause one request goes alone
  PaceTime probing_until{};  ///< and this one is out, or lost if not back by then

  friend bool operator==(const PoolState&, const PoolState&) = default;
};

/// Everything that is known of how much a host can bear: what must be shared by all who ask it, and survive them. Plain
/// data; Pacer decides on it, a PaceKeeper keeps it, pace_codec writes and reads it.
struct PaceState {
  PoolState index, playback;
  int refusals = 0;  ///< connections refused in a row, at different times
  PaceTime refused_at{};
  int failures = 0;  ///< live failures without one good answer
  int breaks = 0;    ///< pauses for such failures since then
  int bans = 0;      ///< not_before set for refused connections since then: each is twice as long as the last
  std::optional<PaceTime> not_before;  ///< whole seconds; nothing at all is sent before
  core::Errc stop_code = core::Errc::rate_limited;
  std::string reason;  ///< of not_before, for a person
  double share = 1.0;  ///< of each budget, for who cannot share this state with the others; not written down

  [[nodiscard]] PoolState& of(Pool pool) { return pool == Pool::index ? index : playback; }
  [[nodiscard]] const PoolState& of(Pool pool) const { return pool == Pool::index ? index : playback; }

  friend bool operator==(const PaceState&, const PaceState&) = default;
};

/// Brings a state in order after the clock was set back: a pause that seems to begin in the future begins now, and no
/// time lies farther ahead than the longest pause. Changes nothing while the clock is right.
void settle(PaceState& state, PaceTime now);

/// Forbids requests before `until`, unless they already are for longer.
void stay_away(PaceState& state, PaceTime until, core::Errc code, std::string reason);

}  // namespace waydiff::crawler
