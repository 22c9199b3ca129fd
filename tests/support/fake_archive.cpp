#include "support/fake_archive.hpp"

#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "core/url.hpp"
#include "support/fake_answers.hpp"
#include "support/fake_dialects.hpp"

namespace waydiff::test {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

/// How a coroutine ends. An archive that is gone for ever would look like the program's fault.
void or_die(const std::exception_ptr& error) {
  if (error) std::rethrow_exception(error);
}

}  // namespace

struct FakeArchive::Server {
  struct Script {
    std::string where;
    std::deque<Fail> fails;
  };

  mutable std::mutex mutex;  ///< of what follows, up to the empty line
  FakeTable table;
  std::vector<Script> scripts;
  std::vector<SeenRequest> seen;
  std::size_t accepted = 0;
  std::optional<FaultPlan> plan;
  std::map<std::string, int> asked;  ///< by address, since the plan began
  std::size_t planned = 0;           ///< requests since then
  std::size_t forgotten = 0;         ///< entries that `seen` has lost

  asio::io_context io;
  tcp::acceptor reserve{io};  ///< keeps the port ours while connections are refused; never listens
  tcp::acceptor acceptor{io};
  std::set<std::shared_ptr<tcp::socket>> open;
  std::uint16_t port = 0;
  std::thread thread;

  void listen() {
    if (!reserve.is_open()) {
      reserve.open(tcp::v4());
      reserve.set_option(tcp::acceptor::reuse_address(true));
      reserve.bind(tcp::endpoint(asio::ip::address_v4::loopback(), 0));
      port = reserve.local_endpoint().port();
    }
    const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), port);
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen();
    asio::co_spawn(io, accept_all(), or_die);
  }

  asio::awaitable<void> accept_all() {
    for (;;) {
      auto socket = std::make_shared<tcp::socket>(io);
      const auto [error] = co_await acceptor.async_accept(*socket, quietly);
      if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor) co_return;
      if (error) throw boost::system::system_error(error, "the fake archive accepts connections");
      std::size_t number = 0;
      {
        const std::lock_guard lock(mutex);
        number = ++accepted;
      }
      open.insert(socket);
      asio::co_spawn(io, serve(socket, number), or_die);
    }
  }

  asio::awaitable<void> serve(std::shared_ptr<tcp::socket> socket, std::size_t number) {
    boost::beast::flat_buffer buffer;
    for (bool more = true; more;) {
      http::request_parser<http::empty_body> parser;
      parser.header_limit(1u << 20);
      const auto [error, size] = co_await http::async_read(*socket, buffer, parser, quietly);
      if (error) break;
      more = co_await answer(socket, number, parser.get());
    }
    boost::system::error_code ignored;
    socket->close(ignored);
    open.erase(socket);
  }

  Fail next_fail(const std::string& target) {
    for (Script& script : scripts) {
      const bool here = target.find(script.where) != std::string::npos ||
                        target.find(core::playback_target(script.where)) != std::string::npos ||
                        target.find(core::percent_encode(script.where)) != std::string::npos;
      if (!here || script.fails.empty()) continue;
      Fail fail = std::move(script.fails.front());
      script.fails.pop_front();
      return fail;
    }
    return Fail::none();
  }

  /// Writes the answer to one request; false when the connection is to be closed.
  asio::awaitable<bool> answer(std::shared_ptr<tcp::socket> socket, std::size_t number,
                               const http::request<http::empty_body>& request) {
    SeenRequest entry{std::chrono::steady_clock::now(), std::string(request.target()), {}, number};
    for (const auto& field : request) {
      std::string name(field.name_string());
      for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      entry.headers.emplace_back(std::move(name), std::string(field.value()));
    }
    Fail fail;
    FakeAnswer right;
    std::size_t place = 0;
    {
      const std::lock_guard lock(mutex);
      if (plan) {
        const std::string address = FaultPlan::address_of(entry.target);
        const int nth = ++asked[address];
        entry.fault = plan->fate(++planned, address, nth);
      }
      place = forgotten + seen.size();
      seen.push_back(entry);
      fail = next_fail(entry.target);
      right = answer_to(table, entry.target);
      apply_range(right, entry.header("range"));
    }
    if (entry.header("user-agent").empty()) right = {400, {}, "", false};
    if (entry.fault.kind != Misdeed::none) co_return co_await misbehave(socket, place, entry, std::move(right));
    if (fail.kind == Fail::Kind::answer) right = {fail.status, fail.headers, fail.body, false};
    if (fail.kind == Fail::Kind::cut_rows) right.body.resize(right.body.size() / 2);
    if (fail.kind == Fail::Kind::close) co_return false;
    if (fail.kind == Fail::Kind::stall) {
      asio::steady_timer never(io, asio::steady_timer::time_point::max());
      co_await never.async_wait(quietly);
      co_return false;
    }
    std::size_t body_at = 0;
    std::string wire = wire_form(right, body_at);
    const bool broken = fail.kind == Fail::Kind::cut_body || fail.kind == Fail::Kind::reset_mid_body;
    if (broken) wire.resize(body_at + (wire.size() - body_at) / 2);
    const auto [error, written] = co_await asio::async_write(*socket, asio::buffer(wire), quietly);
    if (fail.kind == Fail::Kind::reset_mid_body) reset(*socket);
    note_end(place, !error && fail.kind == Fail::Kind::none);
    co_return !error && !broken;
  }

  /// answer(), as the plan spoils it.
  asio::awaitable<bool> misbehave(std::shared_ptr<tcp::socket> socket, std::size_t place, SeenRequest request,
                                  FakeAnswer right) {
    const WireScript script = spoiled(request.fault, std::move(right), request.is_index());
    asio::steady_timer timer(io);
    bool well = true;
    for (const WireScript::Piece& piece : script.pieces) {
      timer.expires_after(piece.before);
      if (piece.before.count() > 0) co_await timer.async_wait(quietly);
      const auto [error, written] = co_await asio::async_write(*socket, asio::buffer(piece.bytes), quietly);
      well = well && !error;
    }
    note_end(place, well && is_harmless(request.fault.kind));
    timer.expires_after(script.pause_at_end);
    if (script.pause_at_end.count() > 0) co_await timer.async_wait(quietly);
    if (script.end == WireScript::End::reset) reset(*socket);
    if (request.fault.kind == Misdeed::ban) {
      refuse();
      timer.expires_after(std::chrono::milliseconds(request.fault.amount));
      co_await timer.async_wait(quietly);
      if (!acceptor.is_open()) listen();
    }
    co_return well&& script.end == WireScript::End::keep_open;
  }

  void note_end(std::size_t place, bool answered) {
    const std::lock_guard lock(mutex);
    if (place < forgotten || place - forgotten >= seen.size()) return;
    seen[place - forgotten].answered = answered;
    seen[place - forgotten].until = std::chrono::steady_clock::now();
  }

  void refuse() {
    boost::system::error_code ignored;
    // A process that is just being started has a copy of the socket, which would go on listening.
    if (acceptor.is_open()) ::shutdown(acceptor.native_handle(), SHUT_RDWR);
    acceptor.close(ignored);
    for (const auto& socket : open) reset(*socket);
  }

  static void reset(tcp::socket& socket) {
    boost::system::error_code ignored;
    socket.set_option(asio::socket_base::linger(true, 0), ignored);
    socket.close(ignored);
  }

  /// Runs `work` on the server's thread and waits for it.
  template <class Work>
  void on_thread(Work work) {
    std::promise<void> done;
    asio::post(io, [&] {
      work();
      done.set_value();
    });
    done.get_future().wait();
  }
};

bool SeenRequest::is_index() const {
  for (const char* const part : {"/cdx/", "/pywb/cdx?", "/timemap/", "/collinfo.json"}) {
    if (target.starts_with(part)) return true;
  }
  return target.find("-index?") != std::string::npos;
}

std::string SeenRequest::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return "";
}

Fail Fail::answer(int status, std::string body, Headers headers) {
  return {Kind::answer, status, std::move(headers), std::move(body)};
}

Fail Fail::too_many(std::chrono::seconds retry_after) {
  return answer(429, "Too Many Requests", {{"Retry-After", std::to_string(retry_after.count())}});
}

Fail Fail::too_many() {
  return answer(429,
                "<html><body><h1>429 Too Many Requests</h1>\nYou have sent too many requests in a given amount of "
                "time.\n</body></html>\n",
                {{"Content-Type", "text/html"}, {"Cache-Control", "no-cache"}});
}

Fail Fail::unavailable() {
  return answer(503,
                "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n"
                "</body></html>\n",
                {{"Content-Type", "text/html"}});
}

Fail Fail::html() {
  return answer(200, "<html><body><h1>Internet Archive services are temporarily offline</h1></body></html>\n",
                {{"Content-Type", "text/html"}});
}

FakeArchive::FakeArchive() : server_(std::make_unique<Server>()) {
  server_->listen();
  server_->table.base = base_url();
  server_->thread = std::thread([server = server_.get()] {
    const auto work = asio::make_work_guard(server->io);
    server->io.run();
  });
}

FakeArchive::~FakeArchive() {
  server_->io.stop();
  server_->thread.join();
}

void FakeArchive::add(FakeCapture capture) {
  const std::lock_guard lock(server_->mutex);
  server_->table.captures.push_back(std::move(capture));
}

void FakeArchive::unlist(const std::string& timestamp) {
  const std::lock_guard lock(server_->mutex);
  for (FakeCapture& capture : server_->table.captures) {
    if (capture.timestamp == timestamp) capture.listed = false;
  }
}

void FakeArchive::script(std::string where, std::vector<Fail> fails) {
  const std::lock_guard lock(server_->mutex);
  std::deque<Fail> queue(std::make_move_iterator(fails.begin()), std::make_move_iterator(fails.end()));
  server_->scripts.push_back({std::move(where), std::move(queue)});
}

void FakeArchive::exclude(std::string_view url, Exclusion how) {
  const std::lock_guard lock(server_->mutex);
  server_->table.excluded[core::url_key(url)] = how;
}

void FakeArchive::dialects(FakeDialects manners) {
  const std::lock_guard lock(server_->mutex);
  server_->table.dialects = std::move(manners);
}

void FakeArchive::key_style(KeyStyle style) {
  const std::lock_guard lock(server_->mutex);
  server_->table.key_style = style;
}

void FakeArchive::misbehave(std::optional<FaultPlan> plan) {
  const std::lock_guard lock(server_->mutex);
  server_->plan = plan;
  server_->asked.clear();
  server_->planned = 0;
}

void FakeArchive::page_rows(int most) {
  const std::lock_guard lock(server_->mutex);
  server_->table.page_rows = most;
}

void FakeArchive::refuse_connections() {
  server_->on_thread([server = server_.get()] { server->refuse(); });
}

void FakeArchive::accept_connections() {
  server_->on_thread([server = server_.get()] {
    if (!server->acceptor.is_open()) server->listen();
  });
}

std::string FakeArchive::base_url() const {
  return "http://127.0.0.1:" + std::to_string(server_->port);
}

std::vector<SeenRequest> FakeArchive::requests() const {
  const std::lock_guard lock(server_->mutex);
  return server_->seen;
}

std::size_t FakeArchive::connections() const {
  const std::lock_guard lock(server_->mutex);
  return server_->accepted;
}

void FakeArchive::forget_requests() {
  const std::lock_guard lock(server_->mutex);
  server_->forgotten += server_->seen.size();
  server_->seen.clear();
}

}  // namespace waydiff::test
