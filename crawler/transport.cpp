#include "crawler/transport.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "crawler/transport_engine.hpp"

namespace waydiff::crawler {
namespace {

namespace asio = boost::asio;
using asio::steady_timer;
using core::Errc;

// A timer that never expires by itself is how a coroutine waits for curl, or for wake().
constexpr auto wait_style = asio::as_tuple(asio::use_awaitable);

Errc code_of(const Transfer& transfer) {
  if (transfer.interrupted) return Errc::interrupted;
  if (transfer.over_limit) return Errc::too_large;
  switch (transfer.code) {
    case CURLE_COULDNT_CONNECT:
      return Errc::refused;
    case CURLE_OPERATION_TIMEDOUT: {
      // A firewall that drops packets shows as a connection that never comes about.
      curl_off_t connected = 0;
      curl().easy_getinfo(transfer.easy.get(), CURLINFO_PRETRANSFER_TIME_T, &connected);
      return connected == 0 ? Errc::refused : Errc::timed_out;
    }
    case CURLE_URL_MALFORMAT:
      return Errc::bad_url;
    case CURLE_UNSUPPORTED_PROTOCOL:
      // Also what curl calls an answer that is not HTTP.
      return transfer.sent ? Errc::transport : Errc::bad_url;
    default:
      return Errc::transport;
  }
}

core::Error failure_of(const Transfer& transfer, const std::string& url) {
  std::string detail = url + ": ";
  const Errc code = code_of(transfer);
  if (code == Errc::interrupted) {
    detail += "interrupted";
  } else if (transfer.stale) {
    detail += "the server had closed the connection";
  } else if (code == Errc::too_large) {
    detail += "more than " + std::to_string(transfer.max_bytes) + " bytes";
  } else {
    detail += curl().easy_strerror(transfer.code);
    if (!transfer.response.body.empty()) {
      detail += ", cut short after " + std::to_string(transfer.response.body.size()) + " bytes";
    }
  }
  return core::Error{code, std::move(detail)};
}

/// Takes the transfer out of curl's hands on every way out of the coroutine, its destruction included.
struct Started {
  Engine& engine;
  Transfer& transfer;
  Started(Engine& e, Transfer& t) : engine(e), transfer(t) { engine.start(transfer); }
  Started(const Started&) = delete;
  Started& operator=(const Started&) = delete;
  ~Started() { engine.remove(transfer); }
};

struct Waiting {
  Engine& engine;
  steady_timer& timer;
  Waiting(Engine& e, steady_timer& t) : engine(e), timer(t) { engine.add_waiter(timer); }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  ~Waiting() { engine.remove_waiter(timer); }
};

asio::awaitable<Exchange> get_with(std::shared_ptr<Engine> engine, Request request) {
  Exchange exchange{tl::unexpected(core::Error{})};
  Transfer transfer(engine->io());
  if (engine->stopped()) {
    transfer.interrupted = true;
    exchange.result = tl::unexpected(failure_of(transfer, request.url));
    co_return exchange;
  }
  transfer.code = engine->prepare(transfer, request);
  if (transfer.code == CURLE_OK) {
    const Started started(*engine, transfer);
    while (!transfer.done) co_await transfer.finished.async_wait(wait_style);
  }
  exchange.sent = transfer.sent;
  exchange.stale = transfer.stale && !transfer.interrupted;
  long status = 0;
  curl().easy_getinfo(transfer.easy.get(), CURLINFO_RESPONSE_CODE, &status);
  transfer.response.status = static_cast<int>(status);
  const bool failed = transfer.code != CURLE_OK || transfer.over_limit;
  if (failed) exchange.result = tl::unexpected(failure_of(transfer, request.url));
  engine->reuse(transfer);
  if (failed) {
    if (request.partial && !transfer.over_limit) *request.partial = std::move(transfer.response);
    co_return exchange;
  }
  exchange.result = std::move(transfer.response);
  co_return exchange;
}

asio::awaitable<void> wait_with(std::shared_ptr<Engine> engine, std::chrono::steady_clock::duration duration) {
  if (engine->stopped()) co_return;
  steady_timer timer(engine->io());
  if (duration == std::chrono::steady_clock::duration::max()) {
    timer.expires_at(steady_timer::time_point::max());
  } else {
    timer.expires_after(duration);
  }
  const Waiting waiting(*engine, timer);
  co_await timer.async_wait(wait_style);
}

class CurlTransport : public Transport {
 public:
  CurlTransport(asio::io_context& io, TransportSettings settings)
      : engine_(std::make_shared<Engine>(io, std::move(settings))) {}
  ~CurlTransport() override { engine_->stop(); }

  asio::awaitable<Exchange> get(Request request) override { return get_with(engine_, std::move(request)); }
  asio::awaitable<void> wait(std::chrono::steady_clock::duration duration) override {
    return wait_with(engine_, duration);
  }
  void wake() override { engine_->wake(); }
  void stop() override { engine_->stop(); }

 private:
  std::shared_ptr<Engine> engine_;
};

}  // namespace

std::unique_ptr<Transport> open_curl_transport(asio::io_context& io, TransportSettings settings) {
  return std::make_unique<CurlTransport>(io, std::move(settings));
}

}  // namespace waydiff::crawler
