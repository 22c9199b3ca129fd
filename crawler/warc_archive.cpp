#include "crawler/warc_archive.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <utility>

#include "core/digest.hpp"
#include "core/timestamp.hpp"
#include "core/url.hpp"
#include "crawler/body_coding.hpp"
#include "crawler/http_message.hpp"
#include "crawler/warc_index.hpp"
#include "crawler/warc_reader.hpp"
#include "crawler/warc_scan.hpp"

namespace waydiff::crawler {
namespace {

namespace asio = boost::asio;
using core::Errc;

constexpr int most_revisits = 3;
constexpr std::size_t head_allowance = 1u << 20;

/// A record read into memory, its HTTP head parsed.
struct Recorded {
  WarcRecord record;
  std::string block;
  std::optional<HttpHead> head;  ///< empty for resource records, empty revisits and HTTP/0.9
};

bool has_word(std::string_view text, std::string_view word) {
  return std::ranges::search(text, word, [](char a, char b) { return (a | 0x20) == (b | 0x20); }).begin() != text.end();
}

std::string named(const core::Capture& capture) {
  return capture.original + " at " + capture.raw_timestamp;
}

core::Result<Recorded> read_record(const WarcEntry& entry, std::size_t max_body) {
  const core::Capture& capture = entry.capture;
  auto reader = WarcReader::open(capture.file, static_cast<std::uint64_t>(capture.offset), entry.skip);
  if (!reader) return tl::unexpected(reader.error());
  auto next = reader->next();
  if (!next) return tl::unexpected(next.error());
  const std::string place = capture.file + ": offset " + std::to_string(capture.offset) + ": ";
  if (!*next) return core::fail(Errc::bad_warc, place + "the file ends here");
  Recorded recorded;
  recorded.record = std::move(**next);
  const auto date = core::Timestamp::parse_iso(recorded.record.field("WARC-Date"));
  if (core::url_key(recorded.record.target()) != capture.urlkey || !date || *date != capture.timestamp) {
    return core::fail(Errc::bad_warc, place + "holds another capture, of " + recorded.record.target());
  }
  const std::size_t most = max_body + std::min(head_allowance, SIZE_MAX - max_body);
  if (recorded.record.length > most) {
    return core::fail(Errc::too_large, place + "record of " + std::to_string(recorded.record.length) + " bytes");
  }
  auto block = reader->read_up_to(most);
  if (!block) return tl::unexpected(block.error());
  const auto finished = reader->finish();
  if (!finished) return tl::unexpected(finished.error());
  recorded.block = std::move(*block);
  if (!has_word(recorded.record.type(), "resource")) recorded.head = parse_http_head(recorded.block);
  return recorded;
}

std::optional<std::int64_t> content_length(const HttpHead& head) {
  const std::string_view text = head.fields.first("Content-Length");
  std::int64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
  return length;
}

/// What an HTTP head says of the answer as a whole.
void describe(const HttpHead& head, const std::string& original, Playback& playback) {
  playback.status = head.status;
  playback.content_type = head.fields.first("Content-Type");
  const std::string_view location = head.fields.first("Location");
  const auto base = core::Url::parse(original);
  playback.location = location.empty() ? std::string{} : base ? base->resolve(location) : std::string(location);
}

void note_cut(const Recorded& recorded, std::size_t size, Playback& playback) {
  const std::string_view reason = recorded.record.field("WARC-Truncated");
  const bool framed = recorded.head && recorded.head->fields.all("Transfer-Encoding").empty();
  const auto length = framed ? content_length(*recorded.head) : std::nullopt;
  if (length && static_cast<std::int64_t>(size) < *length && playback.status != 304) {
    playback.notes.push_back("cut short: " + std::to_string(size) + " of " + std::to_string(*length) + " bytes");
  } else if (!reason.empty()) {
    playback.notes.push_back("cut short: WARC-Truncated: " + std::string(reason));
  }
}

/// The answer in a record that holds its payload, compared with `digest`.
core::Result<Playback> answer_in(Recorded recorded, std::string_view digest, const WarcSettings& settings) {
  Playback playback;
  playback.content_type = recorded.record.field("Content-Type");
  std::string encoding;
  DigestHints hints;
  const std::string original = recorded.record.target();
  std::string raw = std::move(recorded.block);
  std::string chunked_sha1;
  if (recorded.head) {
    const HttpHead& head = *recorded.head;
    describe(head, original, playback);
    raw.erase(0, head.size);
    encoding = head.fields.all("Content-Encoding");
    hints.length = content_length(head);
    hints.coded_at_origin = !encoding.empty() || !head.fields.all("Transfer-Encoding").empty() ||
                            !head.fields.all("X-Crawler-Content-Encoding").empty() ||
                            !head.fields.all("X-Crawler-Transfer-Encoding").empty();
  } else if (!has_word(recorded.record.type(), "resource")) {
    playback.content_type.clear();
    playback.notes.emplace_back("no HTTP head: all of the record is taken for the body");
  }
  hints.coded_at_origin = hints.coded_at_origin || !recorded.record.field("WARC-Truncated").empty();
  if (recorded.head && has_word(recorded.head->fields.all("Transfer-Encoding"), "chunked")) {
    std::string sha1 = core::sha1_base32(raw);
    Dechunked undone = dechunk(std::move(raw));
    if (undone.chunked) chunked_sha1 = std::move(sha1);
    if (undone.chunked && undone.cut) playback.notes.emplace_back("cut short: the last chunk is not there");
    raw = std::move(undone.body);
  }
  note_cut(recorded, raw.size(), playback);

  const BodyLimits limits{.max_body = settings.max_body, .max_ratio = settings.max_ratio};
  auto decoded = decode_body(std::move(raw), encoding, playback.content_type, limits);
  if (!decoded) return core::fail(decoded.error().code, original + ": " + decoded.error().detail);
  if (!chunked_sha1.empty()) decoded->layers.push_back(std::move(chunked_sha1));
  playback.digest_check = check_digest(digest, *decoded, hints);
  playback.body = std::move(decoded->body);
  std::ranges::move(decoded->notes, std::back_inserter(playback.notes));
  return playback;
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

  const WarcIndex& index = scan_.index();
  const std::string urlkey = core::url_key(query.url);
  Listing listing;
  listing.pages = index.files();
  listing.dropped = index.dropped(urlkey);
  listing.warnings = index.warnings();
  listing.problem = index.problem();
  listing.complete = !listing.problem;
  for (const auto& [reason, rows] : listing.dropped) listing.rows += rows;
  for (const WarcEntry& entry : index.captures(urlkey)) {
    ++listing.rows;
    const bool within = entry.capture.timestamp >= *from && entry.capture.timestamp <= *to;
    if (within) {
      listing.captures.push_back(entry.capture);
    } else {
      ++listing.dropped["out_of_range"];
    }
  }
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
  auto recorded = read_record(entry, settings_.max_body);
  if (!recorded) {
    const core::Error& error = recorded.error();
    const bool never_there = entry.place == WarcPlace::listed && error.code == Errc::bad_warc;
    const Errc code = never_there ? Errc::unplayable : error.code == Errc::bad_warc ? Errc::bad_body : error.code;
    return core::fail(code, named(capture) + ": " + error.detail);
  }
  if (has_word(recorded->record.type(), "revisit")) return play_revisit(entry, *recorded, revisits_left);
  return answer_in(std::move(*recorded), capture.digest, settings_);
}

core::Result<Playback> WarcArchive::play_revisit(const WarcEntry& entry, const Recorded& recorded,
                                                 int revisits_left) const {
  const core::Capture& capture = entry.capture;
  // A redirect's body is of no interest, and a payload of no bytes needs no other record.
  const bool redirect = recorded.head && recorded.head->status / 100 == 3 && recorded.head->status != 304;
  if (recorded.head && (redirect || capture.digest == core::empty_sha1)) {
    Playback playback;
    describe(*recorded.head, capture.original, playback);
    playback.from_revisit = true;
    playback.digest_check = capture.digest == core::empty_sha1 ? DigestCheck::verified : DigestCheck::unverifiable;
    return playback;
  }
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
