#include "crawler/pywb_index.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <optional>

#include "core/url.hpp"

namespace waydiff::crawler {
namespace {

namespace json = boost::json;
using core::Errc;

std::string_view match_type(Match match) {
  switch (match) {
    case Match::exact:
      break;
    case Match::prefix:
      return "prefix";
    case Match::host:
      return "host";
    case Match::domain:
      return "domain";
  }
  return "exact";
}

/// A line of the index taken apart: values are texts or numbers, as each server likes.
struct Line {
  std::string urlkey, timestamp, url, mime, status, digest, length, offset, filename;
  bool fuzzy = false, blocked = false, message = false;
};

std::string text_of(const json::object& row, std::string_view name) {
  const json::value* const value = row.if_contains(name);
  if (value == nullptr) return {};
  if (const auto* text = value->if_string()) return {text->data(), text->size()};
  if (value->is_int64()) return std::to_string(value->get_int64());
  if (value->is_uint64()) return std::to_string(value->get_uint64());
  return {};
}

/// Empty when it is no line of an index.
std::optional<Line> read_line(std::string_view text) {
  const std::size_t brace = text.find('{');
  if (brace == std::string_view::npos) return {};
  boost::system::error_code error;
  const json::value value = json::parse(json::string_view(text.data() + brace, text.size() - brace), error);
  if (error || !value.is_object()) return {};
  const json::object& row = value.get_object();
  Line line;
  line.urlkey = text_of(row, "urlkey");
  line.timestamp = text_of(row, "timestamp");
  if (brace > 0) {
    const std::string_view head = text.substr(0, brace);
    const std::size_t space = head.find(' ');
    if (space == std::string_view::npos) return {};
    const std::size_t end = std::min(head.find(' ', space + 1), head.size());
    line.urlkey = head.substr(0, space);
    line.timestamp = head.substr(space + 1, end - space - 1);
  }
  const auto either = [&](std::string_view name, std::string_view other) {
    std::string found = text_of(row, name);
    return found.empty() ? text_of(row, other) : found;
  };
  line.url = either("url", "original");
  line.mime = either("mime", "mimetype");
  line.status = either("status", "statuscode");
  line.digest = text_of(row, "digest");
  line.length = text_of(row, "length");
  // Libraries that hide their WARC files print 0.
  if (line.length == "0") line.length = "-";
  line.offset = text_of(row, "offset");
  line.filename = text_of(row, "filename");
  const std::string fuzzy = text_of(row, "is_fuzzy");
  const json::value* const flag = row.if_contains("is_fuzzy");
  line.fuzzy = (!fuzzy.empty() && fuzzy != "0" && fuzzy != "false") || (flag && flag->is_bool() && flag->get_bool());
  const std::string access = text_of(row, "access");
  line.blocked = access == "block" || access == "exclude";
  line.message = line.url.empty() && (row.contains("message") || row.contains("error"));
  return line;
}

IndexRow row_of(const Line& line) {
  const auto value = [](const std::string& text) { return text.empty() ? std::string_view("-") : text; };
  return {value(line.urlkey), value(line.timestamp), value(line.url),      value(line.mime),  value(line.status),
          value(line.digest), value(line.length),    value(line.filename), value(line.offset)};
}

}  // namespace

std::string pywb_address(std::string_view index, const ListQuery& query, int limit, core::FilterStyle filters) {
  std::string address(index);
  address += index.find('?') == std::string_view::npos ? '?' : '&';
  address += "url=" + core::percent_encode(query.url);
  if (query.match != Match::exact || query.url.ends_with('*') || query.url.starts_with("*.")) {
    address += "&matchType=" + std::string(match_type(query.match));
  }
  if (!query.from.empty()) address += "&from=" + core::percent_encode(query.from);
  if (!query.to.empty()) address += "&to=" + core::percent_encode(query.to);
  address += "&output=json&fields=urlkey,timestamp,url,mime,status,digest,length,offset,filename,access,is_fuzzy";
  for (const std::string& text : query.filters) {
    const auto filter = RowFilter::parse(text);
    const std::string asked = filter ? filter->asked(filters) : std::string();
    if (!asked.empty()) address += "&filter=" + core::percent_encode(asked);
  }
  return address + "&limit=" + std::to_string(limit);
}

core::Result<IndexPage> parse_pywb_rows(std::string_view body, const ListQuery& query) {
  const auto sieve = RowSieve::of(query);
  if (!sieve) return tl::unexpected(sieve.error());
  IndexPage page;
  std::size_t blocked = 0;
  while (!body.empty()) {
    const std::size_t end = body.find('\n');
    std::string_view text = body.substr(0, end);
    const bool last = end == std::string_view::npos;
    body.remove_prefix(last ? body.size() : end + 1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text.find_first_not_of(" \t") == std::string_view::npos) continue;
    const auto line = read_line(text);
    if (!line && (page.rows == 0 || last)) {
      const char* const what = page.rows == 0 ? "the index answer is no rows: " : "the index answer is cut off: ";
      return core::fail(Errc::bad_cdx, what + beginning(text));
    }
    if (line && line->message) {
      if (text.find("No Captures found") != std::string_view::npos) continue;
      return core::fail(Errc::bad_cdx, "the index has a message instead of rows: " + beginning(text));
    }
    if (line && (line->fuzzy || line->blocked)) {
      ++page.rows;
      ++page.dropped[line->fuzzy ? "fuzzy" : "blocked"];
      blocked += line->blocked && !line->fuzzy;
    } else if (line) {
      sieve->add(row_of(*line), text, page);
    } else {
      ++page.rows;
      RowSieve::add_malformed(text, page);
    }
  }
  if (blocked != 0 && blocked == page.rows) {
    return core::fail(Errc::excluded, "the archive lists captures, but gives none of them to the public");
  }
  return page;
}

core::Result<IndexPage> read_pywb_answer(const Response& response, const ListQuery& query) {
  const auto body = index_body(response);
  if (!body) return tl::unexpected(body.error());
  if (response.status == 404) {
    boost::system::error_code error;
    const json::value said = json::parse(*body, error);
    const auto* const object = error ? nullptr : said.if_object();
    if (object != nullptr && (object->contains("message") || object->contains("error"))) return IndexPage{};
  }
  if (auto refused = index_refusal(response, *body)) return tl::unexpected(std::move(*refused));
  return parse_pywb_rows(*body, query);
}

}  // namespace waydiff::crawler
