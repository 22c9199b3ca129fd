#include "crawler/http_message.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace waydiff::crawler {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// The line at `at` without its end; `at` moves past it.
std::string_view take_line(std::string_view text, std::size_t& at) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  std::string_view line = text.substr(at, end - at);
  at = std::min(end + 1, text.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// The size on a chunk's first line; empty if it is none.
std::optional<std::uint64_t> chunk_size(std::string_view line) {
  line = trimmed(line.substr(0, line.find(';')));
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
  if (error != std::errc{} || end != line.data() + line.size()) return {};
  return size;
}

}  // namespace

std::string_view HeaderFields::first(std::string_view name) const {
  const auto found = std::ranges::find_if(lines, [&](const auto& line) { return same_name(line.first, name); });
  return found == lines.end() ? std::string_view{} : std::string_view{found->second};
}

std::string HeaderFields::all(std::string_view name) const {
  std::string joined;
  for (const auto& [key, value] : lines) {
    if (value.empty() || !same_name(key, name)) continue;
    joined += (joined.empty() ? "" : ", ") + value;
  }
  return joined;
}

std::size_t parse_header_fields(std::string_view text, HeaderFields& fields) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string_view line = take_line(text, at);
    if (line.empty()) break;
    if (is_blank(line.front())) {
      if (!fields.lines.empty()) fields.lines.back().second.append(" ").append(trimmed(line));
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    fields.lines.emplace_back(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
  }
  return at;
}

std::string HttpHead::mime() const {
  const std::string_view type = fields.first("Content-Type");
  std::string mime(trimmed(type.substr(0, type.find(';'))));
  std::ranges::transform(mime, mime.begin(), lower);
  return mime;
}

std::optional<HttpHead> parse_http_head(std::string_view bytes) {
  if (!bytes.starts_with("HTTP/") && !bytes.starts_with("ICY ")) return {};
  HttpHead head;
  std::size_t at = 0;
  const std::string_view line = take_line(bytes, at);
  std::string_view rest = line.substr(std::min(line.find(' '), line.size()));
  rest = trimmed(rest);
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), head.status);
  if (error != std::errc{} || head.status < 100 || head.status > 999) return {};
  head.size = at + parse_header_fields(bytes.substr(at), head.fields);
  return head;
}

Dechunked dechunk(std::string bytes) {
  Dechunked result;
  std::size_t at = 0;
  if (!bytes.empty() && !chunk_size(take_line(bytes, at))) {
    result.body = std::move(bytes);
    return result;
  }
  result.chunked = true;
  result.cut = true;
  at = 0;
  // Chunks are moved together in place: the decoded body is never longer than what was read.
  std::size_t written = 0;
  while (at < bytes.size()) {
    const auto size = chunk_size(take_line(bytes, at));
    if (!size) break;
    if (*size == 0) {
      result.cut = false;
      break;
    }
    const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(*size, bytes.size() - at));
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), taken,
                bytes.begin() + static_cast<std::ptrdiff_t>(written));
    written += taken;
    at += taken;
    if (taken < *size) break;
    take_line(bytes, at);  // the CRLF after a chunk's data
  }
  bytes.resize(written);
  result.body = std::move(bytes);
  return result;
}

}  // namespace waydiff::crawler
