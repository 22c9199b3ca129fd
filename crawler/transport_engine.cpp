#include "crawler/transport_engine.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace waydiff::crawler {
namespace {

namespace asio = boost::asio;
using asio::steady_timer;

/// What a server says of a body's size is taken at its word up to here.
constexpr std::size_t most_reserved = 1u << 20;

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
  curl().easy_getinfo(transfer.easy.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
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

}  // namespace

Engine::Engine(asio::io_context& io, TransportSettings settings)
    : io_(io), settings_(std::move(settings)), multi_(curl().multi_init()), timer_(io) {
  const long connections = std::max(settings_.connections, 1);
  CURLM* multi = multi_.get();
  curl().multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &Engine::on_socket);
  curl().multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
  curl().multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &Engine::on_timer);
  curl().multi_setopt(multi, CURLMOPT_TIMERDATA, this);
  curl().multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, connections);
  curl().multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, 2 * connections);
  curl().multi_setopt(multi, CURLMOPT_MAXCONNECTS, 2 * connections);
}
Engine::~Engine() {
  // curl closes its connections now and would call back.
  curl().multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, nullptr);
  curl().multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, nullptr);
  sockets_.clear();
}

CURLcode Engine::prepare(Transfer& transfer, const Request& request) {
  transfer.easy = handle();
  transfer.max_bytes = request.max_bytes;
  CURL* easy = transfer.easy.get();
  // A range counts stored bytes, so that nothing may be coded on the way.
  const bool part = !request.range.empty();
  curl().easy_setopt(easy, CURLOPT_HTTPHEADER, (part ? uncoded_ : coded_).get());
  curl().easy_setopt(easy, CURLOPT_RANGE, part ? request.range.c_str() : nullptr);
  curl().easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
  curl().easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
  curl().easy_setopt(easy, CURLOPT_PREREQDATA, &transfer);
  curl().easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
  return curl().easy_setopt(easy, CURLOPT_URL, request.url.c_str());
}

void Engine::start(Transfer& transfer) {
  transfers_.insert(&transfer);
  if (curl().multi_add_handle(multi_.get(), transfer.easy.get()) != CURLM_OK) finish(transfer, CURLE_FAILED_INIT);
}

void Engine::remove(Transfer& transfer) {
  if (transfers_.erase(&transfer) == 0) return;
  curl().multi_remove_handle(multi_.get(), transfer.easy.get());
  if (!transfers_.empty()) return;
  // A timer that nobody needs would keep the loop from ending.
  armed_.reset();
  timer_.cancel();
}

void Engine::stop() {
  stopped_ = true;
  const auto open = transfers_;
  for (Transfer* transfer : open) {
    transfer->interrupted = true;
    finish(*transfer, CURLE_ABORTED_BY_CALLBACK);
  }
  wake();
}

void Engine::wake() {
  for (steady_timer* waiter : waiters_) waiter->cancel();
}

Engine::Handle Engine::handle() {
  if (!free_.empty()) {
    Handle last = std::move(free_.back());
    free_.pop_back();
    return last;
  }
  Handle made(curl().easy_init());
  CURL* easy = made.get();
  curl().easy_setopt(easy, CURLOPT_USERAGENT, settings_.user_agent.c_str());
  curl().easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl().easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
  curl().easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl().easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl().easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl().easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl().easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl().easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl().easy_setopt(easy, CURLOPT_MAXAGE_CONN, 300L);
  curl().easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings_.connect_timeout.count()));
  curl().easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl().easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings_.stall_timeout.count()));
  curl().easy_setopt(easy, CURLOPT_HEADERFUNCTION, &on_header);
  curl().easy_setopt(easy, CURLOPT_WRITEFUNCTION, &on_body);
  curl().easy_setopt(easy, CURLOPT_PREREQFUNCTION, &on_request);
  return made;
}

void Engine::finish(Transfer& transfer, CURLcode code) {
  remove(transfer);
  transfer.code = code;
  transfer.done = true;
  transfer.finished.cancel();
}

int Engine::on_timer(CURLM*, long milliseconds, void* user) {
  Engine& engine = *static_cast<Engine*>(user);
  engine.due_.reset();
  if (milliseconds < 0) return 0;
  if (milliseconds == 0) return engine.call_soon();
  engine.due_ = Clock::now() + std::chrono::milliseconds(milliseconds);
  if (!engine.armed_ || *engine.due_ < *engine.armed_) engine.arm(*engine.due_);
  return 0;
}

/// Not at once: curl is in the middle of something.
int Engine::call_soon() {
  if (std::exchange(called_soon_, true)) return 0;
  asio::post(io_, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->called_soon_ = false;
    self->act(CURL_SOCKET_TIMEOUT, 0);
  });
  return 0;
}

void Engine::arm(Clock::time_point when) {
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

int Engine::on_socket(CURL*, curl_socket_t socket, int what, void* user, void*) {
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

// One readiness. The socket may be gone by then, and its number may be another's.
void Engine::ready(curl_socket_t socket, const std::weak_ptr<Watched>& held, int event,
                   const boost::system::error_code& error) {
  const auto was = held.lock();
  if (!was) return;
  (event == CURL_CSELECT_IN ? was->reading : was->writing) = false;
  if (error == asio::error::operation_aborted) return;
  const int wanted = event == CURL_CSELECT_IN ? CURL_POLL_IN : CURL_POLL_OUT;
  if ((was->wanted & wanted) == 0) return;
  act(socket, error ? CURL_CSELECT_ERR : event);
  const auto now = sockets_.find(socket);
  if (now != sockets_.end() && now->second == was) watch(socket, was);
}

void Engine::watch(curl_socket_t socket, const std::shared_ptr<Watched>& watched) {
  const auto on = [&](asio::posix::stream_descriptor::wait_type readiness, int event) {
    watched->descriptor.async_wait(readiness, [engine = weak_from_this(), socket, held = std::weak_ptr(watched),
                                               event](const boost::system::error_code& error) {
      if (const auto self = engine.lock()) self->ready(socket, held, event, error);
    });
  };
  if ((watched->wanted & CURL_POLL_IN) != 0 && !watched->reading) {
    watched->reading = true;
    on(asio::posix::stream_descriptor::wait_read, CURL_CSELECT_IN);
  }
  if ((watched->wanted & CURL_POLL_OUT) != 0 && !watched->writing) {
    watched->writing = true;
    on(asio::posix::stream_descriptor::wait_write, CURL_CSELECT_OUT);
  }
}

void Engine::act(curl_socket_t socket, int events) {
  int running = 0;
  curl().multi_socket_action(multi_.get(), socket, events, &running);
  int left = 0;
  while (CURLMsg* message = curl().multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    // The message is gone once its handle is removed.
    const CURLcode code = message->data.result;
    Transfer* transfer = nullptr;
    curl().easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
    if (transfer != nullptr) finish(*transfer, code);
  }
}

}  // namespace waydiff::crawler
