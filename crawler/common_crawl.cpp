#include "crawler/common_crawl.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <chrono>

#include "core/digest.hpp"
#include "crawler/index_page.hpp"
#include "crawler/replay_address.hpp"
#include "crawler/warc_reader.hpp"
#include "crawler/warc_record.hpp"

namespace waydiff::crawler {
namespace {

namespace json = boost::json;
using core::Errc;

std::string text_of(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  const auto* const text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

/// "CC-MAIN-2013-20" is a week of 2013, "CC-MAIN-2009-2010" both years.
bool years_of(const std::string& id, CrawlIndex& crawl) {
  std::string first, last;
  for (std::size_t at = 0; at + 4 <= id.size(); ++at) {
    const std::string_view digits = std::string_view(id).substr(at, 4);
    const bool year = (digits.starts_with("20") || digits.starts_with("19")) &&
                      digits.find_first_not_of("0123456789") == std::string_view::npos;
    if (!year) continue;
    if (first.empty()) first = digits;
    last = digits;
    at += 3;
  }
  const auto from = core::Timestamp::parse_from(first);
  const auto to = core::Timestamp::parse_to(last);
  if (first.empty() || !from || !to) return false;
  crawl.from = *from;
  crawl.to = *to;
  return true;
}

core::Result<core::Timestamp> iso(std::string text) {
  if (!text.empty() && text.back() != 'Z') text += 'Z';
  return core::Timestamp::parse_iso(text);
}

std::string place_of(const core::Capture& capture) {
  return capture.file + ": offset " + std::to_string(capture.offset) + ": ";
}

/// What a revisit says by itself, and of where the rest of it is.
RecordAnswer revisit_answer(const Recorded& recorded, const core::Capture& capture) {
  RecordAnswer answer;
  const WarcRecord& record = recorded.record;
  const bool not_modified = recorded.head && recorded.head->status == 304;
  Reference reference;
  reference.any_payload =
      not_modified || record.field("WARC-Profile").find("server-not-modified") != std::string_view::npos;
  const auto date = core::Timestamp::parse_iso(record.field("WARC-Refers-To-Date"));
  if (date) reference.date = *date;
  std::string_view url = record.field("WARC-Refers-To-Target-URI");
  if (url.starts_with('<') && url.ends_with('>')) url = url.substr(1, url.size() - 2);
  reference.url = url.empty() ? capture.original : std::string(url);
  // "Not modified" has a payload, though it has no bytes of its own.
  if (!reference.any_payload || !reference.date) {
    if (auto alone = answer_in_revisit(recorded, capture)) {
      answer.playback = std::move(*alone);
      return answer;
    }
  }
  if (recorded.head && !not_modified) {
    describe(*recorded.head, capture.original, answer.playback);
    answer.has_head = true;
  }
  answer.elsewhere = std::move(reference);
  return answer;
}

/// Whether "Content-Range: bytes 100-199/5000" begins where it should.
bool begins_at(std::string_view range, std::int64_t offset) {
  if (range.empty()) return true;
  const std::size_t digits = range.find_first_of("0123456789");
  if (digits == std::string_view::npos) return false;
  std::int64_t first = -1;
  std::from_chars(range.data() + digits, range.data() + range.size(), first);
  return first == offset;
}

}  // namespace

core::Result<std::vector<CrawlIndex>> parse_crawls(std::string_view body, std::string_view asked) {
  boost::system::error_code error;
  const json::value list = json::parse(json::string_view(body.data(), body.size()), error);
  if (error || !list.is_array()) {
    return core::fail(Errc::bad_cdx, std::string(asked) + ": no list of crawls, or a cut one: " + beginning(body));
  }
  std::vector<CrawlIndex> crawls;
  for (const json::value& value : list.get_array()) {
    const auto* const object = value.if_object();
    if (object == nullptr) continue;
    CrawlIndex crawl;
    crawl.id = text_of(*object, "id");
    crawl.api = text_of(*object, "cdx-api");
    if (crawl.id.empty() || crawl.api.empty()) continue;
    crawl.api = absolute_address(crawl.api, asked);
    if (origin_of(crawl.api) != origin_of(asked)) {
      return core::fail(Errc::bad_cdx, std::string(asked) + ": leads to another host: " + crawl.api);
    }
    const auto from = iso(text_of(*object, "from"));
    const auto to = iso(text_of(*object, "to"));
    if (from && to) {
      crawl.from = *from;
      crawl.to = *to;
    } else if (!years_of(crawl.id, crawl)) {
      // Rather one request too many than a crawl passed over.
      crawl.to = core::Timestamp::parse_to("9999").value();
    }
    crawls.push_back(std::move(crawl));
  }
  if (crawls.empty()) return core::fail(Errc::bad_cdx, std::string(asked) + ": lists no crawls: " + beginning(body));
  return crawls;
}

std::vector<CrawlIndex> crawls_of(const std::vector<CrawlIndex>& crawls, const ListQuery& query) {
  const auto from = core::Timestamp::parse_from(query.from.empty() ? "0001" : query.from);
  const auto to = core::Timestamp::parse_to(query.to.empty() ? "9999" : query.to);
  // The list gives dates of crawls as they were planned.
  constexpr auto margin = std::chrono::days(1);
  std::vector<CrawlIndex> wanted;
  for (const CrawlIndex& crawl : crawls) {
    const bool too_early = from && crawl.to.time() + margin < from->time();
    const bool too_late = to && crawl.from.time() > to->time() + margin;
    if (!too_early && !too_late) wanted.push_back(crawl);
  }
  std::ranges::stable_sort(wanted, std::less<>{}, &CrawlIndex::from);
  return wanted;
}

core::Result<Request> record_request(std::string_view data, const core::Capture& capture, BodyLimits limits) {
  const std::string asked = capture.raw_timestamp + " of " + capture.original;
  const std::int64_t length = capture.length.value_or(0);
  if (capture.file.empty() || capture.offset < 0 || length <= 0) {
    return core::fail(Errc::unplayable, "the index does not say where the record is: " + asked);
  }
  if (static_cast<std::uint64_t>(length) > limits.max_body) {
    return core::fail(Errc::too_large, "record of " + std::to_string(length) + " bytes: " + asked);
  }
  Request request;
  while (data.ends_with('/')) data.remove_suffix(1);
  request.url = std::string(data) + "/" + capture.file;
  request.range = std::to_string(capture.offset) + "-" + std::to_string(capture.offset + length - 1);
  // Not one byte more: without ranges the whole file would come, and it has gigabytes.
  request.max_bytes = static_cast<std::size_t>(length);
  return request;
}

core::Result<RecordAnswer> read_record_answer(const core::Capture& capture, Response response, BodyLimits limits) {
  const std::string asked = capture.raw_timestamp + " of " + capture.original;
  if (response.status != 206) {
    const std::string text = page_text(response);
    if (response.status == 200) response.status = 500;
    auto refused = index_refusal(response, text);
    const bool gone = response.status == 404 || response.status == 410 || response.status == 416;
    if (gone) return core::fail(Errc::unplayable, place_of(capture) + "not there any more: " + asked);
    return core::fail(refused ? refused->code : Errc::http_status,
                      place_of(capture) + (refused ? refused->detail : "no range of it was sent"));
  }
  if (!begins_at(response.header("content-range"), capture.offset) ||
      static_cast<std::int64_t>(response.body.size()) != capture.length.value_or(0)) {
    return core::fail(Errc::http_status, place_of(capture) +
                                             "another range was sent: " + response.header("content-range") + ", " +
                                             std::to_string(response.body.size()) + " bytes");
  }
  auto reader = WarcReader::open_bytes(capture.file, std::move(response.body));
  if (!reader) return tl::unexpected(reader.error());
  auto recorded = read_record(*reader, capture, place_of(capture), limits.max_body);
  if (!recorded) {
    const core::Error& error = recorded.error();
    return core::fail(error.code == Errc::bad_warc ? Errc::bad_body : error.code, asked + ": " + error.detail);
  }
  RecordAnswer answer;
  if (recorded->is_revisit()) {
    answer = revisit_answer(*recorded, capture);
  } else {
    auto playback = answer_in(std::move(*recorded), capture.digest, limits);
    if (!playback) return tl::unexpected(playback.error());
    answer.playback = std::move(*playback);
  }
  answer.playback.served = capture.timestamp;
  return answer;
}

Playback with_payload(RecordAnswer revisit, Playback original) {
  original.from_revisit = true;
  original.served = revisit.playback.served;
  if (!revisit.has_head) return original;
  original.status = revisit.playback.status;
  original.location = std::move(revisit.playback.location);
  if (!revisit.playback.content_type.empty()) original.content_type = std::move(revisit.playback.content_type);
  return original;
}

core::Error without_original(const core::Capture& revisit, const Reference& reference) {
  std::string what =
      revisit.raw_timestamp + " of " + revisit.original + ": revisit of a payload that no capture known ";
  if (reference.date) {
    what += "holds: that of " + reference.url + " at " + reference.date->digits();
  } else {
    what += "holds; it names no other record, and its digest is " + (revisit.digest.empty() ? "-" : revisit.digest);
  }
  return {Errc::unplayable, std::move(what)};
}

}  // namespace waydiff::crawler
