#include "crawler/pacing.hpp"

#include <algorithm>
#include <charconv>

#include "core/timestamp.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds longest_backoff{5 * 60};
constexpr seconds longest_pause{30 * 60};
constexpr int refusals_of_a_ban = 3;
constexpr int limits_to_give_up = 3;
constexpr int failures_of_an_outage = 20;
constexpr int breaks_to_give_up = 2;
constexpr int break_pauses = 5;  ///< an outage's pause, in pauses after a 429
constexpr seconds between_halvings{60};
constexpr seconds probe_look{1};
constexpr seconds shortest_probe{1};
constexpr seconds longest_probe{60};
constexpr std::size_t longest_reason = 500;

std::string_view name_of(Pool pool) {
  return pool == Pool::index ? "index" : "playback";
}

/// `first` doubled `times` times, but not past `most`.
template <class Duration>
Duration doubled(Duration first, int times, Duration most) {
  for (; times > 0 && first < most; --times) first *= 2;
  return std::min(first, most);
}

void hold(PoolState& pool, PaceTime now, milliseconds pause) {
  pool.held_until = std::max<PaceTime>(pool.held_until, now + pause);
  pool.held_since = now;
  pool.probe_next = true;
  pool.probing_until = {};
}

}  // namespace

std::optional<milliseconds> pause_before(int attempt, Errc code, const HttpSettings& settings, double jitter) {
  switch (code) {
    case Errc::http_status:
    case Errc::transport:
    case Errc::timed_out:
    case Errc::refused:
    case Errc::bad_cdx:
      break;
    case Errc::rate_limited:
      return milliseconds::zero();
    default:
      return {};
  }
  if (attempt > settings.attempts) return {};
  const auto pause = doubled<milliseconds>(settings.backoff, attempt - 2, longest_backoff);
  return pause + std::chrono::duration_cast<milliseconds>(pause * (std::clamp(jitter, 0.0, 1.0) / 2));
}

std::optional<seconds> parse_retry_after(std::string_view value, std::chrono::sys_seconds now) {
  while (value.starts_with(' ')) value.remove_prefix(1);
  while (value.ends_with(' ')) value.remove_suffix(1);
  if (value.empty()) return {};
  if (value.find_first_not_of("0123456789") == std::string_view::npos) {
    long long count = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
    if (error != std::errc{}) return longest_stay_away;
    return std::min(seconds(count), longest_stay_away);
  }
  const auto date = core::Timestamp::parse_http_date(value);
  if (!date) return {};
  return std::clamp<seconds>(date->time() - now, seconds::zero(), longest_stay_away);
}

Pacer::Pacer(const HttpSettings& settings)
    : settings_(settings), index_(settings.index_per_minute), playback_(settings.playback_per_minute) {}

Pacer::Turn Pacer::turn(PaceState& state, Pool pool, PaceTime now) const {
  if (state.not_before) {
    if (now < *state.not_before) {
      const std::string until = core::Timestamp(std::chrono::floor<seconds>(*state.not_before)).iso();
      return {core::Error{state.stop_code, settings_.name + ": no requests before " + until + ": " + state.reason}, {}};
    }
    state.not_before.reset();
    state.reason.clear();
  }
  PoolState& own = state.of(pool);
  if (now < own.held_until) return {{}, own.held_until - now};
  // Whoever sent the probe may be another process: nobody tells us of its answer.
  if (now < own.probing_until) return {{}, std::min<Duration>(own.probing_until - now, probe_look)};
  return {{}, budget(pool).wait(own, state.share, now)};
}

void Pacer::sent(PaceState& state, Pool pool, PaceTime now, int requests) const {
  PoolState& own = state.of(pool);
  budget(pool).charge(own, state.share, now, requests);
  // A probe whose sender has died is not waited for in vain.
  if (own.probe_next) own.probing_until = now + std::clamp(settings_.pause, shortest_probe, longest_probe);
}

int Pacer::at_once(const PaceState& state, Pool pool) const {
  const PoolState& own = state.of(pool);
  if (own.probe_next || own.rate < 1.0) return 1;
  return std::max(budget(pool).within(lease, own, state.share), 1);
}

bool Pacer::slow(const Ended& ended) const {
  return ended.took > (ended.pool == Pool::index ? settings_.slow_index : settings_.slow_playback);
}

std::string Pacer::slow_down(PoolState& own, const Ended& ended, PaceTime now, std::string_view why) const {
  // What was sent before has not had the benefit of it, and one complaint a minute is enough.
  if (own.rate <= least_rate || ended.sent_at < own.halved_at || now - own.halved_at < between_halvings) return "";
  Budget::halve(own, now);
  const auto rate = static_cast<int>(budget(ended.pool).per_minute(own, 1.0) + 0.5);
  return settings_.name + ": " + std::string(name_of(ended.pool)) + " slows down to " + std::to_string(rate) +
         " requests a minute: " + std::string(why);
}

std::string Pacer::answered(PaceState& state, const Ended& ended, PaceTime now) const {
  PoolState& own = state.of(ended.pool);
  state.refusals = state.failures = state.breaks = state.bans = 0;
  if (ended.sent_at >= own.held_since) {
    own.strikes = 0;
    own.probe_next = false;
    own.probing_until = {};
  }
  if (slow(ended)) {
    return slow_down(own, ended, now,
                     "an answer took " + std::to_string(std::chrono::floor<seconds>(ended.took).count()) + " s");
  }
  budget(ended.pool).recover(own);
  return "";
}

std::string Pacer::stop(PaceState& state, Errc code, PaceTime now, seconds pause, std::string_view detail) const {
  // Rounded up to whole seconds, so that "no pause" is still one.
  const auto until = std::chrono::floor<seconds>(now) + std::min(pause, longest_stay_away) + seconds(1);
  stay_away(state, until, code, std::string(detail.substr(0, longest_reason)));
  // Afterwards we start afresh, but carefully: what led here must not stop us at the first mishap.
  state.refusals = state.failures = state.breaks = 0;
  for (PoolState* pool : {&state.index, &state.playback}) {
    pool->strikes = 0;
    pool->probing_until = {};
    pool->probe_next = true;
  }
  return settings_.name + ": stopped until " + core::Timestamp(std::chrono::floor<seconds>(*state.not_before)).iso() +
         ": " + std::string(detail);
}

std::string Pacer::pause(PaceState& state, const Ended& ended, PaceTime now, seconds asked) const {
  hold(state.of(ended.pool), now, asked);
  return settings_.name + ": " + std::string(name_of(ended.pool)) + " pauses for " + std::to_string(asked.count()) +
         " s: " + std::string(ended.detail);
}

std::string Pacer::limited(PaceState& state, const Ended& ended, PaceTime now) const {
  PoolState& own = state.of(ended.pool);
  const seconds asked = ended.retry_after.value_or(seconds::zero());
  if (ended.sent_at < own.held_since) {
    // Sent before the pause began: not a second offence, but the archive is as tired as the last of them says.
    own.held_until = std::max<PaceTime>(own.held_until, now + std::max(asked, settings_.pause));
    if (asked > settings_.patience) return stop(state, Errc::rate_limited, now, asked, ended.detail);
    return "";
  }
  ++own.strikes;
  Budget::halve(own, now);
  const seconds least =
      std::max(asked, doubled<seconds>(settings_.pause, own.strikes - 1, std::max(longest_pause, settings_.pause)));
  if (own.strikes >= limits_to_give_up || least > settings_.patience) {
    return stop(state, Errc::rate_limited, now, least, ended.detail);
  }
  return pause(state, ended, now, least);
}

std::string Pacer::refused(PaceState& state, const Ended& ended, PaceTime now) const {
  state.of(ended.pool).probing_until = {};
  // Several connections refused at one time are one refusal, also when they have led to a ban.
  if (ended.sent_at < state.refused_at) return "";
  ++state.refusals;
  state.refused_at = now;
  // After a ban, the probe's refusal says that it still lasts: asking on prolongs it.
  if (state.refusals >= refusals_of_a_ban || state.bans > 0) {
    const seconds ban = doubled<seconds>(settings_.ban, state.bans, longest_stay_away);
    ++state.bans;
    return stop(state, Errc::refused, now, ban, ended.detail);
  }
  const auto least = doubled<milliseconds>(settings_.backoff, state.refusals - 1, longest_backoff);
  hold(state.index, now, least);
  hold(state.playback, now, least);
  return settings_.name + ": connection refused, waiting " + std::to_string(least.count()) + " ms";
}

std::string Pacer::failed(PaceState& state, const Ended& ended, PaceTime now) const {
  PoolState& own = state.of(ended.pool);
  own.probing_until = {};
  std::string slower;
  if (ended.overburdened || slow(ended)) slower = slow_down(own, ended, now, ended.detail);
  const seconds asked = ended.retry_after.value_or(seconds::zero());
  if (ended.sent_at < own.held_since) {
    own.held_until = std::max<PaceTime>(own.held_until, now + std::min(asked, settings_.patience));
    return slower;
  }
  ++state.failures;
  if (state.failures < failures_of_an_outage && state.breaks == 0) {
    if (asked > settings_.patience) return stop(state, Errc::rate_limited, now, asked, ended.detail);
    return asked > seconds::zero() ? pause(state, ended, now, asked) : slower;
  }
  // After a pause one failure is enough: it was the probe.
  state.failures = 0;
  ++state.breaks;
  const seconds outage = doubled<seconds>(settings_.pause * break_pauses, state.breaks - 1,
                                          std::max(longest_pause, settings_.pause * break_pauses));
  const seconds least = std::max(outage, asked);
  if (state.breaks > breaks_to_give_up || least > settings_.patience) {
    return stop(state, Errc::refused, now, least, ended.detail);
  }
  hold(state.index, now, least);
  hold(state.playback, now, least);
  return settings_.name + ": " + std::to_string(failures_of_an_outage) + " failures in a row, pausing for " +
         std::to_string(least.count()) + " s: " + std::string(ended.detail);
}

void Pacer::lost(PaceState& state, const Ended& ended) const {
  PoolState& own = state.of(ended.pool);
  if (ended.sent_at >= own.held_since) own.probing_until = {};
}

double Pacer::per_minute(const PaceState& state, Pool pool) const {
  return budget(pool).per_minute(state.of(pool), state.share);
}

}  // namespace waydiff::crawler
