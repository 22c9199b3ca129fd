#include "crawler/cdx.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <optional>

#include "core/url.hpp"

namespace waydiff::crawler {
namespace {

namespace json = boost::json;
using core::Errc;

constexpr std::string_view columns_asked = "urlkey,timestamp,original,mimetype,statuscode,digest,length";

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

std::string_view field(const json::array& row, std::size_t column) {
  if (column >= row.size()) return {};
  const auto* text = row[column].if_string();
  if (text == nullptr) return {};
  return {text->data(), text->size()};
}

std::string shown(const json::array& row) {
  std::string text;
  for (const auto& value : row) {
    if (!text.empty()) text += ' ';
    if (const auto* part = value.if_string()) text.append(part->data(), part->size());
    if (text.size() > 200) break;
  }
  return text;
}

bool is_empty_array(const json::value& value) {
  return value.is_array() && value.get_array().empty();
}

std::string scope(std::string_view index, const ListQuery& query) {
  std::string address(index);
  address += index.find('?') == std::string_view::npos ? '?' : '&';
  address += "url=" + core::percent_encode(query.url);
  switch (query.match) {
    case Match::exact:
      // Said only where the address would be taken for a pattern.
      if (query.url.ends_with('*') || query.url.starts_with("*.")) address += "&matchType=exact";
      break;
    case Match::prefix:
      address += "&matchType=prefix";
      break;
    case Match::host:
      address += "&matchType=host";
      break;
    case Match::domain:
      address += "&matchType=domain";
      break;
  }
  if (!query.from.empty()) address += "&from=" + core::percent_encode(query.from);
  if (!query.to.empty()) address += "&to=" + core::percent_encode(query.to);
  return address + "&output=json&fl=" + std::string(columns_asked);
}

}  // namespace

std::string query_address(std::string_view index, const ListQuery& query, int limit, std::string_view resume_key) {
  std::string address = scope(index, query);
  for (const std::string& text : query.filters) {
    const auto filter = RowFilter::parse(text);
    if (filter) address += "&filter=" + core::percent_encode(filter->asked(core::FilterStyle::regex));
  }
  address += "&limit=" + std::to_string(limit) + "&showResumeKey=true";
  if (!resume_key.empty()) address += "&resumeKey=" + core::percent_encode(resume_key);
  return address;
}

std::string scan_address(std::string_view index, const ListQuery& query, std::size_t count) {
  return scope(index, query) + "&offset=" + std::to_string(count) + "&limit=1";
}

core::Result<IndexPage> parse_page(std::string_view body, const ListQuery& query) {
  const auto sieve = RowSieve::of(query);
  if (!sieve) return tl::unexpected(sieve.error());
  IndexPage page;
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
  for (std::size_t i = 1; i < end; ++i) {
    const auto* row = rows[i].if_array();
    if (row == nullptr) {
      ++page.rows;
      RowSieve::add_malformed(json::serialize(rows[i]), page);
      continue;
    }
    IndexRow values;
    values.urlkey = field(*row, columns->urlkey);
    values.timestamp = field(*row, columns->timestamp);
    values.original = field(*row, columns->original);
    values.mime = field(*row, columns->mime);
    values.status = field(*row, columns->status);
    values.digest = field(*row, columns->digest);
    values.length = field(*row, columns->length);
    sieve->add(values, shown(*row), page);
  }
  return page;
}

core::Result<IndexPage> read_index_answer(const Response& response, const ListQuery& query) {
  const auto body = index_body(response);
  if (!body) return tl::unexpected(body.error());
  // pywb's way to say that there are none, met on servers that speak the classic dialect otherwise.
  if (response.status == 404 && body->find("No Captures found") != std::string::npos) return IndexPage{};
  if (auto refused = index_refusal(response, *body)) return tl::unexpected(std::move(*refused));
  return parse_page(*body, query);
}

}  // namespace waydiff::crawler
