#include "bench/crawl/instant_archive.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <random>
#include <stdexcept>

#include "core/digest.hpp"
#include "core/timestamp.hpp"

namespace waydiff::bench {
namespace {

using Clock = std::chrono::steady_clock;

const core::Timestamp first_capture = core::Timestamp(std::chrono::sys_days(std::chrono::year(2010) / 1 / 1));
constexpr std::string_view number_mark = "Version 00000000. ";

core::Timestamp time_of(std::size_t capture) {
  return core::Timestamp(first_capture.time() + std::chrono::minutes(capture));
}

/// The value of a query parameter, undecoded.
std::string_view parameter(std::string_view target, std::string_view name) {
  const std::string marked = "&" + std::string(name) + "=";
  std::size_t at = target.find(marked);
  if (at == std::string_view::npos) return {};
  at += marked.size();
  return target.substr(at, std::min(target.find('&', at), target.size()) - at);
}

std::size_t number(std::string_view digits, std::size_t otherwise) {
  std::size_t value = otherwise;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::string framed(std::string headers, const std::string& body) {
  headers += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  return headers + body;
}

/// The head and the rest in one go: no copy of the page.
bool send_all(int connection, std::string_view head, std::string_view rest) {
  while (!head.empty() || !rest.empty()) {
    std::array<iovec, 2> parts = {iovec{const_cast<char*>(head.data()), head.size()},
                                  iovec{const_cast<char*>(rest.data()), rest.size()}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    const auto sent = ::sendmsg(connection, &message, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    const std::size_t of_head = std::min(static_cast<std::size_t>(sent), head.size());
    head.remove_prefix(of_head);
    rest.remove_prefix(static_cast<std::size_t>(sent) - of_head);
  }
  return true;
}

}  // namespace

InstantArchive::InstantArchive(std::size_t captures, std::size_t body_bytes) : captures_(captures) {
  constexpr std::array<std::string_view, 16> words = {"we",     "may",     "collect", "your",  "personal", "data",
                                                      "when",   "you",     "order",   "from",  "our",      "service",
                                                      "unless", "consent", "store",   "policy"};
  std::minstd_rand random(1);
  prose_ = "<!DOCTYPE html><html><head><title>Privacy policy</title></head><body><h1>Privacy policy</h1><p>" +
           std::string(number_mark);
  number_end_ = prose_.find(number_mark) + number_mark.find('.');
  while (prose_.size() < body_bytes) {
    prose_ += words[random() % words.size()];
    prose_ += random() % 12 == 0 ? ".</p>\n<p>" : " ";
  }
  prose_ += "</p></body></html>\n";

  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || ::bind(listener_, generic, size) != 0 || ::listen(listener_, 128) != 0 ||
      ::getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("no port on 127.0.0.1");
  }
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

InstantArchive::~InstantArchive() {
  closed_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int connection : open_) ::shutdown(connection, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
  ::close(listener_);
}

void InstantArchive::accept_all() {
  while (!closed_) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    const int on = 1;
    ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const std::lock_guard lock(mutex_);
    open_.insert(connection);
    ++accepted_;
    threads_.emplace_back([this, connection] { serve(connection); });
  }
}

void InstantArchive::serve(int connection) {
  std::string buffer;
  std::array<char, 16384> piece{};
  for (;;) {
    std::size_t end = 0;
    while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
      const auto got = ::recv(connection, piece.data(), piece.size(), 0);
      if (got <= 0) break;
      buffer.append(piece.data(), static_cast<std::size_t>(got));
    }
    if (end == std::string::npos) break;
    const std::size_t begin = buffer.find(' ') + 1;
    const std::string target = buffer.substr(begin, buffer.find(' ', begin) - begin);
    buffer.erase(0, end + 4);
    const Answer given = answer(target);
    if (!send_all(connection, given.head, given.rest)) break;
    if (target.starts_with("/web/")) {
      const std::lock_guard lock(mutex_);
      last_sent_ = Clock::now();
    }
  }
  const std::lock_guard lock(mutex_);
  open_.erase(connection);
  ::close(connection);
}

InstantArchive::Answer InstantArchive::answer(std::string_view target) {
  if (target.starts_with("/cdx")) return {index_answer(target), {}};
  {
    const std::lock_guard lock(mutex_);
    playbacks_.push_back(Clock::now());
  }
  return playback_answer(target);
}

std::string InstantArchive::index_answer(std::string_view target) const {
  const auto place = [](const core::Result<core::Timestamp>& time, std::size_t otherwise) {
    if (!time) return otherwise;
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(time->time() - first_capture.time()).count();
    return static_cast<std::size_t>(std::max<std::int64_t>(minutes, 0));
  };
  std::size_t begin = place(core::Timestamp::parse_from(parameter(target, "from")), 0);
  std::size_t end = captures_;
  if (const auto to = core::Timestamp::parse_to(parameter(target, "to"))) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(to->time() - first_capture.time()).count();
    end = std::min(end, static_cast<std::size_t>(std::max<std::int64_t>(minutes + 1, 0)));
  }
  begin = std::max(begin, number(parameter(target, "resumeKey"), 0));
  const std::size_t stop =
      std::min(end, begin + std::max<std::size_t>(number(parameter(target, "limit"), captures_), 1));
  std::string rows = "[";
  for (std::size_t at = begin; at < stop; ++at) {
    if (at == begin) rows += R"(["urlkey","timestamp","original","mimetype","statuscode","digest","length"])";
    rows += ",\n[\"example,shop)/privacy\",\"" + time_of(at).digits() + "\",\"" + document +
            "\",\"text/html\",\"200\",\"" + core::sha1_base32(body(at)) + "\",\"4000\"]";
  }
  if (stop < end) rows += ",\n[],\n[\"" + std::to_string(stop) + "\"]";
  return framed("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n", rows + "]\n");
}

InstantArchive::Answer InstantArchive::playback_answer(std::string_view target) const {
  const auto time = core::Timestamp::parse(target.substr(std::min<std::size_t>(target.size(), 5), 14));
  if (!time) return {framed("HTTP/1.1 404 Not Found\r\n", "not here\n"), {}};
  const auto minutes = std::chrono::floor<std::chrono::minutes>(time->time() - first_capture.time()).count();
  return {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nMemento-Datetime: " + time->http_date() +
              "\r\nX-Archive-Src: instant.warc.gz\r\nContent-Length: " + std::to_string(prose_.size()) + "\r\n\r\n" +
              beginning(static_cast<std::size_t>(minutes)),
          std::string_view(prose_).substr(number_end_)};
}

std::string InstantArchive::beginning(std::size_t capture) const {
  std::string page = prose_.substr(0, number_end_);
  const std::string digits = std::to_string(capture);
  page.replace(page.size() - digits.size(), digits.size(), digits);
  return page;
}

std::string InstantArchive::body(std::size_t capture) const {
  return beginning(capture) + prose_.substr(number_end_);
}

std::string InstantArchive::playback_url(std::size_t capture) const {
  return base_url() + "/web/" + time_of(capture).digits() + "id_/" + document;
}

std::vector<Clock::time_point> InstantArchive::playbacks() const {
  const std::lock_guard lock(mutex_);
  return playbacks_;
}

Clock::time_point InstantArchive::last_sent() const {
  const std::lock_guard lock(mutex_);
  return last_sent_;
}

std::size_t InstantArchive::connections() const {
  const std::lock_guard lock(mutex_);
  return accepted_;
}

void InstantArchive::forget() {
  const std::lock_guard lock(mutex_);
  accepted_ = 0;
  playbacks_.clear();
}

}  // namespace waydiff::bench
