#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

/// Captures that have come to their end, written several in one transaction: at the latest after 100 ms, 256 captures
/// or 4 MiB of bodies. Digests, compression and writing are the work of a thread of its own, with a connection of its
/// own; at most three such batches are held at once. A kill loses what is not written yet, like what is under way; the
/// next run asks for it again.
class CaptureBatch {
 public:
  /// `failed` hears what the store says when it cannot write; called by add() or flush(), or while `io` runs.
  CaptureBatch(boost::asio::io_context& io, storage::Store& store, std::function<void(core::Error)> failed);
  CaptureBatch(const CaptureBatch&) = delete;
  CaptureBatch& operator=(const CaptureBatch&) = delete;
  ~CaptureBatch();

  /// No body: the row alone.
  void add(storage::CaptureRow row, std::optional<std::string> body);

  /// Writes what there is, and waits for it. False when the store has failed since the last flush.
  bool flush();

 private:
  struct Entry {
    storage::CaptureRow row;
    std::optional<std::string> body;
  };

  /// Gives the entries to the thread.
  void send();
  /// Takes the oldest batch back, waiting for it.
  void take_back();
  /// Those that are done.
  void take_back_ended();
  static core::Result<void> write(storage::Store& store, std::vector<Entry> entries);

  boost::asio::io_context& io_;
  storage::Store& store_;
  std::optional<storage::Store> beside_;  ///< the thread's, once there is something to write
  std::function<void(core::Error)> failed_;
  boost::asio::steady_timer timer_;
  std::vector<Entry> entries_;
  std::size_t bytes_ = 0;
  bool good_ = true;
  std::deque<std::future<core::Result<void>>> sent_;
  std::shared_ptr<char> alive_ = std::make_shared<char>();
  boost::asio::thread_pool thread_{1};
};

}  // namespace waydiff::pipeline
