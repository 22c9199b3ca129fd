#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

/// Captures that have come to their end, written several in one transaction: at the latest after 100 ms, 64 captures
/// or 4 MiB of bodies. A kill loses what is not written yet, like what is under way; the next run asks for it again.
class CaptureBatch {
 public:
  /// `failed` hears what the store says when it cannot write.
  CaptureBatch(boost::asio::io_context& io, storage::Store& store, std::function<void(core::Error)> failed);

  /// `row` must stay where it is until the next flush, which gives it the body's id. No body: the row alone.
  void add(storage::CaptureRow& row, std::optional<std::string> body);

  /// Writes what there is. False when the store failed.
  bool flush();

 private:
  struct Entry {
    storage::CaptureRow* row;
    std::optional<std::string> body;
  };

  storage::Store& store_;
  std::function<void(core::Error)> failed_;
  boost::asio::steady_timer timer_;
  std::vector<Entry> entries_;
  std::size_t bytes_ = 0;
};

}  // namespace waydiff::pipeline
