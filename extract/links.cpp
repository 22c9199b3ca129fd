#include "extract/links.hpp"

#include <charconv>

#include "extract/ascii.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  c = to_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// As browsers write addresses: spaces escaped, line ends and tabs gone.
std::string spaceless(std::string_view url) {
  std::string clean;
  clean.reserve(url.size());
  for (const char c : url) {
    if (c == ' ') {
      clean += "%20";
    } else if (c != '\n' && c != '\t' && c != '\r') {
      clean.push_back(c);
    }
  }
  return clean;
}

/// "&#x69;&#110;" as "in": authors escape addresses before they are hidden. ASCII only; the rest stays.
std::string without_references(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const std::size_t end = text.find(';');
    if (text.starts_with("&#") && end != std::string_view::npos && end < 10) {
      std::string_view digits = text.substr(2, end - 2);
      const bool hex = !digits.empty() && to_lower(digits.front()) == 'x';
      if (hex) digits.remove_prefix(1);
      unsigned value = 0;
      const auto [last, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
      if (error == std::errc() && last == digits.data() + digits.size() && value > 32 && value < 127) {
        plain.push_back(static_cast<char>(value));
        text.remove_prefix(end + 1);
        continue;
      }
    }
    plain.push_back(text.front());
    text.remove_prefix(1);
  }
  return plain;
}

std::string original(std::string_view url) {
  auto address = core::parse_playback_url(url);
  return address.original.empty() ? std::string(url) : std::move(address.original);
}

std::optional<core::Url> parsed(std::string_view text) {
  auto url = core::Url::parse(text);
  return url ? std::optional<core::Url>(std::move(*url)) : std::nullopt;
}

}  // namespace

LinkBase::LinkBase(std::string_view url, std::string_view base) {
  if (!url.empty()) base_ = parsed(original(url));
  base = trim(base);
  if (base.empty()) return;
  const std::string target = original(base);
  if (const auto resolved = parsed(base_ ? base_->resolve(target) : target)) base_ = resolved;
}

std::string LinkBase::resolve(std::string_view href) const {
  href = trim(href);
  static constexpr std::string_view cloudflare = "/cdn-cgi/l/email-protection#";
  if (const std::size_t at = href.find(cloudflare); at != std::string_view::npos) {
    const std::string address = hidden_email(href.substr(at + cloudflare.size()));
    if (!address.empty()) return "mailto:" + address;
  }
  for (const std::string_view scheme : {"javascript:", "data:", "about:", "vbscript:", "file:"}) {
    if (starts_ignoring_case(href, scheme)) return {};
  }
  if (href.empty() || href == "#") return {};
  if (const auto address = core::parse_playback_url(href); !address.original.empty())
    return spaceless(address.original);
  if (!base_) return spaceless(href);
  return spaceless(original(base_->resolve(href)));
}

std::string hidden_email(std::string_view hex) {
  std::string address;
  int key = -1;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    const int high = hex_digit(hex[i]);
    const int low = hex_digit(hex[i + 1]);
    if (high < 0 || low < 0) return {};
    const int byte = high * 16 + low;
    if (key < 0) {
      key = byte;
    } else {
      address.push_back(static_cast<char>(byte ^ key));
    }
  }
  address = without_references(address);
  const bool plausible =
      address.find('@') != std::string::npos && address.find_first_of(" \n\t<>") == std::string::npos;
  return plausible && check_utf8(address).broken == 0 ? address : std::string();
}

}  // namespace waydiff::extract
