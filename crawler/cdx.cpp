#include "crawler/cdx.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <optional>
#include <tuple>

#include "core/digest.hpp"
#include "core/url.hpp"
#include "crawler/body_coding.hpp"

namespace waydiff::crawler {
namespace {

namespace json = boost::json;
using core::Errc;

constexpr std::string_view columns_asked = "urlkey,timestamp,original,mimetype,statuscode,digest,length";
constexpr std::size_t most_warnings = 5;
constexpr std::size_t longest_original = 8192;
constexpr std::size_t largest_page = 256u << 20;

/// Where each column stands in a row; npos for columns that are not there.
struct Columns {
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
  std::size_t urlkey = npos, timestamp = npos, original = npos, mime = npos, status = npos, digest = npos,
              length = npos;

  static std::optional<Columns> of(const json::array& header) {
    Columns columns;
    for (std::size_t i = 0; i < header.size(); ++i) {
      const auto* text = header[i].if_string();
      if (text == nullptr) return {};
      const std::string_view name(text->data(), text->size());
      if (name == "urlkey") columns.urlkey = i;
      if (name == "timestamp") columns.timestamp = i;
      if (name == "original") columns.original = i;
      if (name == "mimetype") columns.mime = i;
      if (name == "statuscode") columns.status = i;
      if (name == "digest") columns.digest = i;
      if (name == "length") columns.length = i;
    }
    if (columns.timestamp == npos || columns.original == npos) return {};
    return columns;
  }
};

/// "-" and a missing column are both "unknown".
std::string_view field(const json::array& row, std::size_t column) {
  if (column >= row.size()) return {};
  const auto* text = row[column].if_string();
  if (text == nullptr) return {};
  const std::string_view value(text->data(), text->size());
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

/// The index also holds mailto: and data: pseudo-addresses, often with http:// written in front.
bool is_page_address(std::string_view original) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!starts_with_folded(original, scheme)) continue;
    const std::string_view rest = original.substr(scheme.size());
    return !rest.empty() && !starts_with_folded(rest, "mailto:") && !starts_with_folded(rest, "data:") &&
           !starts_with_folded(rest, "javascript:");
  }
  return false;
}

std::string shown(const json::array& row) {
  std::string text;
  for (const auto& value : row) {
    if (!text.empty()) text += ' ';
    if (const auto* part = value.if_string()) text.append(part->data(), part->size());
    if (text.size() > 200) return text.substr(0, 200) + "...";
  }
  return text;
}

/// Empty: the row is malformed.
std::optional<core::Capture> capture_of(const json::array& row, const Columns& columns) {
  core::Capture capture;
  capture.raw_timestamp = field(row, columns.timestamp);
  capture.original = field(row, columns.original);
  if (capture.original.empty() || capture.original.size() > longest_original) return {};
  const auto timestamp = core::Timestamp::parse(capture.raw_timestamp);
  if (!timestamp) return {};
  capture.timestamp = *timestamp;
  capture.urlkey = field(row, columns.urlkey);
  if (capture.urlkey.empty()) capture.urlkey = core::url_key(capture.original);
  const std::string_view mime = field(row, columns.mime);
  if (mime != "unk") capture.mime = mime.substr(0, mime.find(';'));
  capture.status = number<int>(field(row, columns.status));
  capture.digest = core::normal_sha1(field(row, columns.digest));
  capture.length = number<std::int64_t>(field(row, columns.length));
  return capture;
}

struct Range {
  std::optional<core::Timestamp> from, to;

  explicit Range(const ListQuery& query) {
    if (const auto first = core::Timestamp::parse_from(query.from); !query.from.empty() && first) from = *first;
    if (const auto last = core::Timestamp::parse_to(query.to); !query.to.empty() && last) to = *last;
  }
  [[nodiscard]] bool holds(const core::Timestamp& time) const {
    return (!from || *from <= time) && (!to || time <= *to);
  }
};

void add_row(CdxPage& page, const json::value& value, const Columns& columns, const Range& range) {
  ++page.rows;
  const auto* row = value.if_array();
  if (row == nullptr) {
    ++page.dropped["malformed"];
    return;
  }
  if (const auto original = field(*row, columns.original); !original.empty() && !is_page_address(original)) {
    ++page.dropped["not_http"];
    return;
  }
  auto capture = capture_of(*row, columns);
  if (!capture) {
    ++page.dropped["malformed"];
    if (page.warnings.size() < most_warnings) {
      page.warnings.push_back("index row " + std::to_string(page.rows) + " is malformed: " + shown(*row));
    }
    return;
  }
  if (!range.holds(capture->timestamp)) {
    ++page.dropped["out_of_range"];
    return;
  }
  page.captures.push_back(std::move(*capture));
}

std::string beginning(std::string_view body) {
  std::string text(body.substr(0, 80));
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) c = ' ';
  }
  return "\"" + text + "\"";
}

bool is_empty_array(const json::value& value) {
  return value.is_array() && value.get_array().empty();
}

}  // namespace

std::string query_address(std::string_view index, const ListQuery& query, int limit, std::string_view resume_key) {
  std::string address(index);
  address += index.find('?') == std::string_view::npos ? '?' : '&';
  address += "url=" + core::percent_encode(query.url);
  if (!query.from.empty()) address += "&from=" + core::percent_encode(query.from);
  if (!query.to.empty()) address += "&to=" + core::percent_encode(query.to);
  address += "&output=json&fl=" + std::string(columns_asked);
  address += "&limit=" + std::to_string(limit) + "&showResumeKey=true";
  if (!resume_key.empty()) address += "&resumeKey=" + core::percent_encode(resume_key);
  return address;
}

core::Result<CdxPage> parse_page(std::string_view body, const ListQuery& query) {
  CdxPage page;
  const std::size_t start = body.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return page;
  if (body[start] == '<') return core::fail(Errc::bad_cdx, "the index sent a web page, not rows: " + beginning(body));
  boost::system::error_code error;
  const json::value answer = json::parse(json::string_view(body.data(), body.size()), error);
  if (error) {
    return core::fail(Errc::bad_cdx, "the index answer is not JSON rows, or is cut off (" + error.message() + ", " +
                                         std::to_string(body.size()) + " bytes): " + beginning(body));
  }
  if (!answer.is_array()) return core::fail(Errc::bad_cdx, "the index answer is not an array: " + beginning(body));

  const json::array& rows = answer.get_array();
  std::size_t end = rows.size();
  // The key is recognised by the empty row before it; a lone row of one field is no key.
  if (end >= 2 && is_empty_array(rows[end - 2]) && rows[end - 1].is_array() && rows[end - 1].get_array().size() == 1) {
    const auto key = rows[end - 1].get_array()[0];
    if (!key.is_string()) return core::fail(Errc::bad_cdx, "the index printed a resume key that is not a string");
    page.resume_key.assign(key.get_string().data(), key.get_string().size());
    end -= 2;
  }
  if (end == 0) return page;
  const auto columns = rows[0].is_array() ? Columns::of(rows[0].get_array()) : std::nullopt;
  if (!columns) return core::fail(Errc::bad_cdx, "the index answer has no row of column names: " + beginning(body));
  const Range range(query);
  for (std::size_t i = 1; i < end; ++i) add_row(page, rows[i], *columns, range);
  return page;
}

core::Result<CdxPage> read_index_answer(const Response& response, const ListQuery& query) {
  BodyLimits limits;
  limits.max_body = largest_page;
  auto decoded = decode_body(response.body, response.header("content-encoding"), "", limits);
  if (!decoded) return tl::unexpected(decoded.error());
  const std::string& body = decoded->body;
  const bool rows_begin = body.starts_with('[');
  if (!rows_begin) {
    if (auto refused = exclusion(response, body)) return tl::unexpected(std::move(*refused));
  }
  if (response.status == 200) return parse_page(body, query);
  // pywb's way to say that there are none.
  if (response.status == 404 && body.find("No Captures found") != std::string::npos) return CdxPage{};
  const std::string said = "the index answered " + std::to_string(response.status) + ": " + beginning(body);
  if (response.status == 429 || response.status == 403) return core::fail(Errc::rate_limited, said);
  // Too many rows at once: the caller asks for fewer.
  if (response.status == 502 || response.status == 504 || response.status == 524) {
    return core::fail(Errc::timed_out, said);
  }
  const bool may_pass = response.status >= 500 || response.status < 400 || response.status == 408 ||
                        response.status == 413 || response.status == 421;
  return core::fail(may_pass ? Errc::http_status : Errc::bad_argument, said);
}

std::size_t drop_repeated(std::vector<core::Capture>& captures) {
  const auto identity = [](const core::Capture& c) {
    return std::tie(c.timestamp, c.raw_timestamp, c.original, c.digest);
  };
  std::stable_sort(captures.begin(), captures.end(),
                   [&](const core::Capture& a, const core::Capture& b) { return identity(a) < identity(b); });
  std::vector<core::Capture> kept;
  kept.reserve(captures.size());
  for (auto& capture : captures) {
    if (kept.empty() || identity(kept.back()) != identity(capture)) {
      kept.push_back(std::move(capture));
    } else if (capture.length > kept.back().length) {
      kept.back().length = capture.length;
    }
  }
  const std::size_t repeated = captures.size() - kept.size();
  captures = std::move(kept);
  return repeated;
}

}  // namespace waydiff::crawler
