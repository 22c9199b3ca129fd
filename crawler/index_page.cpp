#include "crawler/index_page.hpp"

#include <algorithm>
#include <charconv>

#include "core/digest.hpp"
#include "core/url.hpp"
#include "crawler/body_coding.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;

constexpr std::size_t most_warnings = 5;
constexpr std::size_t longest_original = 8192;
constexpr std::size_t largest_page = 256u << 20;

/// "-" and a missing column are both "unknown".
std::string_view known(std::string_view value) {
  return value == "-" ? std::string_view{} : value;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return {};
  return value;
}

bool starts_with_folded(std::string_view text, std::string_view prefix) {
  if (text.size() < prefix.size()) return false;
  return std::equal(prefix.begin(), prefix.end(), text.begin(),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b); });
}

/// Indexes also hold mailto: and data: pseudo-addresses, often with http:// written in front.
bool is_page_address(std::string_view original) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!starts_with_folded(original, scheme)) continue;
    const std::string_view rest = original.substr(scheme.size());
    return !rest.empty() && !starts_with_folded(rest, "mailto:") && !starts_with_folded(rest, "data:") &&
           !starts_with_folded(rest, "javascript:");
  }
  return false;
}

/// Empty: the row is malformed.
std::optional<core::Capture> capture_of(const IndexRow& row) {
  core::Capture capture;
  capture.raw_timestamp = known(row.timestamp);
  capture.original = known(row.original);
  if (capture.original.empty() || capture.original.size() > longest_original) return {};
  const auto timestamp = core::Timestamp::parse(capture.raw_timestamp);
  if (!timestamp) return {};
  capture.timestamp = *timestamp;
  capture.urlkey = known(row.urlkey);
  if (capture.urlkey.empty()) capture.urlkey = core::url_key(capture.original);
  if (row.mime != "unk") capture.mime = known(row.mime.substr(0, row.mime.find(';')));
  capture.status = number<int>(known(row.status));
  capture.digest = core::normal_sha1(known(row.digest));
  capture.length = number<std::int64_t>(known(row.length));
  capture.file = known(row.file);
  capture.offset = number<std::int64_t>(known(row.offset)).value_or(-1);
  return capture;
}

}  // namespace

core::Result<RowSieve> RowSieve::of(const ListQuery& query) {
  RowSieve sieve;
  auto filters = parse_filters(query.filters);
  if (!filters) return tl::unexpected(std::move(filters.error()));
  sieve.filters_ = std::move(*filters);
  if (const auto first = core::Timestamp::parse_from(query.from); !query.from.empty() && first) sieve.from_ = *first;
  if (const auto last = core::Timestamp::parse_to(query.to); !query.to.empty() && last) sieve.to_ = *last;
  return sieve;
}

void RowSieve::add_malformed(std::string_view shown, IndexPage& page) {
  ++page.dropped["malformed"];
  if (page.warnings.size() >= most_warnings) return;
  std::string text(shown.substr(0, 200));
  if (shown.size() > text.size()) text += "...";
  page.warnings.push_back("index row " + std::to_string(page.rows) + " is malformed: " + text);
}

void RowSieve::add(const IndexRow& row, std::string_view shown, IndexPage& page) const {
  ++page.rows;
  if (const auto original = known(row.original); !original.empty() && !is_page_address(original)) {
    ++page.dropped["not_http"];
    return;
  }
  auto capture = capture_of(row);
  if (!capture) {
    add_malformed(shown, page);
    return;
  }
  page.last_timestamp = capture->raw_timestamp;
  page.last_original = capture->original;
  if ((from_ && capture->timestamp < *from_) || (to_ && *to_ < capture->timestamp)) {
    ++page.dropped["out_of_range"];
    return;
  }
  if (page.latest && capture->timestamp < *page.latest) page.in_order = false;
  if (!page.latest || *page.latest < capture->timestamp) page.latest = capture->timestamp;
  if (!std::ranges::all_of(filters_, [&](const RowFilter& filter) { return filter.check(row); })) {
    ++page.dropped["filtered"];
    return;
  }
  page.captures.push_back(*capture);
}

std::string beginning(std::string_view body) {
  std::string text(body.substr(0, 80));
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) c = ' ';
  }
  return "\"" + text + "\"";
}

core::Result<std::string> index_body(const Response& response) {
  BodyLimits limits;
  limits.max_body = largest_page;
  auto decoded = decode_body(response.body, response.header("content-encoding"), "", limits);
  if (!decoded) return tl::unexpected(std::move(decoded.error()));
  return std::move(decoded->body);
}

std::optional<core::Error> index_refusal(const Response& response, std::string_view body) {
  // Rows may hold any words; what refuses does not begin like rows.
  if (!body.starts_with('[') && !body.starts_with('{')) {
    if (auto refused = exclusion(response, body)) return refused;
  }
  const int status = response.status;
  if (status == 200) return {};
  if (status == 451) return core::Error{Errc::excluded, "the index may not list it for legal reasons (451)"};
  std::string said = "the index answered " + std::to_string(status) + ": " + beginning(body);
  // "SlowDown" is how S3, behind Common Crawl's data, asks for fewer requests.
  const bool slow_down = status == 503 && body.find("SlowDown") != std::string_view::npos;
  if (status == 429 || status == 403 || slow_down) return core::Error{Errc::rate_limited, std::move(said)};
  // Too many rows at once: the caller asks for fewer.
  if (status == 502 || status == 504 || status == 524) return core::Error{Errc::timed_out, std::move(said)};
  const bool may_pass = status >= 500 || status < 400 || status == 408 || status == 413 || status == 421;
  return core::Error{may_pass ? Errc::http_status : Errc::bad_argument, std::move(said)};
}

}  // namespace waydiff::crawler
