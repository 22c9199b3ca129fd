#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "crawler/http_archive.hpp"
#include "crawler/pace_keeper.hpp"
#include "crawler/pacing.hpp"
#include "crawler/transport.hpp"

namespace waydiff::crawler {

/// What all calls to one archive share: its wires, its pace, and the queues of those who wait their turn. Coroutines
/// hold it, so that it outlives them.
class Session {
 public:
  using Self = std::shared_ptr<Session>;

  Session(boost::asio::io_context& io, HttpSettings settings, std::function<void(std::string)> talk);

  const HttpSettings settings;

  /// Asks until `read` makes something of an answer, as often and as late as the archive can bear. `make` builds the
  /// request of each attempt; `failed`, if any, hears why one failed before the next is built. Fails as the last
  /// attempt did, with rate_limited or refused once the archive wants to be left alone, or interrupted.
  template <class T>
  [[nodiscard]] static boost::asio::awaitable<core::Result<T>> ask(Self session, Pool pool,
                                                                   std::function<Request()> make,
                                                                   std::function<core::Result<T>(Response)> read,
                                                                   std::function<void(core::Errc)> failed = {}) {
    for (int attempt = 1;;) {
      Request request = make();
      Answer answer = co_await send(session, pool, std::move(request));
      core::Result<T> outcome = tl::unexpected(core::Error{});
      if (answer.response) {
        outcome = read(std::move(*answer.response));
      } else {
        outcome = tl::unexpected(std::move(answer.response.error()));
      }
      if (answer.sent) session->report(outcome ? nullptr : &outcome.error(), answer);
      if (outcome) co_return outcome;
      core::Error error = std::move(outcome.error());
      if (failed) failed(error.code);
      // A pause that the archive asked for is not this request's fault.
      if (error.code != core::Errc::rate_limited) ++attempt;
      const bool again = co_await try_again(session, pool, attempt, error);
      if (!again) co_return tl::unexpected(std::move(error));
    }
  }

  /// Calls under way and later ones end with interrupted, soon.
  void stop();
  /// As last heard of: when a request was sent or answered, or wanted to be.
  [[nodiscard]] std::optional<std::chrono::sys_seconds> not_before() const;
  [[nodiscard]] Pace pace() const;
  [[nodiscard]] std::size_t requests() const { return requests_; }

 private:
  friend class Ticket;
  friend class InFlight;

  /// One request's answer, with what the pacer wants to know of it.
  struct Answer {
    core::Result<Response> response;
    bool sent = false;  ///< false: no turn came, nothing went over the wire
    Ended ended;        ///< without `detail`
  };

  /// Requests that are charged already and may go out until then.
  struct Lease {
    int left = 0;
    std::chrono::steady_clock::time_point until{};
  };

  /// One host of the archive, and its state as last seen: the index may be on another than playback.
  struct Host {
    std::string name;
    PaceState seen;
    Lease index{}, playback{};
  };

  /// One request, when its turn comes. The caller judges the answer and reports it.
  [[nodiscard]] static boost::asio::awaitable<Answer> send(Self session, Pool pool, Request request);
  /// Returns when a request may go out now, and has been charged at that time; with an error when none may.
  [[nodiscard]] static boost::asio::awaitable<core::Result<PaceTime>> take_turn(Self session, Pool pool);
  /// Lets `change` loose on the shared state of a pool's host, with the time.
  void consult(Pool pool, const std::function<void(PaceState&, PaceTime)>& change);
  /// The turn of a request; charged if it may go.
  [[nodiscard]] Pacer::Turn turn(Pool pool, PaceTime& sent_at);
  /// What to do about a failed attempt: true to try again, after waiting as long as it takes; false when `error` is
  /// the last word. Turns `error` into the archive's wish to be left alone, if that is what stands in the way.
  [[nodiscard]] static boost::asio::awaitable<bool> try_again(Self session, Pool pool, int attempt, core::Error& error);
  /// Tells the pacer how a request ended, and the person if that changes the pace.
  void report(const core::Error* error, const Answer& answer);
  void report_stale(const Ended& ended);

  void say(const std::string& line) const;
  [[nodiscard]] std::deque<std::size_t>& queue(Pool pool) {
    return pool == Pool::index ? index_queue_ : playback_queue_;
  }

  [[nodiscard]] Host& host(Pool pool) { return pool == Pool::index ? hosts_.front() : hosts_.back(); }
  [[nodiscard]] const Host& host(Pool pool) const { return pool == Pool::index ? hosts_.front() : hosts_.back(); }

  Pacer pacer_;
  std::shared_ptr<PaceKeeper> keeper_;
  std::vector<Host> hosts_;  ///< of index and playback; one if it is the same
  std::function<void(std::string)> talk_;
  std::unique_ptr<Transport> transport_;
  std::deque<std::size_t> index_queue_, playback_queue_;  ///< tickets of those who wait for their turn
  std::size_t next_ticket_ = 0;
  int in_flight_ = 0;
  std::size_t requests_ = 0;
  bool stopped_ = false;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace waydiff::crawler
