#include "crawler/warc_archive.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <utility>

#include "core/timestamp.hpp"
#include "core/url.hpp"
#include "crawler/body_coding.hpp"
#include "crawler/key_range.hpp"
#include "crawler/row_filter.hpp"
#include "crawler/warc_index.hpp"
#include "crawler/warc_reader.hpp"
#include "crawler/warc_record.hpp"
#include "crawler/warc_scan.hpp"

namespace waydiff::crawler {
namespace {

namespace asio = boost::asio;
using core::Errc;

constexpr int most_revisits = 3;

std::string named(const core::Capture& capture) {
  return capture.original + " at " + capture.raw_timestamp;
}

core::Result<Recorded> recorded_at(const WarcEntry& entry, std::size_t max_body) {
  const core::Capture& capture = entry.capture;
  auto reader = WarcReader::open(capture.file, static_cast<std::uint64_t>(capture.offset), entry.skip);
  if (!reader) return tl::unexpected(reader.error());
  return read_record(*reader, capture, capture.file + ": offset " + std::to_string(capture.offset) + ": ", max_body);
}

bool admitted(const std::vector<RowFilter>& filters, const core::Capture& capture) {
  const std::string status = capture.status ? std::to_string(*capture.status) : "-";
  const std::string length = capture.length ? std::to_string(*capture.length) : "-";
  const auto known = [](const std::string& value) { return value.empty() ? std::string_view("-") : value; };
  IndexRow row;
  row.urlkey = capture.urlkey;
  row.timestamp = capture.raw_timestamp;
  row.original = capture.original;
  row.mime = known(capture.mime);
  row.status = status;
  row.digest = known(capture.digest);
  row.length = length;
  return std::ranges::all_of(filters, [&](const RowFilter& filter) { return filter.check(row); });
}

class WarcArchive final : public Archive {
 public:
  explicit WarcArchive(WarcSettings settings) : settings_(settings), scan_(std::move(settings)) {}

  asio::awaitable<core::Result<Listing>> list(ListQuery query) override;
  asio::awaitable<core::Result<Playback>> play(core::Capture capture) override;
  void stop() override { stopped_ = true; }

 private:
  asio::awaitable<bool> scanned();
  [[nodiscard]] core::Result<Playback> play_entry(const WarcEntry& entry, int revisits_left) const;
  [[nodiscard]] core::Result<Playback> play_revisit(const WarcEntry& entry, const Recorded& recorded,
                                                    int revisits_left) const;

  WarcSettings settings_;
  WarcScan scan_;
  bool stopped_ = false;
};

/// Each caller that waits for the scan pushes it on by a step, and lets others run in between. False after stop().
asio::awaitable<bool> WarcArchive::scanned() {
  const auto executor = co_await asio::this_coro::executor;
  while (!stopped_ && scan_.step()) co_await asio::post(executor, asio::use_awaitable);
  co_return !stopped_;
}

asio::awaitable<core::Result<Listing>> WarcArchive::list(ListQuery query) {
  const auto from = core::Timestamp::parse_from(query.from.empty() ? "0001" : query.from);
  const auto to = core::Timestamp::parse_to(query.to.empty() ? "9999" : query.to);
  if (!from) co_return tl::unexpected(from.error());
  if (!to) co_return tl::unexpected(to.error());
  const bool ready = co_await scanned();
  if (!ready) co_return core::fail(Errc::interrupted, settings_.name + ": stopped while reading WARC files");

  const auto filters = parse_filters(query.filters);
  if (!filters) co_return tl::unexpected(filters.error());

  const WarcIndex& index = scan_.index();
  const KeyRange range = key_range(query.url, query.match);
  Listing listing;
  listing.pages = index.files();
  listing.dropped = index.dropped(range);
  listing.warnings = index.warnings();
  listing.problem = index.problem();
  listing.complete = !listing.problem;
  for (const auto& [reason, rows] : listing.dropped) listing.rows += rows;
  for (const WarcEntry& entry : index.captures(range)) {
    ++listing.rows;
    const core::Capture& capture = entry.capture;
    if (capture.timestamp < *from || capture.timestamp > *to) {
      ++listing.dropped["out_of_range"];
    } else if (!admitted(*filters, capture)) {
      ++listing.dropped["filtered"];
    } else {
      listing.captures.push_back(capture);
    }
  }
  listing.captures.sort_by_time();
  co_return listing;
}

asio::awaitable<core::Result<Playback>> WarcArchive::play(core::Capture capture) {
  const bool ready = co_await scanned();
  if (!ready) co_return core::fail(Errc::interrupted, settings_.name + ": stopped while reading WARC files");
  const WarcEntry* entry = scan_.index().find(capture);
  if (entry == nullptr) co_return core::fail(Errc::unplayable, named(capture) + ": in none of the WARC files");
  auto playback = play_entry(*entry, most_revisits);
  if (playback) playback->served = entry->capture.timestamp;
  co_return playback;
}

core::Result<Playback> WarcArchive::play_entry(const WarcEntry& entry, int revisits_left) const {
  const core::Capture& capture = entry.capture;
  if (capture.file.empty() || capture.offset < 0) {
    return core::fail(Errc::unplayable, named(capture) + ": listed, but its record is in none of the WARC files");
  }
  auto recorded = recorded_at(entry, settings_.max_body);
  if (!recorded) {
    const core::Error& error = recorded.error();
    const bool never_there = entry.place == WarcPlace::listed && error.code == Errc::bad_warc;
    const Errc code = never_there ? Errc::unplayable : error.code == Errc::bad_warc ? Errc::bad_body : error.code;
    return core::fail(code, named(capture) + ": " + error.detail);
  }
  if (recorded->is_revisit()) return play_revisit(entry, *recorded, revisits_left);
  return answer_in(std::move(*recorded), capture.digest, {settings_.max_body, settings_.max_ratio});
}

core::Result<Playback> WarcArchive::play_revisit(const WarcEntry& entry, const Recorded& recorded,
                                                 int revisits_left) const {
  const core::Capture& capture = entry.capture;
  // A redirect's body is of no interest, and a payload of no bytes needs no other record.
  if (auto alone = answer_in_revisit(recorded, capture)) return std::move(*alone);
  const WarcEntry* original = scan_.index().original_of(entry, recorded.record);
  if (original == nullptr || revisits_left == 0) {
    return core::fail(Errc::unplayable, named(capture) + ": revisit of a payload that is in none of the WARC files");
  }
  auto playback = play_entry(*original, revisits_left - 1);
  if (!playback) {
    const Errc code = playback.error().code == Errc::bad_warc ? Errc::unplayable : playback.error().code;
    return core::fail(code, named(capture) + ": revisit: " + playback.error().detail);
  }
  if (recorded.head && recorded.head->status != 304) {
    const std::string type = std::exchange(playback->content_type, {});
    describe(*recorded.head, capture.original, *playback);
    if (playback->content_type.empty()) playback->content_type = type;
  }
  playback->from_revisit = true;
  return playback;
}

}  // namespace

std::unique_ptr<Archive> open_warc_archive(WarcSettings settings) {
  return std::make_unique<WarcArchive>(std::move(settings));
}

}  // namespace waydiff::crawler
