#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "crawler/http_response.hpp"
#include "crawler/transport.hpp"
#include "crawler/transport_curl.hpp"

namespace waydiff::crawler {

struct FreeEasy {
  void operator()(CURL* easy) const noexcept { curl().easy_cleanup(easy); }
};
struct FreeMulti {
  void operator()(CURLM* multi) const noexcept { curl().multi_cleanup(multi); }
};
struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl().slist_free_all(list); }
};

/// One request under way.
struct Transfer {
  explicit Transfer(boost::asio::io_context& io) : finished(io, boost::asio::steady_timer::time_point::max()) {}
  std::unique_ptr<CURL, FreeEasy> easy;
  std::size_t max_bytes = 0;
  Response response;
  bool over_limit = false;
  bool done = false;
  bool interrupted = false;
  bool sent = false;
  bool stale = false;
  CURLcode code = CURLE_OK;
  boost::asio::steady_timer finished;  ///< cancelled when the transfer is done; never expires by itself
};

/// curl's loop on top of asio's. Shared by the coroutines that use it, so that it outlives them. One thread.
class Engine : public std::enable_shared_from_this<Engine> {
 public:
  Engine(boost::asio::io_context& io, TransportSettings settings);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine();

  [[nodiscard]] bool stopped() const { return stopped_; }
  [[nodiscard]] boost::asio::io_context& io() { return io_; }

  /// Gives the transfer a handle made ready for the request. Fails with what curl says of the address.
  CURLcode prepare(Transfer& transfer, const Request& request);
  /// Takes back what prepare() gave, for the next request.
  void reuse(Transfer& transfer) { free_.push_back(std::move(transfer.easy)); }

  void start(Transfer& transfer);
  /// Takes it out of curl's hands, whether or not it is done.
  void remove(Transfer& transfer);

  /// Ends every transfer and every wait, for good.
  void stop();
  void wake();
  void add_waiter(boost::asio::steady_timer& waiter) { waiters_.insert(&waiter); }
  void remove_waiter(boost::asio::steady_timer& waiter) { waiters_.erase(&waiter); }

 private:
  using Handle = std::unique_ptr<CURL, FreeEasy>;
  using Clock = std::chrono::steady_clock;

  /// A socket of curl's, watched for it. curl owns and closes it.
  struct Watched {
    explicit Watched(boost::asio::io_context& io, curl_socket_t socket) : descriptor(io, socket) {}
    ~Watched() { descriptor.release(); }
    boost::asio::posix::stream_descriptor descriptor;
    int wanted = 0;  ///< CURL_POLL_IN | CURL_POLL_OUT
    bool reading = false, writing = false;
  };

  Handle handle();
  void finish(Transfer& transfer, CURLcode code);
  static int on_timer(CURLM*, long milliseconds, void* user);
  int call_soon();
  void arm(Clock::time_point when);
  static int on_socket(CURL*, curl_socket_t socket, int what, void* user, void*);
  void ready(curl_socket_t socket, const std::weak_ptr<Watched>& held, int event,
             const boost::system::error_code& error);
  void watch(curl_socket_t socket, const std::shared_ptr<Watched>& watched);
  void act(curl_socket_t socket, int events);

  boost::asio::io_context& io_;
  TransportSettings settings_;
  std::unique_ptr<CURLM, FreeMulti> multi_;
  // By hand, not CURLOPT_ACCEPT_ENCODING: curl's own decoder gives up on answers that lie about their coding.
  std::unique_ptr<curl_slist, FreeList> coded_{curl().slist_append(nullptr, "Accept-Encoding: gzip")};
  std::unique_ptr<curl_slist, FreeList> uncoded_{curl().slist_append(nullptr, "Accept-Encoding: identity")};
  std::vector<Handle> free_;  ///< with all that does not change from request to request
  // curl changes its mind about its next timeout several times a request, but most never come. So the timer stays as
  // it is set unless it would be late, and looks again when it is early.
  boost::asio::steady_timer timer_;
  std::optional<Clock::time_point> due_;    ///< when curl wants to be called
  std::optional<Clock::time_point> armed_;  ///< when the timer calls
  bool called_soon_ = false;                ///< a call is on its way already
  std::map<curl_socket_t, std::shared_ptr<Watched>> sockets_;
  std::set<Transfer*> transfers_;
  std::set<boost::asio::steady_timer*> waiters_;
  bool stopped_ = false;
};

}  // namespace waydiff::crawler
