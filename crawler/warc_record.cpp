#include "crawler/warc_record.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <utility>

#include "core/digest.hpp"
#include "core/timestamp.hpp"
#include "core/url.hpp"
#include "crawler/shortfall.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;

constexpr std::size_t head_allowance = 1u << 20;

bool has_word(std::string_view text, std::string_view word) {
  return std::ranges::search(text, word, [](char a, char b) { return (a | 0x20) == (b | 0x20); }).begin() != text.end();
}

std::optional<std::int64_t> content_length(const HttpHead& head) {
  const std::string_view text = head.fields.first("Content-Length");
  std::int64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
  return length;
}

void note_cut(const Recorded& recorded, std::size_t size, Playback& playback) {
  const std::string_view reason = recorded.record.field("WARC-Truncated");
  const bool framed = recorded.head && recorded.head->fields.all("Transfer-Encoding").empty();
  const auto length = framed ? content_length(*recorded.head) : std::nullopt;
  if (length && static_cast<std::int64_t>(size) < *length && playback.status != 304) {
    note_missing(static_cast<std::int64_t>(size), *length, playback);
  } else if (!reason.empty()) {
    playback.cut_short = "WARC-Truncated: " + std::string(reason);
  }
}

}  // namespace

bool Recorded::is_revisit() const {
  return has_word(record.type(), "revisit");
}

core::Result<Recorded> read_record(WarcReader& reader, const core::Capture& capture, const std::string& place,
                                   std::size_t max_body) {
  auto next = reader.next();
  if (!next) return tl::unexpected(next.error());
  if (!*next) return core::fail(Errc::bad_warc, place + "the file ends here");
  Recorded recorded;
  recorded.record = std::move(**next);
  const auto date = core::Timestamp::parse_iso(recorded.record.field("WARC-Date"));
  if (core::url_key(recorded.record.target()) != core::url_key(capture.original) || !date ||
      *date != capture.timestamp) {
    return core::fail(Errc::bad_warc, place + "holds another capture, of " + recorded.record.target());
  }
  const std::size_t most = max_body + std::min(head_allowance, SIZE_MAX - max_body);
  if (recorded.record.length > most) {
    return core::fail(Errc::too_large, place + "record of " + std::to_string(recorded.record.length) + " bytes");
  }
  auto block = reader.read_up_to(most);
  if (!block) return tl::unexpected(block.error());
  const auto finished = reader.finish();
  if (!finished) return tl::unexpected(finished.error());
  recorded.block = std::move(*block);
  if (!has_word(recorded.record.type(), "resource")) recorded.head = parse_http_head(recorded.block);
  return recorded;
}

void describe(const HttpHead& head, const std::string& original, Playback& playback) {
  playback.status = head.status;
  playback.content_type = head.fields.first("Content-Type");
  const std::string_view location = head.fields.first("Location");
  const auto base = core::Url::parse(original);
  playback.location = location.empty() ? std::string{} : base ? base->resolve(location) : std::string(location);
}

core::Result<Playback> answer_in(Recorded recorded, std::string_view digest, BodyLimits limits) {
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
    if (undone.chunked && undone.cut) playback.cut_short = "the last chunk is not there";
    raw = std::move(undone.body);
  }
  note_cut(recorded, raw.size(), playback);

  auto decoded = decode_body(std::move(raw), encoding, playback.content_type, limits);
  if (!decoded) return core::fail(decoded.error().code, original + ": " + decoded.error().detail);
  if (!chunked_sha1.empty()) decoded->layers.push_back(std::move(chunked_sha1));
  playback.digest_check = check_digest(digest, *decoded, hints);
  playback.body = std::move(decoded->body);
  if (!decoded->cut_short.empty()) playback.cut_short = std::move(decoded->cut_short);
  std::ranges::move(decoded->notes, std::back_inserter(playback.notes));
  return playback;
}

std::optional<Playback> answer_in_revisit(const Recorded& recorded, const core::Capture& capture) {
  const bool redirect = recorded.head && recorded.head->status / 100 == 3 && recorded.head->status != 304;
  if (!recorded.head || (!redirect && capture.digest != core::empty_sha1)) return {};
  Playback playback;
  describe(*recorded.head, capture.original, playback);
  playback.from_revisit = true;
  playback.digest_check = capture.digest == core::empty_sha1 ? DigestCheck::verified : DigestCheck::unverifiable;
  return playback;
}

}  // namespace waydiff::crawler
