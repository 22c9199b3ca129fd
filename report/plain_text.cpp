#include "report/plain_text.hpp"

#include <unicode/utf8.h>

#include <cstdint>

#include "core/url.hpp"

namespace waydiff::report {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool reorders(UChar32 c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_control(UChar32 c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

bool starts_with_scheme(std::string_view text, std::string_view scheme) {
  if (text.size() < scheme.size()) return false;
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != scheme[i]) return false;
  }
  return true;
}

/// As most texts are. All bytes are looked at: so it takes many at once.
bool is_plain_ascii(std::string_view text) {
  unsigned char other = 0;
  for (const char c : text) other |= static_cast<unsigned char>(static_cast<unsigned char>(c - ' ') > '~' - ' ');
  return other == 0;
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

}  // namespace

std::string visible(std::string_view text) {
  if (is_plain_ascii(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  std::int64_t at = 0;
  while (at < size) {
    const std::int64_t start = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029) {
      out += ' ';
    } else if (c < 0 || is_control(c) || reorders(c)) {
      out += replacement;
    } else {
      out.append(text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(at - start)));
    }
  }
  return out;
}

std::string markdown_escaped(std::string_view text) {
  constexpr std::string_view anywhere = "\\`*_{}[]<>&|~$";
  constexpr std::string_view at_start = "#+-=.)!:";
  std::string out;
  bool only_digits = true;
  for (const char c : visible(text)) {
    // "#", "-", "+", "=" open a block only at the start of a line, "." and ")" only after the digits that start one.
    if (anywhere.find(c) != std::string_view::npos || (only_digits && at_start.find(c) != std::string_view::npos)) {
      out += '\\';
    }
    if (c < '0' || c > '9') only_digits = c == ' ' && only_digits;
    out += c;
  }
  return out;
}

std::string web_link(std::string_view address) {
  if (!starts_with_scheme(address, "http://") && !starts_with_scheme(address, "https://")) return {};
  const std::string clean = visible(address);
  if (clean != address) return {};
  const auto url = core::Url::parse(clean);
  return url ? url->text() : std::string();
}

std::string markdown_link(std::string_view text, std::string_view address) {
  const std::string link = web_link(address);
  if (link.empty()) return markdown_escaped(text);
  std::string out = "[" + markdown_escaped(text) + "](";
  for (const char c : link) {
    if (c == '(' || c == ')' || c == '\\') out += '\\';
    out += c;
  }
  return out + ")";
}

std::string start_of(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::string(text);
  std::size_t cut = text.rfind(' ', limit);
  if (cut == std::string_view::npos || cut < limit / 2) {
    for (cut = limit; cut > 0 && is_continuation(text[cut]);) --cut;
  }
  return std::string(text.substr(0, cut)) + " …";
}

std::string end_of(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::string(text);
  const std::size_t from = text.size() - limit;
  std::size_t cut = text.find(' ', from);
  if (cut == std::string_view::npos || cut > from + limit / 2) {
    for (cut = from; cut < text.size() && is_continuation(text[cut]);) ++cut;
  } else {
    ++cut;
  }
  return "… " + std::string(text.substr(cut));
}

std::string path_text(const std::vector<std::string>& path) {
  std::string out;
  for (const std::string& heading : path) {
    if (!out.empty()) out += " › ";
    out += visible(heading);
  }
  return out;
}

std::string counted(std::size_t count, std::string_view noun) {
  std::string out = std::to_string(count) + " " + std::string(noun);
  return count == 1 ? out : out + "s";
}

}  // namespace waydiff::report
