#include "crawler/transport.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace waydiff::crawler {
namespace {

namespace asio = boost::asio;
using asio::steady_timer;
using core::Errc;

/// What a server says of a body's size is taken at its word up to here.
constexpr std::size_t most_reserved = 1u << 20;

// A timer that never expires by itself is how a coroutine waits for curl, or for wake().
constexpr auto wait_style = asio::as_tuple(asio::use_awaitable);

struct FreeEasy {
  void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
};
struct FreeMulti {
  void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};
struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

void initialise_curl() {
  static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(once);
}

/// A socket of curl's, watched for it. curl owns and closes it.
struct Watched {
  explicit Watched(asio::io_context& io, curl_socket_t socket) : descriptor(io, socket) {}
  ~Watched() { descriptor.release(); }
  asio::posix::stream_descriptor descriptor;
  int wanted = 0;  ///< CURL_POLL_IN | CURL_POLL_OUT
  bool reading = false, writing = false;
};

/// One request under way.
struct Transfer {
  explicit Transfer(asio::io_context& io) : finished(io, steady_timer::time_point::max()) {}
  std::unique_ptr<CURL, FreeEasy> easy;
  std::size_t max_bytes = 0;
  Response response;
  bool over_limit = false;
  bool done = false;
  bool interrupted = false;
  bool sent = false;
  bool stale = false;
  CURLcode code = CURLE_OK;
  steady_timer finished;
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == '\r' || text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  return text;
}

std::size_t on_header(char* data, std::size_t, std::size_t size, void* user) {
  Transfer& transfer = *static_cast<Transfer*>(user);
  const std::string_view line = trimmed({data, size});
  // Each header block starts anew: 1xx answers come before the one that counts.
  if (line.starts_with("HTTP/")) {
    transfer.response.headers.clear();
    return size;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  std::string name(line.substr(0, colon));
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  transfer.response.headers.emplace_back(std::move(name), std::string(trimmed(line.substr(colon + 1))));
  return size;
}

std::size_t announced(const Transfer& transfer) {
  curl_off_t length = -1;
  curl_easy_getinfo(transfer.easy.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  return length > 0 ? static_cast<std::size_t>(length) : 0;
}

std::size_t on_body(char* data, std::size_t, std::size_t size, void* user) {
  Transfer& transfer = *static_cast<Transfer*>(user);
  std::string& body = transfer.response.body;
  if (size > transfer.max_bytes - std::min(transfer.max_bytes, body.size())) {
    transfer.over_limit = true;
    return 0;
  }
  if (body.empty()) body.reserve(std::min({announced(transfer), transfer.max_bytes, most_reserved}));
  body.append(data, size);
  return size;
}

/// Before a request goes out, also one that curl would send again because a kept-alive connection was dead.
int on_request(void* user, char*, char*, int, int) {
  Transfer& transfer = *static_cast<Transfer*>(user);
  transfer.stale = transfer.sent;
  transfer.sent = true;
  return transfer.stale ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

/// curl's loop on top of asio's. Shared by the coroutines that use it, so that it outlives them.
class Engine : public std::enable_shared_from_this<Engine> {
 public:
  Engine(asio::io_context& io, TransportSettings settings)
      : io_(io), settings_(std::move(settings)), multi_((initialise_curl(), curl_multi_init())), timer_(io) {
    const long connections = std::max(settings_.connections, 1);
    CURLM* multi = multi_.get();
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &Engine::on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &Engine::on_timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, connections);
    curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, 2 * connections);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 2 * connections);
  }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine() {
    // curl closes its connections now and would call back.
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, nullptr);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, nullptr);
    sockets_.clear();
  }

  [[nodiscard]] bool stopped() const { return stopped_; }
  [[nodiscard]] asio::io_context& io() { return io_; }

  CURLcode prepare(Transfer& transfer, const Request& request) {
    transfer.easy = handle();
    transfer.max_bytes = request.max_bytes;
    CURL* easy = transfer.easy.get();
    // A range counts stored bytes, so that nothing may be coded on the way.
    const bool part = !request.range.empty();
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, (part ? uncoded_ : coded_).get());
    curl_easy_setopt(easy, CURLOPT_RANGE, part ? request.range.c_str() : nullptr);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
    return curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  }

  /// Takes back what prepare() gave, for the next request.
  void reuse(Transfer& transfer) { free_.push_back(std::move(transfer.easy)); }

  void start(Transfer& transfer) {
    transfers_.insert(&transfer);
    if (curl_multi_add_handle(multi_.get(), transfer.easy.get()) != CURLM_OK) finish(transfer, CURLE_FAILED_INIT);
  }

  void remove(Transfer& transfer) {
    if (transfers_.erase(&transfer) == 0) return;
    curl_multi_remove_handle(multi_.get(), transfer.easy.get());
    if (!transfers_.empty()) return;
    // A timer that nobody needs would keep the loop from ending.
    armed_.reset();
    timer_.cancel();
  }

  void stop() {
    stopped_ = true;
    const auto open = transfers_;
    for (Transfer* transfer : open) {
      transfer->interrupted = true;
      finish(*transfer, CURLE_ABORTED_BY_CALLBACK);
    }
    wake();
  }

  void wake() {
    for (steady_timer* waiter : waiters_) waiter->cancel();
  }
  void add_waiter(steady_timer& waiter) { waiters_.insert(&waiter); }
  void remove_waiter(steady_timer& waiter) { waiters_.erase(&waiter); }

 private:
  using Handle = std::unique_ptr<CURL, FreeEasy>;
  using Clock = std::chrono::steady_clock;

  asio::io_context& io_;
  TransportSettings settings_;
  std::unique_ptr<CURLM, FreeMulti> multi_;
  // By hand, not CURLOPT_ACCEPT_ENCODING: curl's own decoder gives up on answers that lie about their coding.
  std::unique_ptr<curl_slist, FreeList> coded_{curl_slist_append(nullptr, "Accept-Encoding: gzip")};
  std::unique_ptr<curl_slist, FreeList> uncoded_{curl_slist_append(nullptr, "Accept-Encoding: identity")};
  std::vector<Handle> free_;  ///< with all that does not change from request to request
  // curl changes its mind about its next timeout several times a request, but most never come. So the timer stays as
  // it is set unless it would be late, and looks again when it is early.
  steady_timer timer_;
  std::optional<Clock::time_point> due_;    ///< when curl wants to be called
  std::optional<Clock::time_point> armed_;  ///< when the timer calls
  bool called_soon_ = false;                ///< a call is on its way already
  std::map<curl_socket_t, std::shared_ptr<Watched>> sockets_;
  std::set<Transfer*> transfers_;
  std::set<steady_timer*> waiters_;
  bool stopped_ = false;

  Handle handle() {
    if (!free_.empty()) {
      Handle last = std::move(free_.back());
      free_.pop_back();
      return last;
    }
    Handle made(curl_easy_init());
    CURL* easy = made.get();
    curl_easy_setopt(easy, CURLOPT_USERAGENT, settings_.user_agent.c_str());
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, 300L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings_.connect_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings_.stall_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &on_header);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &on_body);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &on_request);
    return made;
  }

  void finish(Transfer& transfer, CURLcode code) {
    remove(transfer);
    transfer.code = code;
    transfer.done = true;
    transfer.finished.cancel();
  }

  static int on_timer(CURLM*, long milliseconds, void* user) {
    Engine& engine = *static_cast<Engine*>(user);
    engine.due_.reset();
    if (milliseconds < 0) return 0;
    if (milliseconds == 0) return engine.call_soon();
    engine.due_ = Clock::now() + std::chrono::milliseconds(milliseconds);
    if (!engine.armed_ || *engine.due_ < *engine.armed_) engine.arm(*engine.due_);
    return 0;
  }

  /// Not at once: curl is in the middle of something.
  int call_soon() {
    if (std::exchange(called_soon_, true)) return 0;
    asio::post(io_, [weak = weak_from_this()] {
      const auto self = weak.lock();
      if (!self) return;
      self->called_soon_ = false;
      self->act(CURL_SOCKET_TIMEOUT, 0);
    });
    return 0;
  }

  void arm(Clock::time_point when) {
    armed_ = when;
    timer_.expires_at(when);
    timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
      const auto self = weak.lock();
      if (error || !self) return;
      self->armed_.reset();
      if (!self->due_) return;
      if (*self->due_ > Clock::now()) return self->arm(*self->due_);
      self->due_.reset();
      self->act(CURL_SOCKET_TIMEOUT, 0);
    });
  }

  static int on_socket(CURL*, curl_socket_t socket, int what, void* user, void*) {
    Engine& engine = *static_cast<Engine*>(user);
    if (what == CURL_POLL_REMOVE) {
      engine.sockets_.erase(socket);
      return 0;
    }
    auto& watched = engine.sockets_[socket];
    if (!watched) watched = std::make_shared<Watched>(engine.io_, socket);
    watched->wanted = what;
    engine.watch(socket, watched);
    return 0;
  }

  /// The handler of one readiness. The socket may be gone by then, and its number may be another's.
  auto ready(curl_socket_t socket, const std::shared_ptr<Watched>& watched, int event) {
    return [engine = weak_from_this(), socket, held = std::weak_ptr<Watched>(watched),
            event](const boost::system::error_code& error) {
      const auto self = engine.lock();
      const auto was = held.lock();
      if (!self || !was) return;
      (event == CURL_CSELECT_IN ? was->reading : was->writing) = false;
      if (error == asio::error::operation_aborted) return;
      const int wanted = event == CURL_CSELECT_IN ? CURL_POLL_IN : CURL_POLL_OUT;
      if ((was->wanted & wanted) == 0) return;
      self->act(socket, error ? CURL_CSELECT_ERR : event);
      const auto now = self->sockets_.find(socket);
      if (now != self->sockets_.end() && now->second == was) self->watch(socket, was);
    };
  }

  void watch(curl_socket_t socket, const std::shared_ptr<Watched>& watched) {
    if ((watched->wanted & CURL_POLL_IN) != 0 && !watched->reading) {
      watched->reading = true;
      watched->descriptor.async_wait(asio::posix::stream_descriptor::wait_read,
                                     ready(socket, watched, CURL_CSELECT_IN));
    }
    if ((watched->wanted & CURL_POLL_OUT) != 0 && !watched->writing) {
      watched->writing = true;
      watched->descriptor.async_wait(asio::posix::stream_descriptor::wait_write,
                                     ready(socket, watched, CURL_CSELECT_OUT));
    }
  }

  void act(curl_socket_t socket, int events) {
    int running = 0;
    curl_multi_socket_action(multi_.get(), socket, events, &running);
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      // The message is gone once its handle is removed.
      const CURLcode code = message->data.result;
      Transfer* transfer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
      if (transfer != nullptr) finish(*transfer, code);
    }
  }
};

Errc code_of(const Transfer& transfer) {
  if (transfer.interrupted) return Errc::interrupted;
  if (transfer.over_limit) return Errc::too_large;
  switch (transfer.code) {
    case CURLE_COULDNT_CONNECT:
      return Errc::refused;
    case CURLE_OPERATION_TIMEDOUT: {
      // A firewall that drops packets shows as a connection that never comes about.
      curl_off_t connected = 0;
      curl_easy_getinfo(transfer.easy.get(), CURLINFO_PRETRANSFER_TIME_T, &connected);
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
    detail += curl_easy_strerror(transfer.code);
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
  curl_easy_getinfo(transfer.easy.get(), CURLINFO_RESPONSE_CODE, &status);
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
