#include "diff/address.hpp"

#include <algorithm>
#include <array>

namespace waydiff::diff {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t longest_name = 320;  // an e-mail address holds no more: keeps dotted runs from costing a square

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_alnum(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}
bool is_name_char(char c) {
  return is_alnum(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool starts_with_folded(std::string_view text, std::string_view small) {
  return text.size() >= small.size() &&
         std::equal(small.begin(), small.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

/// The end of what a web address may hold from `at` on, without the punctuation behind it.
std::size_t web_end(std::string_view text, std::size_t at) {
  const std::size_t start = at;
  const auto inside = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > ' ' && byte < 0x7F && "\"<>[]()|"sv.find(c) == std::string_view::npos;
  };
  while (at < text.size() && inside(text[at])) ++at;
  while (at > start && ".,;:!?'*_"sv.find(text[at - 1]) != std::string_view::npos) --at;
  return at;
}

std::size_t name_end(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + longest_name);
  while (at < limit && is_name_char(text[at])) ++at;
  return at;
}

/// Whether `name` is "a.b" at the least, its last part letters: a host as people write it.
bool is_host(std::string_view name, bool known_domain) {
  constexpr std::array domains = {"com"sv, "org"sv,  "net"sv, "gov"sv, "edu"sv, "io"sv,   "eu"sv,
                                  "uk"sv,  "de"sv,   "fr"sv,  "nl"sv,  "ch"sv,  "ca"sv,   "jp"sv,
                                  "app"sv, "info"sv, "tv"sv,  "ai"sv,  "dev"sv, "cloud"sv};
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot < (known_domain ? 2 : 1) || !is_alnum(name.front())) return false;
  const std::string_view last = name.substr(dot + 1);
  if (last.size() < 2 || !std::all_of(last.begin(), last.end(), is_letter)) return false;
  if (name.find("..") != std::string_view::npos || name.find_first_of("_%+") != std::string_view::npos) return false;
  return !known_domain || std::any_of(domains.begin(), domains.end(), [&](std::string_view domain) {
    return domain.size() == last.size() && starts_with_folded(last, domain);
  });
}

std::string_view without_end(std::string_view name) {
  while (name.ends_with('.') || name.ends_with('-')) name.remove_suffix(1);
  return name;
}

}  // namespace

std::size_t address_length(std::string_view text, std::size_t start) {
  const std::string_view rest = text.substr(start);
  for (const std::string_view scheme : {"https://"sv, "http://"sv, "chrome://"sv, "ftp://"sv, "www."sv}) {
    if (!starts_with_folded(rest, scheme)) continue;
    const std::size_t end = web_end(text, start + scheme.size());
    return end > start + scheme.size() ? end - start : 0;
  }
  const std::size_t end = name_end(text, start);
  if (end < text.size() && text[end] == '@' && end > start) {
    const std::string_view host = without_end(text.substr(end + 1, name_end(text, end + 1) - end - 1));
    return is_host(host, false) ? end + 1 + host.size() - start : 0;
  }
  const std::string_view host = without_end(text.substr(start, end - start));
  if (!is_host(host, true)) return 0;
  const std::size_t after = start + host.size();
  return after < text.size() && text[after] == '/' && after + 1 < text.size() && is_alnum(text[after + 1])
             ? web_end(text, after) - start
             : host.size();
}

bool is_address(std::string_view word) noexcept {
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] == '@' || word[i] == '/') return true;
    if (word[i] == '.' && i + 1 < word.size() && is_letter(word[i + 1])) return true;
  }
  return false;
}

}  // namespace waydiff::diff
