#include "crawler/warc_cdxj.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <vector>

namespace waydiff::crawler {
namespace {

namespace json = boost::json;

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

/// Writers differ on whether numbers stand in quotes.
std::string text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || value->is_null()) return {};
  std::string text = value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
  return text == "-" ? std::string{} : text;
}

bool is_timestamp(std::string_view text) {
  return !text.empty() && text.size() <= 17 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string_view> words(std::string_view line) {
  std::vector<std::string_view> found;
  std::size_t at = 0;
  while ((at = line.find_first_not_of(" \t", at)) != std::string_view::npos) {
    const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
    found.push_back(line.substr(at, end - at));
    at = end;
  }
  return found;
}

}  // namespace

std::optional<CdxLine> parse_cdxj_line(std::string_view line) {
  const std::size_t brace = line.find(" {");
  if (brace == std::string_view::npos) return {};
  const auto fields = words(line.substr(0, brace));
  if (fields.size() < 2 || !is_timestamp(fields.back())) return {};

  boost::system::error_code error;
  const json::value value = json::parse(json::string_view(line.data() + brace + 1, line.size() - brace - 1), error);
  if (error || !value.is_object()) return {};
  const json::object& object = value.get_object();
  CdxLine row;
  row.timestamp = fields.back();
  row.url = text_of(object, "url");
  row.mime = text_of(object, "mime");
  row.status = number<int>(text_of(object, "status"));
  row.digest = text_of(object, "digest");
  row.length = number<std::int64_t>(text_of(object, "length"));
  row.offset = number<std::uint64_t>(text_of(object, "offset"));
  row.filename = text_of(object, "filename");
  if (row.url.empty()) return {};
  return row;
}

std::optional<CdxLine> parse_cdx_line(std::string_view line, std::string_view legend) {
  const auto letters = words(legend);
  const auto values = words(line);
  if (letters.size() < 2 || letters[0] != "CDX" || values.size() + 1 < letters.size()) return {};
  CdxLine row;
  for (std::size_t i = 1; i < letters.size(); ++i) {
    const std::string_view value = values[i - 1] == "-" ? std::string_view{} : values[i - 1];
    if (letters[i] == "b") row.timestamp = value;
    if (letters[i] == "a") row.url = value;
    if (letters[i] == "m") row.mime = value;
    if (letters[i] == "s") row.status = number<int>(value);
    if (letters[i] == "k") row.digest = value;
    if (letters[i] == "S") row.length = number<std::int64_t>(value);
    if (letters[i] == "V") row.offset = number<std::uint64_t>(value);
    if (letters[i] == "g") row.filename = value;
  }
  if (!is_timestamp(row.timestamp) || row.url.empty()) return {};
  return row;
}

}  // namespace waydiff::crawler
