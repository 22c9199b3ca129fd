#include "pipeline/capture_batch.hpp"

#include <chrono>
#include <utility>

namespace waydiff::pipeline {
namespace {

constexpr std::chrono::milliseconds longest_delay{100};
constexpr std::size_t most_captures = 64;
constexpr std::size_t most_bytes = 4u << 20;

}  // namespace

CaptureBatch::CaptureBatch(boost::asio::io_context& io, storage::Store& store, std::function<void(core::Error)> failed)
    : store_(store), failed_(std::move(failed)), timer_(io) {}

void CaptureBatch::add(storage::CaptureRow& row, std::optional<std::string> body) {
  bytes_ += body ? body->size() : 0;
  entries_.push_back({&row, std::move(body)});
  if (entries_.size() >= most_captures || bytes_ >= most_bytes) {
    flush();
  } else if (entries_.size() == 1) {
    timer_.expires_after(longest_delay);
    timer_.async_wait([this](const boost::system::error_code& cancelled) {
      if (!cancelled) flush();
    });
  }
}

bool CaptureBatch::flush() {
  if (entries_.empty()) return true;
  timer_.cancel();
  std::vector<Entry> entries = std::exchange(entries_, {});
  bytes_ = 0;
  const auto done = store_.transaction([&]() -> core::Result<void> {
    for (Entry& entry : entries) {
      if (entry.body) {
        const auto body = store_.put_body(*entry.body);
        if (!body) return tl::unexpected(body.error());
        entry.row->body = *body;
      }
      if (const auto updated = store_.update_capture(*entry.row); !updated) return updated;
    }
    return {};
  });
  if (!done) failed_(done.error());
  return done.has_value();
}

}  // namespace waydiff::pipeline
