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

Now clocks() {
  const auto system = std::chrono::system_clock::now();
  return {SteadyClock::now(), std::chrono::floor<std::chrono::seconds>(system)};
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
    : settings(std::move(given)), pacer_(settings), talk_(std::move(talk)) {
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

awaitable<std::optional<core::Error>> Session::take_turn(Self session, Pool pool) {
  const Ticket ticket(session, pool);
  for (;;) {
    if (session->stopped_) co_return interrupted();
    auto turn = session->pacer_.turn(pool, clocks());
    if (turn.stop) co_return std::move(turn.stop);
    const bool must_queue = !ticket.is_first() || session->in_flight_ >= std::max(session->settings.connections, 1);
    const auto wait = must_queue ? SteadyClock::duration::max() : turn.wait;
    if (wait <= SteadyClock::duration::zero()) co_return std::nullopt;
    co_await session->transport_->wait(wait);
  }
}

void Session::report(Pool pool, const core::Error* error, const Answer& answer) {
  const Now now = clocks();
  if (error == nullptr) return pacer_.answered(pool);
  switch (error->code) {
    case Errc::interrupted:
      return;
    case Errc::rate_limited:
      return say(pacer_.limited(pool, now, answer.sent_at, answer.retry_after, error->detail));
    case Errc::refused:
      return say(pacer_.refused(pool, now, answer.sent_at, error->detail));
    case Errc::http_status:
    case Errc::bad_cdx:
    case Errc::timed_out:
    case Errc::transport:
      return say(pacer_.failed(pool, now, answer.sent_at, error->detail));
    default:
      return pacer_.answered(pool);
  }
}

awaitable<Session::Answer> Session::send(Self session, Pool pool, Request request) {
  Answer answer{tl::unexpected(core::Error{}), false, {}, {}};
  if (auto stop = co_await take_turn(session, pool)) {
    answer.response = tl::unexpected(std::move(*stop));
    co_return answer;
  }
  const InFlight in_flight(session);
  answer.sent = true;
  answer.sent_at = SteadyClock::now();
  session->pacer_.sent(pool, clocks());
  Exchange exchange = co_await session->transport_->get(std::move(request));
  session->requests_ += exchange.sends;
  for (std::size_t again = 1; again < exchange.sends; ++again) session->pacer_.sent(pool, clocks());
  if (exchange.result) {
    answer.retry_after = parse_retry_after(exchange.result->header("retry-after"), clocks().system);
  }
  answer.response = std::move(exchange.result);
  co_return answer;
}

awaitable<bool> Session::try_again(Self session, Pool pool, int attempt, core::Error& error) {
  if (session->stopped_ || error.code == Errc::interrupted) {
    error = interrupted();
    co_return false;
  }
  if (auto turn = session->pacer_.turn(pool, clocks()); turn.stop) {
    error = std::move(*turn.stop);
    co_return false;
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
