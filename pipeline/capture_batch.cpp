#include "pipeline/capture_batch.hpp"

#include <boost/asio/post.hpp>
#include <chrono>
#include <memory>
#include <utility>

namespace waydiff::pipeline {
namespace {

constexpr std::chrono::milliseconds longest_delay{100};
constexpr std::size_t most_captures = 256;
constexpr std::size_t most_bytes = 4u << 20;
constexpr std::size_t most_sent = 2;

}  // namespace

CaptureBatch::CaptureBatch(boost::asio::io_context& io, storage::Store& store, std::function<void(core::Error)> failed)
    : io_(io), store_(store), failed_(std::move(failed)), timer_(io) {}

CaptureBatch::~CaptureBatch() {
  thread_.join();
}

void CaptureBatch::add(storage::CaptureRow row, std::optional<std::string> body) {
  bytes_ += body ? body->size() : 0;
  entries_.push_back({std::move(row), std::move(body)});
  if (entries_.size() >= most_captures || bytes_ >= most_bytes) {
    send();
  } else if (entries_.size() == 1) {
    timer_.expires_after(longest_delay);
    timer_.async_wait([this](const boost::system::error_code& cancelled) {
      if (!cancelled) send();
    });
  }
}

void CaptureBatch::send() {
  if (entries_.empty()) return;
  timer_.cancel();
  while (sent_.size() >= most_sent) take_back();
  if (!beside_) {
    auto opened = store_.beside();
    if (!opened) {
      good_ = false;
      entries_.clear();
      bytes_ = 0;
      return failed_(opened.error());
    }
    beside_.emplace(std::move(*opened));
  }
  bytes_ = 0;
  auto task = std::make_shared<std::packaged_task<core::Result<void>()>>(
      [this, entries = std::exchange(entries_, {})]() mutable { return write(*beside_, std::move(entries)); });
  sent_.push_back(task->get_future());
  // A store that cannot be written has to be known at once: the archive is asked in vain from here on.
  boost::asio::post(thread_, [this, task, alive = std::weak_ptr<char>(alive_)] {
    (*task)();
    boost::asio::post(io_, [this, alive] {
      if (!alive.expired()) take_back_ended();
    });
  });
}

core::Result<void> CaptureBatch::write(storage::Store& store, std::vector<Entry> entries) {
  std::vector<storage::NewBody> bodies;
  for (const Entry& entry : entries) {
    if (entry.body) bodies.push_back({*entry.body, entry.row.target, entry.row.capture.timestamp});
  }
  // Before the transaction, so that it is short.
  const auto packed = store.pack(bodies);
  if (!packed) return tl::unexpected(packed.error());
  return store.transaction([&]() -> core::Result<void> {
    auto next = packed->begin();
    for (Entry& entry : entries) {
      if (entry.body) {
        const auto body = store.put_body(*next++);
        if (!body) return tl::unexpected(body.error());
        entry.row.body = *body;
      }
      if (const auto updated = store.update_capture(entry.row); !updated) return updated;
    }
    return {};
  });
}

void CaptureBatch::take_back() {
  const core::Result<void> done = sent_.front().get();
  sent_.pop_front();
  if (done) return;
  good_ = false;
  failed_(done.error());
}

void CaptureBatch::take_back_ended() {
  while (!sent_.empty() && sent_.front().wait_for(std::chrono::seconds(0)) == std::future_status::ready) take_back();
}

bool CaptureBatch::flush() {
  send();
  while (!sent_.empty()) take_back();
  return std::exchange(good_, true);
}

}  // namespace waydiff::pipeline
