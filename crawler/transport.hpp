#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "core/error.hpp"
#include "crawler/http_response.hpp"

namespace waydiff::crawler {

/// One GET. Redirects are not followed and codings not undone: both are for the caller to judge.
struct Request {
  std::string url;
  std::size_t max_bytes = 64u << 20;  ///< of the body as received
  std::string range{};                ///< "100-199" or "100-": only these bytes, as they are stored; empty for all
  /// Where an answer that was cut short on the way is kept, as far as it came; null for nowhere.
  std::shared_ptr<Response> partial{};
};

/// What became of a request. Fails with refused (no connection came about), timed_out, transport (reset, cut short, no
/// such host, TLS), too_large, bad_url, interrupted.
struct Exchange {
  core::Result<Response> result;
  bool sent = false;  ///< it went over the wire, once
  /// It went into a kept-alive connection that the server had closed in the meantime, and was not answered. To send it
  /// again is a second request, and for the caller to decide.
  bool stale = false;
};

/// The only user of sockets and timers. One thread: the one that runs the io_context.
class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  [[nodiscard]] virtual boost::asio::awaitable<Exchange> get(Request request) = 0;

  /// Ends after `duration`, or earlier on wake() or stop(): look again whether the time has come.
  [[nodiscard]] virtual boost::asio::awaitable<void> wait(std::chrono::steady_clock::duration duration) = 0;
  virtual void wake() = 0;

  /// Every get() and wait(), under way or later, ends soon; get() with interrupted.
  virtual void stop() = 0;
};

struct TransportSettings {
  std::string user_agent;
  int connections = 4;  ///< to one host
  std::chrono::seconds connect_timeout{30};
  std::chrono::seconds stall_timeout{120};
};

/// libcurl's multi socket interface, driven by `io`.
[[nodiscard]] std::unique_ptr<Transport> open_curl_transport(boost::asio::io_context& io, TransportSettings settings);

}  // namespace waydiff::crawler
