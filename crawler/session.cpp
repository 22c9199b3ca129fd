#include "crawler/session.hpp"

#include <algorithm>

namespace waydiff::crawler {

using boost::asio::awaitable;
using core::Errc;
using SteadyClock = std::chrono::steady_clock;

namespace {

core::Error interrupted() {
  return {Errc::interrupted, "asked to stop"};
}

PaceTime system_time() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace

/// A place in the queue of a pool, left on every way out.
class Ticket {
 public:
  Ticket(Session::Self session, Pool pool)
      : session_(std::move(session)), pool_(pool), number_(session_->next_ticket_++) {
    session_->queue(pool_).push_back(number_);
  }
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;
  ~Ticket() {
    std::erase(session_->queue(pool_), number_);
    session_->transport_->wake();
  }
  [[nodiscard]] bool is_first() const { return session_->queue(pool_).front() == number_; }

 private:
  Session::Self session_;
  Pool pool_;
  std::size_t number_;
};

/// One of the requests under way.
class InFlight {
 public:
  explicit InFlight(Session::Self session) : session_(std::move(session)) { ++session_->in_flight_; }
  InFlight(const InFlight&) = delete;
  InFlight& operator=(const InFlight&) = delete;
  ~InFlight() {
    --session_->in_flight_;
    session_->transport_->wake();
  }

 private:
  Session::Self session_;
};

Session::Session(boost::asio::io_context& io, HttpSettings given, std::function<void(std::string)> talk)
    : settings(std::move(given)),
      pacer_(settings),
      keeper_(settings.pace ? settings.pace : std::make_shared<MemoryPaceKeeper>()),
      talk_(std::move(talk)) {
  hosts_.push_back({host_of(settings.index), {}});
  if (const std::string other = host_of(settings.playback); other != hosts_.front().name) hosts_.push_back({other, {}});
  for (const Pool pool : {Pool::index, Pool::playback}) {
    consult(pool, [this, pool](PaceState& state, PaceTime now) {
      if (settings.not_before) {
        stay_away(state, *settings.not_before, Errc::rate_limited, "it asked an earlier run to stay away");
      }
      static_cast<void>(pacer_.turn(state, pool, now));  // forgets what has passed
    });
  }
  const TransportSettings wires{settings.user_agent, settings.connections, settings.connect_timeout,
                                settings.stall_timeout};
  transport_ = open_curl_transport(io, wires);
}

void Session::stop() {
  stopped_ = true;
  transport_->stop();
}

void Session::say(const std::string& line) const {
  if (talk_ && !line.empty()) talk_(line);
}

void Session::consult(Pool pool, const std::function<void(PaceState&, PaceTime)>& change) {
  Host& own = host(pool);
  keeper_->with(own.name, [&](PaceState& state) {
    // The clock is read here, not before: waiting for another process takes time.
    const PaceTime now = system_time();
    settle(state, now);
    change(state, now);
    own.seen = state;
  });
}

std::optional<std::chrono::sys_seconds> Session::not_before() const {
  std::optional<PaceTime> latest;
  for (const Host& each : hosts_) latest = std::max(latest, each.seen.not_before);
  if (!latest) return {};
  return std::chrono::ceil<std::chrono::seconds>(*latest);
}

Pace Session::pace() const {
  const PaceState& index = host(Pool::index).seen;
  const PaceState& playback = host(Pool::playback).seen;
  Pace pace{pacer_.per_minute(index, Pool::index), pacer_.per_minute(playback, Pool::playback), {}};
  const PaceTime held = std::max(index.index.held_until, playback.playback.held_until);
  if (held > system_time()) pace.held_until = std::chrono::ceil<std::chrono::seconds>(held);
  return pace;
}

Pacer::Turn Session::turn(Pool pool, PaceTime& sent_at) {
  Lease& lease = pool == Pool::index ? host(pool).index : host(pool).playback;
  if (lease.left > 0 && SteadyClock::now() < lease.until) {
    --lease.left;
    sent_at = system_time();
    return {};
  }
  Pacer::Turn result;
  consult(pool, [&](PaceState& state, PaceTime now) {
    result = pacer_.turn(state, pool, now);
    if (result.stop || result.wait > Pacer::Duration::zero()) return;
    const int requests = pacer_.at_once(state, pool);
    pacer_.sent(state, pool, now, requests);
    sent_at = now;
    lease = {requests - 1, SteadyClock::now() + Pacer::lease};
  });
  return result;
}

awaitable<core::Result<PaceTime>> Session::take_turn(Self session, Pool pool) {
  const Ticket ticket(session, pool);
  for (;;) {
    if (session->stopped_) co_return tl::unexpected(interrupted());
    // Only the first asks, and hears first of a stop: to ask costs a look at what all processes share.
    const bool must_queue = !ticket.is_first() || session->in_flight_ >= std::max(session->settings.connections, 1);
    auto pause = SteadyClock::duration::max();
    if (!must_queue) {
      PaceTime sent_at;
      Pacer::Turn turn = session->turn(pool, sent_at);
      if (turn.stop) co_return tl::unexpected(std::move(*turn.stop));
      if (turn.wait <= Pacer::Duration::zero()) co_return sent_at;
      pause = turn.wait;
    }
    co_await session->transport_->wait(pause);
  }
}

void Session::report(const core::Error* error, const Answer& answer) {
  Ended ended = answer.ended;
  const Errc code = error == nullptr ? Errc::unplayable : error->code;
  if (error != nullptr) ended.detail = error->detail;
  std::string line;
  const auto change = [&](PaceState& state, PaceTime now) {
    switch (code) {
      case Errc::interrupted:
      case Errc::bad_url:
        return pacer_.lost(state, ended);
      case Errc::rate_limited:
        line = pacer_.limited(state, ended, now);
        return;
      case Errc::refused:
        line = pacer_.refused(state, ended, now);
        return;
      case Errc::http_status:
      case Errc::bad_cdx:
      case Errc::timed_out:
      case Errc::transport:
        line = pacer_.failed(state, ended, now);
        return;
      default:
        line = pacer_.answered(state, ended, now);
        return;
    }
  };
  // Most answers change nothing, and then nobody needs to hear of them.
  PaceState state = host(ended.pool).seen;
  const PaceState before = state;
  change(state, system_time());
  if (state == before) return;
  consult(ended.pool, change);
  // What was agreed on under other circumstances holds no longer.
  host(ended.pool).index = host(ended.pool).playback = {};
  say(line);
}

void Session::report_stale(const Ended& ended) {
  if (!host(ended.pool).seen.of(ended.pool).probe_next) return;
  consult(ended.pool, [&](PaceState& state, PaceTime) { pacer_.lost(state, ended); });
}

awaitable<Session::Answer> Session::send(Self session, Pool pool, Request request) {
  Answer answer{tl::unexpected(core::Error{}), false, {}};
  Exchange exchange{tl::unexpected(core::Error{})};
  answer.ended.pool = pool;
  do {
    // Nothing was answered to a stale request, and asking again is another one.
    if (exchange.stale) session->report_stale(answer.ended);
    const auto sent_at = co_await take_turn(session, pool);
    if (!sent_at) {
      answer.response = tl::unexpected(sent_at.error());
      answer.sent = false;
      co_return answer;
    }
    const InFlight in_flight(session);
    const auto start = SteadyClock::now();
    answer.sent = true;
    answer.ended.sent_at = *sent_at;
    Request again = request;
    exchange = co_await session->transport_->get(std::move(again));
    answer.ended.took = std::chrono::floor<std::chrono::microseconds>(SteadyClock::now() - start);
    if (exchange.sent) ++session->requests_;
  } while (exchange.stale);
  // What an archived answer said of the past is not meant for us.
  if (exchange.result && !exchange.result->has("memento-datetime")) {
    const auto now = std::chrono::floor<std::chrono::seconds>(system_time());
    answer.ended.retry_after = parse_retry_after(exchange.result->header("retry-after"), now);
    answer.ended.overburdened = exchange.result->status == 503;
  }
  answer.response = std::move(exchange.result);
  co_return answer;
}

awaitable<bool> Session::try_again(Self session, Pool pool, int attempt, core::Error& error) {
  if (session->stopped_ || error.code == Errc::interrupted) {
    error = interrupted();
    co_return false;
  }
  if (session->not_before()) {
    // Not a turn: that would charge a request.
    std::optional<core::Error> stop;
    const auto look = [&](PaceState& state, PaceTime now) { stop = session->pacer_.turn(state, pool, now).stop; };
    session->consult(pool, look);
    if (stop) {
      error = std::move(*stop);
      co_return false;
    }
  }
  const double jitter = std::uniform_real_distribution<double>(0.0, 1.0)(session->random_);
  const auto pause = pause_before(attempt, error.code, session->settings, jitter);
  if (!pause) {
    // Refused for good is what the pacer says; a few failed connections are a fault like others.
    if (error.code == Errc::refused) error.code = Errc::transport;
    co_return false;
  }
  if (*pause >= std::chrono::seconds(1)) {
    session->say(session->settings.name + ": attempt " + std::to_string(attempt) + " in " +
                 std::to_string(pause->count() / 1000) + " s: " + error.detail);
  }
  const auto deadline = SteadyClock::now() + *pause;
  while (SteadyClock::now() < deadline && !session->stopped_) {
    co_await session->transport_->wait(deadline - SteadyClock::now());
  }
  co_return true;
}

}  // namespace waydiff::crawler
