#include "core/url.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

namespace waydiff::core {
namespace {

constexpr std::string_view upper_hex = "0123456789ABCDEF";

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

void append_escaped(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += upper_hex[byte >> 4];
  out += upper_hex[byte & 15U];
}

/// White space around an address and control characters within are what HTML says to drop.
std::string trimmed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '\t' && c != '\n' && c != '\r') out += c;
  }
  const auto first = out.find_first_not_of(" \f\v");
  if (first == std::string::npos) return {};
  return out.substr(first, out.find_last_not_of(" \f\v") - first + 1);
}

/// Where the authority of "scheme://authority/path" ends; 0 if there is none.
std::size_t authority_end(std::string_view text) {
  const auto slashes = text.find("//");
  if (slashes == std::string_view::npos || text.substr(0, slashes).find_first_of("/?#") != std::string_view::npos) {
    return 0;
  }
  const auto end = text.find_first_of("/?#", slashes + 2);
  return end == std::string_view::npos ? text.size() : end;
}

/// Bytes that RFC 3986 forbids, and only those, as %XX. Brackets may stand in the authority; a second '#' may not
/// stand in a fragment.
std::string escape_forbidden(std::string_view text) {
  const std::size_t authority = authority_end(text);
  std::string out;
  bool fragment = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const auto byte = static_cast<unsigned char>(c);
    bool escape = byte <= 0x20 || byte >= 0x7F || std::string_view("\"<>\\^`{|}").find(c) != std::string_view::npos;
    if (c == '[' || c == ']') escape = at >= authority;
    if (c == '%') escape = at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2]);
    if (c == '#') {
      escape = fragment;
      fragment = true;
    }
    if (escape) {
      append_escaped(out, c);
    } else {
      out += c;
    }
  }
  return out;
}

bool has_scheme(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  const auto bad = [&](std::string_view why) {
    return fail(Errc::bad_url, "bad address \"" + std::string(text.substr(0, 200)) + "\": " + std::string(why));
  };
  std::string whole = trimmed(text);
  const std::string low = lowered(std::string_view(whole).substr(0, 8));
  if (!low.starts_with("http://") && !low.starts_with("https://")) {
    // "example.com:8080/x" has no scheme; "mailto:x" and "ftp://x" have another one.
    const auto colon = whole.find(':');
    const bool port = colon != std::string::npos && colon + 1 < whole.size() && whole[colon + 1] >= '0' &&
                      whole[colon + 1] <= '9' && whole.substr(0, colon).find('.') != std::string::npos;
    if (has_scheme(whole) && !port) return bad("only http and https addresses can be followed");
    whole = "http://" + whole;
  }
  whole = escape_forbidden(whole);
  const auto parsed = boost::urls::parse_uri(whole);
  if (!parsed) return bad("not an address");
  if (parsed->encoded_host().empty()) return bad("it has no host");
  return Url(std::move(whole));
}

std::string Url::resolve(std::string_view reference) const {
  const std::string clean = escape_forbidden(trimmed(reference));
  const std::string low = lowered(std::string_view(clean).substr(0, 8));
  if (has_scheme(clean) && !low.starts_with("http:") && !low.starts_with("https:")) return clean;
  const auto base = boost::urls::parse_uri(text_);
  const auto relative = boost::urls::parse_uri_reference(clean);
  if (!base || !relative) return clean;
  boost::urls::url out;
  if (!boost::urls::resolve(*base, *relative, out)) return clean;
  std::string text(out.buffer().data(), out.buffer().size());
  // Dots that climb above the root are dropped: RFC 3986 section 5.2.4.
  const std::size_t path = authority_end(text);
  while (path > 0 && (text.compare(path, 4, "/../") == 0 || text.substr(path) == "/..")) text.erase(path, 3);
  if (path > 0 && text.size() == path) text += '/';
  return text;
}

std::string Url::scheme() const {
  return lowered(std::string_view(text_).substr(0, text_.find(':')));
}

std::string Url::host() const {
  const auto parsed = boost::urls::parse_uri(text_);
  return parsed ? lowered(std::string(parsed->encoded_host().data(), parsed->encoded_host().size())) : std::string();
}

std::string Url::site() const {
  std::string out = host();
  return out.starts_with("www.") ? out.substr(4) : out;
}

std::string playback_target(std::string_view original) {
  std::string out;
  for (std::size_t at = 0; at < original.size(); ++at) {
    const char c = original[at];
    const auto byte = static_cast<unsigned char>(c);
    const bool forbidden =
        byte <= 0x20 || byte >= 0x7F || std::string_view("#\"<>\\^`{|}[]").find(c) != std::string_view::npos;
    const bool lone_percent =
        c == '%' && (at + 2 >= original.size() || !is_hex(original[at + 1]) || !is_hex(original[at + 2]));
    if (forbidden || lone_percent) {
      append_escaped(out, c);
    } else {
      out += c;
    }
  }
  return out;
}

std::string playback_url(std::string_view playback, std::string_view timestamp, std::string_view original) {
  std::string out(playback);
  const std::string target = playback_target(original);
  const std::size_t time = out.find("{timestamp}");
  const std::size_t url = out.find("{url}", time);
  if (time != std::string::npos && url != std::string::npos) {
    out.replace(url, 5, target);
    return out.replace(time, 11, timestamp);
  }
  while (out.ends_with('/')) out.pop_back();
  return out + "/" + std::string(timestamp) + "id_/" + target;
}

std::string percent_encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain =
        (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      append_escaped(out, c);
    }
  }
  return out;
}

PlaybackAddress parse_playback_url(std::string_view url) {
  const auto web = url.find("/web/");
  if (web == std::string_view::npos) return {};
  // Before "/web/" may stand nothing, or a scheme and a host.
  const std::string_view head = url.substr(0, web);
  const auto slashes = head.find("//");
  if (!head.empty() && (slashes == std::string_view::npos || head.find('/', slashes + 2) != std::string_view::npos)) {
    return {};
  }
  std::string_view rest = url.substr(web + 5);
  std::size_t digits = 0;
  while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9') ++digits;
  if (digits == 0 || digits > 14) return {};
  PlaybackAddress out{std::string(rest.substr(0, digits)), {}};
  rest.remove_prefix(digits);
  std::size_t flag = 0;
  while (flag < rest.size() && rest[flag] >= 'a' && rest[flag] <= 'z') ++flag;
  if (flag > 0 && flag < rest.size() && rest[flag] == '_') rest.remove_prefix(flag + 1);
  if (rest.empty() || rest.front() != '/') return {};
  rest.remove_prefix(1);
  const std::string low = lowered(rest.substr(0, 8));
  if (low.starts_with("http%3a") || low.starts_with("https%3a")) {
    for (std::size_t at = 0; at < rest.size(); ++at) {
      if (rest[at] == '%' && at + 2 < rest.size() && is_hex(rest[at + 1]) && is_hex(rest[at + 2])) {
        out.original += static_cast<char>(std::stoi(std::string(rest.substr(at + 1, 2)), nullptr, 16));
        at += 2;
      } else {
        out.original += rest[at];
      }
    }
  } else {
    out.original = rest;
  }
  if (out.original.empty()) return {};
  if (!has_scheme(out.original)) out.original = "http://" + out.original;
  return out;
}

}  // namespace waydiff::core
