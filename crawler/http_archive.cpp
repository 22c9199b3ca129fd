#include "crawler/http_archive.hpp"

#include <algorithm>
#include <deque>
#include <random>
#include <set>
#include <utility>

#include "core/url.hpp"
#include "crawler/cdx.hpp"
#include "crawler/pacing.hpp"
#include "crawler/playback_response.hpp"
#include "crawler/transport.hpp"

namespace waydiff::crawler {
namespace {

using boost::asio::awaitable;
using core::Errc;
using core::Result;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t most_pages = 10000;
constexpr std::size_t most_warnings = 20;
constexpr std::size_t largest_index_answer = 256u << 20;

/// What all calls of one archive share. Coroutines hold it, so that it outlives them.
struct Session {
  Session(boost::asio::io_context& io, HttpSettings given, std::function<void(std::string)> to_person)
      : settings(std::move(given)), pacer(settings), talk(std::move(to_person)) {
    const TransportSettings wires{settings.user_agent, settings.connections, settings.connect_timeout,
                                  settings.stall_timeout};
    transport = open_curl_transport(io, wires);
  }

  HttpSettings settings;
  Pacer pacer;
  std::function<void(std::string)> talk;
  std::unique_ptr<Transport> transport;
  std::deque<std::size_t> index_queue, playback_queue;  ///< tickets of those who wait for their turn
  std::size_t next_ticket = 0;
  int in_flight = 0;
  std::size_t requests = 0;
  bool stopped = false;
  std::minstd_rand random{std::random_device{}()};

  [[nodiscard]] std::deque<std::size_t>& queue(Pool pool) { return pool == Pool::index ? index_queue : playback_queue; }
  void say(std::string line) const {
    if (talk && !line.empty()) talk(std::move(line));
  }
  void stop() {
    stopped = true;
    transport->stop();
  }
  [[nodiscard]] double jitter() { return std::uniform_real_distribution<double>(0.0, 1.0)(random); }
  [[nodiscard]] static Now now() {
    const auto system = std::chrono::system_clock::now();
    return {SteadyClock::now(), std::chrono::floor<std::chrono::seconds>(system)};
  }
};
using SessionPtr = std::shared_ptr<Session>;

core::Error interrupted() {
  return {Errc::interrupted, "asked to stop"};
}

/// A place in the queue of a pool, left on every way out.
class Ticket {
 public:
  Ticket(SessionPtr session, Pool pool) : session_(std::move(session)), pool_(pool), number_(session_->next_ticket++) {
    session_->queue(pool_).push_back(number_);
  }
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;
  ~Ticket() {
    std::erase(session_->queue(pool_), number_);
    session_->transport->wake();
  }
  [[nodiscard]] bool is_first() const { return session_->queue(pool_).front() == number_; }

 private:
  SessionPtr session_;
  Pool pool_;
  std::size_t number_;
};

/// One of the requests under way.
struct InFlight {
  SessionPtr session;
  explicit InFlight(SessionPtr s) : session(std::move(s)) { ++session->in_flight; }
  InFlight(const InFlight&) = delete;
  InFlight& operator=(const InFlight&) = delete;
  ~InFlight() {
    --session->in_flight;
    session->transport->wake();
  }
};

/// Returns when a request may go out now; with an error when none may.
awaitable<std::optional<core::Error>> take_turn(SessionPtr session, Pool pool) {
  const Ticket ticket(session, pool);
  for (;;) {
    if (session->stopped) co_return interrupted();
    auto turn = session->pacer.turn(pool, Session::now());
    if (turn.stop) co_return std::move(turn.stop);
    const bool must_queue = !ticket.is_first() || session->in_flight >= std::max(session->settings.connections, 1);
    const auto wait = must_queue ? SteadyClock::duration::max() : turn.wait;
    if (wait <= SteadyClock::duration::zero()) co_return std::nullopt;
    co_await session->transport->wait(wait);
  }
}

/// Tells the pacer how a request ended, and the person if that changes the pace.
void report(Session& session, Pool pool, const core::Error* error, SteadyClock::time_point sent_at,
            std::optional<std::chrono::seconds> retry_after) {
  const Now now = Session::now();
  if (error == nullptr) return session.pacer.answered(pool);
  switch (error->code) {
    case Errc::interrupted:
      return;
    case Errc::rate_limited:
      return session.say(session.pacer.limited(pool, now, sent_at, retry_after, error->detail));
    case Errc::refused:
      return session.say(session.pacer.refused(pool, now, sent_at, error->detail));
    case Errc::http_status:
    case Errc::bad_cdx:
    case Errc::timed_out:
    case Errc::transport:
      return session.say(session.pacer.failed(pool, now, sent_at, error->detail));
    default:
      return session.pacer.answered(pool);
  }
}

/// One request, when its turn comes, and what `read` makes of the answer.
template <class T>
awaitable<Result<T>> ask_once(SessionPtr session, Pool pool, Request request, std::function<Result<T>(Response)> read) {
  if (auto stop = co_await take_turn(session, pool)) co_return tl::unexpected(std::move(*stop));
  const InFlight in_flight(session);
  const auto sent_at = SteadyClock::now();
  session->pacer.sent(pool, Session::now());
  Exchange exchange = co_await session->transport->get(std::move(request));
  session->requests += exchange.sends;
  for (std::size_t again = 1; again < exchange.sends; ++again) session->pacer.sent(pool, Session::now());

  std::optional<std::chrono::seconds> retry_after;
  Result<T> outcome = tl::unexpected(core::Error{});
  if (exchange.result) {
    retry_after = parse_retry_after(exchange.result->header("retry-after"), Session::now().system);
    outcome = read(std::move(*exchange.result));
  } else {
    outcome = tl::unexpected(std::move(exchange.result.error()));
  }
  report(*session, pool, outcome ? nullptr : &outcome.error(), sent_at, retry_after);
  co_return outcome;
}

/// What to do about a failed attempt: true to try again, after waiting as long as it takes; false when `error` is the
/// last word. Turns `error` into the archive's request to stay away, if that is what stands in the way.
awaitable<bool> try_again(SessionPtr session, Pool pool, int attempt, core::Error& error) {
  if (session->stopped || error.code == Errc::interrupted) {
    error = interrupted();
    co_return false;
  }
  if (auto turn = session->pacer.turn(pool, Session::now()); turn.stop) {
    error = std::move(*turn.stop);
    co_return false;
  }
  const auto pause = pause_before(attempt, error.code, session->settings, session->jitter());
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
  while (SteadyClock::now() < deadline && !session->stopped) {
    co_await session->transport->wait(deadline - SteadyClock::now());
  }
  co_return true;
}

/// One page of a listing; asks for fewer rows when they were too many for the server. `limit` stays lowered.
awaitable<Result<CdxPage>> fetch_page(SessionPtr session, ListQuery query, std::string resume_key, int& limit) {
  const std::function<Result<CdxPage>(Response)> read = [query](Response response) {
    return read_index_answer(response, query);
  };
  for (int attempt = 1;;) {
    Request request;
    request.url = query_address(session->settings.index, query, limit, resume_key);
    request.max_bytes = largest_index_answer;
    auto page = co_await ask_once<CdxPage>(session, Pool::index, std::move(request), read);
    if (page) co_return page;
    core::Error error = std::move(page.error());
    if (error.code == Errc::timed_out || error.code == Errc::bad_cdx || error.code == Errc::transport) {
      limit = std::max(limit / 2, 1);
    }
    // A pause that the archive asked for is not this request's fault.
    if (error.code != Errc::rate_limited) ++attempt;
    const bool again = co_await try_again(session, Pool::index, attempt, error);
    if (!again) co_return tl::unexpected(std::move(error));
  }
}

/// Errors that end a listing without a result; others leave it incomplete.
bool ends_listing(Errc code) {
  return code == Errc::excluded || code == Errc::rate_limited || code == Errc::refused || code == Errc::interrupted;
}

void add_page(Listing& listing, CdxPage page) {
  ++listing.pages;
  listing.rows += page.rows;
  for (const auto& [reason, count] : page.dropped) listing.dropped[reason] += count;
  for (auto& warning : page.warnings) {
    if (listing.warnings.size() < most_warnings) listing.warnings.push_back(std::move(warning));
  }
  std::move(page.captures.begin(), page.captures.end(), std::back_inserter(listing.captures));
}

awaitable<Result<Listing>> list_with(SessionPtr session, ListQuery query) {
  Listing listing;
  std::set<std::string> keys;
  std::string key;
  int limit = std::max(session->settings.page_rows, 1);
  while (!listing.complete && !listing.problem) {
    auto page = co_await fetch_page(session, query, key, limit);
    if (page) {
      key = page->resume_key;
      const std::string last = page->captures.empty() ? "" : page->captures.back().raw_timestamp;
      add_page(listing, std::move(*page));
      if (key.empty()) {
        listing.complete = true;
      } else if (!keys.insert(key).second || listing.pages >= most_pages) {
        listing.problem = core::Error{Errc::bad_cdx, query.url + ": the index goes in circles at resume key " + key};
      } else if (!last.empty()) {
        // Resume keys skip what else was captured in the second of the last row: ask for it.
        const ListQuery second{query.url, last, last};
        page = co_await fetch_page(session, second, "", limit);
        if (page) add_page(listing, std::move(*page));
      }
    }
    if (!page) {
      if (ends_listing(page.error().code)) co_return tl::unexpected(std::move(page.error()));
      page.error().detail = query.url + ": " + page.error().detail;
      listing.problem = std::move(page.error());
    }
  }
  if (const std::size_t repeated = drop_repeated(listing.captures); repeated != 0)
    listing.dropped["repeated"] = repeated;
  co_return listing;
}

awaitable<Result<Playback>> play_with(SessionPtr session, core::Capture capture) {
  const HttpSettings& settings = session->settings;
  const std::string url = core::playback_url(settings.playback, capture.raw_timestamp, capture.original);
  const BodyLimits limits{settings.max_body, settings.max_ratio};
  const std::function<Result<Playback>(Response)> read = [session, capture, limits](Response response) {
    return read_playback(capture, session->settings.playback, std::move(response), limits);
  };
  for (int attempt = 1;;) {
    Request request;
    request.url = url;
    request.max_bytes = settings.max_body;
    auto playback = co_await ask_once<Playback>(session, Pool::playback, std::move(request), read);
    if (playback) co_return playback;
    core::Error error = std::move(playback.error());
    if (error.code != Errc::rate_limited) ++attempt;
    const bool again = co_await try_again(session, Pool::playback, attempt, error);
    if (!again) co_return tl::unexpected(std::move(error));
  }
}

class HttpArchive : public Archive {
 public:
  explicit HttpArchive(SessionPtr session) : session_(std::move(session)) {}
  ~HttpArchive() override { session_->stop(); }

  awaitable<Result<Listing>> list(ListQuery query) override { return list_with(session_, std::move(query)); }
  awaitable<Result<Playback>> play(core::Capture capture) override { return play_with(session_, std::move(capture)); }
  std::optional<std::chrono::sys_seconds> not_before() const override { return session_->pacer.not_before(); }
  std::size_t requests() const override { return session_->requests; }
  void stop() override { session_->stop(); }

 private:
  SessionPtr session_;
};

}  // namespace

std::unique_ptr<Archive> open_http_archive(boost::asio::io_context& io, HttpSettings settings,
                                           std::function<void(std::string)> talk) {
  return std::make_unique<HttpArchive>(std::make_shared<Session>(io, std::move(settings), std::move(talk)));
}

}  // namespace waydiff::crawler
