#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace waydiff::bench {

/// A web archive on 127.0.0.1 that answers at once and costs next to nothing: one document with a capture a minute,
/// each with a body of its own, of `body_bytes` bytes of prose. CDX index with limits and resume keys, raw playback.
/// Plain blocking sockets, one thread a connection: what is measured is the client.
class InstantArchive {
 public:
  InstantArchive(std::size_t captures, std::size_t body_bytes);
  ~InstantArchive();
  InstantArchive(const InstantArchive&) = delete;
  InstantArchive& operator=(const InstantArchive&) = delete;

  [[nodiscard]] std::string base_url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::string playback_url(std::size_t capture) const;
  static constexpr const char* document = "https://www.shop.example/privacy";

  /// When playback requests came, in order. Valid until the next forget().
  [[nodiscard]] std::vector<std::chrono::steady_clock::time_point> playbacks() const;
  /// When the last answer to one was sent.
  [[nodiscard]] std::chrono::steady_clock::time_point last_sent() const;
  [[nodiscard]] std::size_t connections() const;  ///< accepted since the last forget()
  void forget();

 private:
  void accept_all();
  void serve(int connection);
  /// What is made for one request, and what all have in common.
  struct Answer {
    std::string head;
    std::string_view rest;
  };
  [[nodiscard]] Answer answer(std::string_view target);
  [[nodiscard]] std::string index_answer(std::string_view target) const;
  [[nodiscard]] Answer playback_answer(std::string_view target) const;
  [[nodiscard]] std::string beginning(std::size_t capture) const;
  [[nodiscard]] std::string body(std::size_t capture) const;

  std::size_t captures_;
  std::string prose_;
  std::size_t number_end_ = 0;  ///< of the capture's number in it; what follows is the same in all
  int listener_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;  ///< of what follows
  std::set<int> open_;
  std::size_t accepted_ = 0;
  std::vector<std::chrono::steady_clock::time_point> playbacks_;
  std::chrono::steady_clock::time_point last_sent_;
  std::vector<std::thread> threads_;
  std::atomic<bool> closed_ = false;
  std::thread accepting_;
};

}  // namespace waydiff::bench
