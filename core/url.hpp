#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"

namespace waydiff::core {

/// An http or https address as it was written, checked to have a host.
class Url {
 public:
  /// Adds "http://" when there is no scheme. Escapes what RFC 3986 does not allow (spaces, controls, non-ASCII,
  /// quotes, brackets) and touches nothing else. Fails with bad_url for other schemes and missing hosts.
  [[nodiscard]] static Result<Url> parse(std::string_view text);

  /// `reference` (an href: relative, scheme-relative, query or fragment only, with stray spaces) against this
  /// address, dot segments removed: RFC 3986 section 5. mailto:, tel: and the like come back as they are;
  /// an unreadable reference comes back trimmed and escaped.
  [[nodiscard]] std::string resolve(std::string_view reference) const;

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] std::string scheme() const;  ///< "http" or "https"
  [[nodiscard]] std::string host() const;    ///< lower case, without port and user info
  [[nodiscard]] std::string site() const;    ///< host without "www."

  friend bool operator==(const Url&, const Url&) = default;

 private:
  explicit Url(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// The SURT sort key of an address, as the Internet Archive's index computes it: "com,example)/terms?a=1".
/// Not a URL; never fetch it. Other schemes come back unchanged. Source: field guide section 4.
[[nodiscard]] std::string url_key(std::string_view url);

/// An address as archives print it, made fit to stand in a playback address: only what would break the request
/// line is escaped, "%" without two hex digits becomes "%25". Source: field guide section 5.2.
[[nodiscard]] std::string playback_target(std::string_view original);

/// "PLAYBACK/TIMESTAMPid_/ORIGINAL"; or PLAYBACK with its "{timestamp}" and "{url}" filled in, if it has them.
[[nodiscard]] std::string playback_url(std::string_view playback, std::string_view timestamp,
                                       std::string_view original);

/// Every byte but RFC 3986 unreserved ones as %XX: a value in a query.
[[nodiscard]] std::string percent_encode(std::string_view text);

/// The timestamp and original address of a playback address ("https://HOST/web/2018id_/http%3A//x/", "/web/…",
/// "//HOST/web/…"). Both empty when `url` is not one. Source: field guide section 5.1.
struct PlaybackAddress {
  std::string timestamp;
  std::string original;
};
[[nodiscard]] PlaybackAddress parse_playback_url(std::string_view url);

}  // namespace waydiff::core
