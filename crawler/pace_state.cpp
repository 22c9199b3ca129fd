#include "crawler/pace_state.hpp"

#include <algorithm>
#include <utility>

namespace waydiff::crawler {
namespace {

// Rounding to whole seconds adds up to one.
constexpr std::chrono::seconds longest = longest_stay_away + std::chrono::seconds(1);

void settle(PoolState& pool, PaceTime now) {
  if (pool.held_since > now) {
    pool.held_until -= pool.held_since - now;
    pool.held_since = now;
  }
  pool.held_until = std::min<PaceTime>(pool.held_until, now + longest);
  pool.halved_at = std::min(pool.halved_at, now);
  pool.probing_until = std::min<PaceTime>(pool.probing_until, now + std::chrono::minutes(1));
}

}  // namespace

void settle(PaceState& state, PaceTime now) {
  settle(state.index, now);
  settle(state.playback, now);
  state.refused_at = std::min(state.refused_at, now);
  if (state.not_before) state.not_before = std::min<PaceTime>(*state.not_before, now + longest);
}

void stay_away(PaceState& state, PaceTime until, core::Errc code, std::string reason) {
  if (state.not_before && *state.not_before >= until) return;
  state.not_before = until;
  state.stop_code = code;
  state.reason = std::move(reason);
}

}  // namespace waydiff::crawler
