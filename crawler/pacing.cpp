#include "crawler/pacing.hpp"

#include <algorithm>
#include <charconv>

#include "core/timestamp.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds longest_retry_after{24 * 60 * 60};
constexpr seconds longest_backoff{5 * 60};
constexpr seconds longest_pause{30 * 60};
constexpr seconds ban_pause{60 * 60};
constexpr int refusals_of_a_ban = 3;
constexpr int limits_to_give_up = 3;
constexpr int failures_of_an_outage = 20;
constexpr int breaks_to_give_up = 2;
constexpr int break_pauses = 5;  ///< an outage's pause, in pauses after a 429

std::string_view name_of(Pool pool) {
  return pool == Pool::index ? "index" : "playback";
}

/// `first` doubled `times` times, but not past `most`.
template <class Duration>
Duration doubled(Duration first, int times, Duration most) {
  for (; times > 0 && first < most; --times) first *= 2;
  return std::min(first, most);
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
    if (error != std::errc{}) return longest_retry_after;
    return std::min(seconds(count), longest_retry_after);
  }
  const auto date = core::Timestamp::parse_http_date(value);
  if (!date) return {};
  return std::clamp<seconds>(date->time() - now, seconds::zero(), longest_retry_after);
}

Pacer::Pacer(const HttpSettings& settings)
    : settings_(settings),
      index_{Budget(settings.index_per_minute), {}, {}, 0, false, false},
      playback_{Budget(settings.playback_per_minute), {}, {}, 0, false, false},
      not_before_(settings.not_before),
      stop_detail_("it asked an earlier run to stay away") {}

Pacer::Turn Pacer::turn(Pool pool, Now now) {
  if (not_before_) {
    if (now.system < *not_before_) {
      const std::string until = core::Timestamp(*not_before_).iso();
      return {core::Error{stop_code_, settings_.name + ": no requests before " + until + ": " + stop_detail_}, {}};
    }
    not_before_.reset();
  }
  Lane& own = lane(pool);
  if (now.steady < own.held_until) return {{}, own.held_until - now.steady};
  if (own.probing) return {{}, Clock::duration::max()};
  return {{}, own.budget.wait(now.steady)};
}

void Pacer::sent(Pool pool, Now now) {
  Lane& own = lane(pool);
  own.budget.charge(now.steady);
  if (!own.probe_next) return;
  own.probe_next = false;
  own.probing = true;
}

void Pacer::answered(Pool pool) {
  Lane& own = lane(pool);
  own.strikes = 0;
  own.probing = false;
  own.probe_next = false;
  own.budget.recover();
  refusals_ = 0;
  failures_ = 0;
  breaks_ = 0;
}

void Pacer::hold(Lane& lane, Now now, milliseconds pause) {
  lane.held_until = std::max(lane.held_until, now.steady + pause);
  lane.held_since = now.steady;
  lane.probe_next = true;
  lane.probing = false;
}

std::string Pacer::stop(Errc code, Now now, seconds pause, std::string_view detail) {
  // Rounded up to whole seconds, so that "no pause" is still one.
  const auto until = now.system + pause + seconds(1);
  not_before_ = not_before_ ? std::max(*not_before_, until) : until;
  stop_code_ = code;
  stop_detail_ = detail;
  // A later run starts afresh: what led here must not stop it at its first mishap.
  index_.strikes = playback_.strikes = refusals_ = failures_ = breaks_ = 0;
  index_.probing = playback_.probing = false;
  return settings_.name + ": stopped until " + core::Timestamp(*not_before_).iso() + ": " + std::string(detail);
}

std::string Pacer::limited(Pool pool, Now now, Clock::time_point sent_at, std::optional<seconds> retry_after,
                           std::string_view detail) {
  Lane& own = lane(pool);
  const seconds asked = retry_after.value_or(seconds::zero());
  if (sent_at < own.held_since) {
    // Sent before the pause began: not a second offence, but its Retry-After counts.
    own.held_until = std::max(own.held_until, now.steady + asked);
    if (asked > settings_.patience) return stop(Errc::rate_limited, now, asked, detail);
    return "";
  }
  ++own.strikes;
  own.budget.slow_down();
  const seconds pause =
      std::max(asked, doubled<seconds>(settings_.pause, own.strikes - 1, std::max(longest_pause, settings_.pause)));
  if (own.strikes >= limits_to_give_up || pause > settings_.patience) {
    return stop(Errc::rate_limited, now, pause, detail);
  }
  hold(own, now, pause);
  return settings_.name + ": " + std::string(name_of(pool)) + " pauses for " + std::to_string(pause.count()) +
         " s: " + std::string(detail);
}

std::string Pacer::refused(Pool pool, Now now, Clock::time_point sent_at, std::string_view detail) {
  lane(pool).probing = false;
  // Several connections refused at one time are one refusal.
  if (refusals_ > 0 && sent_at < refused_at_) return "";
  ++refusals_;
  refused_at_ = now.steady;
  if (refusals_ >= refusals_of_a_ban) return stop(Errc::refused, now, ban_pause, detail);
  const auto pause = doubled<milliseconds>(settings_.backoff, refusals_ - 1, longest_backoff);
  hold(index_, now, pause);
  hold(playback_, now, pause);
  return settings_.name + ": connection refused, waiting " + std::to_string(pause.count()) + " ms";
}

std::string Pacer::failed(Pool pool, Now now, Clock::time_point sent_at, std::string_view detail) {
  Lane& own = lane(pool);
  if (own.probing) {
    own.probing = false;
    own.probe_next = true;
  }
  if (sent_at < own.held_since) return "";
  ++failures_;
  if (failures_ < failures_of_an_outage && breaks_ == 0) return "";
  // After a pause one failure is enough: it was the probe.
  failures_ = 0;
  ++breaks_;
  const seconds pause = doubled<seconds>(settings_.pause * break_pauses, breaks_ - 1,
                                         std::max(longest_pause, settings_.pause * break_pauses));
  if (breaks_ > breaks_to_give_up || pause > settings_.patience) return stop(Errc::refused, now, pause, detail);
  hold(index_, now, pause);
  hold(playback_, now, pause);
  return settings_.name + ": " + std::to_string(failures_of_an_outage) + " failures in a row, pausing for " +
         std::to_string(pause.count()) + " s: " + std::string(detail);
}

}  // namespace waydiff::crawler
