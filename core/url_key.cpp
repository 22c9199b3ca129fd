// SURT keys, step by step as the Internet Archive's canonicaliser takes them (field guide, section 4).
#include <unicode/idna.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "core/url.hpp"

namespace waydiff::core {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string unescape_once(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' && at + 2 < text.size() ? hex_value(text[at + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[at + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

/// Until stable; each round that changes anything is shorter, so long chains of %25 end.
std::string unescape(std::string_view text) {
  std::string now(text);
  for (;;) {
    std::string next = unescape_once(now);
    if (next.size() == now.size()) return now;
    now = std::move(next);
  }
}

std::string escape(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7F || c == '#' || c == '%') {
      out += '%';
      out += hex[byte >> 4];
      out += hex[byte & 15U];
    } else {
      out += c;
    }
  }
  return out;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == separator) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

std::string ascii_host(const std::string& host) {
  if (std::all_of(host.begin(), host.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return host;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::IDNA> idna(icu::IDNA::createUTS46Instance(UIDNA_DEFAULT, status));
  if (U_FAILURE(status)) return host;
  icu::UnicodeString ascii;
  icu::IDNAInfo info;
  idna->nameToASCII(icu::UnicodeString::fromUTF8(host), ascii, info, status);
  if (U_FAILURE(status) || info.hasErrors()) return escape(host);
  std::string out;
  ascii.toUTF8String(out);
  return out;
}

std::string reversed_host(std::string host) {
  while (host.ends_with('.')) host.pop_back();
  if (host.starts_with("www")) {
    std::size_t at = 3;
    while (at < host.size() && host[at] >= '0' && host[at] <= '9') ++at;
    if (at + 1 < host.size() && host[at] == '.') host.erase(0, at + 1);
  }
  if (host.starts_with('[')) return host;
  std::vector<std::string> labels = split(host, '.');
  std::string out;
  for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
    if (!out.empty()) out += ',';
    out += *label;
  }
  return out;
}

bool alphanumeric(std::string_view text, std::size_t size) {
  return text.size() == size && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
         });
}

/// "(S(24 characters))" or "(24 characters)": the cookieless session of ASP.NET.
bool is_aspx_session(std::string_view segment) {
  if (segment.size() < 26 || segment.front() != '(' || segment.back() != ')') return false;
  segment = segment.substr(1, segment.size() - 2);
  if (alphanumeric(segment, 24)) return true;
  while (segment.size() >= 27 && segment[1] == '(' && segment[26] == ')' && alphanumeric(segment.substr(2, 24), 24)) {
    segment.remove_prefix(27);
  }
  return segment.empty();
}

std::string normal_path(std::string_view path) {
  std::vector<std::string> kept;
  const std::vector<std::string> segments = split(unescape(path), '/');
  for (std::size_t at = 0; at < segments.size(); ++at) {
    const std::string& segment = segments[at];
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (!segment.empty() && segment != ".") {
      kept.push_back(lowered(segment));
    }
  }
  if (!kept.empty() && kept.back().find(".aspx") != std::string::npos) {
    std::erase_if(kept, [](const std::string& segment) { return is_aspx_session(segment); });
  }
  if (!kept.empty()) {
    const auto session = kept.back().rfind(";jsessionid=");
    if (session != std::string::npos && alphanumeric(std::string_view(kept.back()).substr(session + 12), 32)) {
      kept.back().erase(session);
    }
  }
  std::string out;
  for (const std::string& segment : kept) out += '/' + segment;
  return out.empty() ? "/" : escape(out);
}

bool is_session_argument(std::string_view argument) {
  const auto equals = argument.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view key = argument.substr(0, equals);
  const std::string_view value = argument.substr(equals + 1);
  if (key == "jsessionid" || key == "phpsessid" || key == "sid") return alphanumeric(value, 32);
  return key.starts_with("aspsessionid") && key.size() == 20 && alphanumeric(value, 24);
}

std::string normal_query(std::string_view query) {
  std::vector<std::string> arguments = split(lowered(unescape(query)), '&');
  for (std::size_t at = 0; at + 1 < arguments.size(); ++at) {
    if (arguments[at].starts_with("cfid=") && arguments[at + 1].starts_with("cftoken=")) {
      arguments.erase(arguments.begin() + static_cast<std::ptrdiff_t>(at),
                      arguments.begin() + static_cast<std::ptrdiff_t>(at) + 2);
      break;
    }
  }
  std::erase_if(arguments, is_session_argument);
  // By name, then value: '=' must sort before every character of a longer name.
  std::sort(arguments.begin(), arguments.end(), [](const std::string& a, const std::string& b) {
    const auto ea = std::min(a.find('='), a.size());
    const auto eb = std::min(b.find('='), b.size());
    const int names = a.compare(0, ea, b, 0, eb);
    return names != 0 ? names < 0 : a.substr(ea) < b.substr(eb);
  });
  std::string out;
  for (const std::string& argument : arguments) {
    if (!out.empty()) out += '&';
    out += argument;
  }
  return escape(out);
}

}  // namespace

std::string url_key(std::string_view url) {
  const auto text_end = url.find_last_not_of(" \t\r\n");
  url = url.substr(0, text_end == std::string_view::npos ? 0 : text_end + 1);
  url.remove_prefix(std::min(url.find_first_not_of(" \t\r\n"), url.size()));
  const std::string low = lowered(url.substr(0, 8));
  const bool https = low.starts_with("https://");
  if (!https && !low.starts_with("http://")) {
    const auto colon = url.find(':');
    const auto stop = url.find_first_of("/.?#");
    if (colon != std::string_view::npos && colon < stop) return std::string(url);
    if (url.find("://") != std::string_view::npos) return std::string(url);
    return url_key("http://" + std::string(url));
  }
  std::string_view rest = url.substr(https ? 8 : 7);
  rest = rest.substr(0, rest.find('#'));
  const auto authority_end = std::min(rest.find_first_of("/?"), rest.size());
  std::string_view authority = rest.substr(0, authority_end);
  rest.remove_prefix(authority_end);
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  std::string_view port;
  const auto colon = authority.rfind(':');
  if (colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos) {
    port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  const auto question = rest.find('?');
  const std::string host = lowered(ascii_host(unescape(authority)));
  std::string out = reversed_host(host);
  if (!port.empty() && port != (https ? "443" : "80")) out += ":" + std::string(port);
  out += ')' + normal_path(rest.substr(0, question));
  if (question != std::string_view::npos) {
    const std::string query = normal_query(rest.substr(question + 1));
    if (!query.empty()) out += '?' + query;
  }
  return out;
}

}  // namespace waydiff::core
