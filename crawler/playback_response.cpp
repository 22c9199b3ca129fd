#include "crawler/playback_response.hpp"

#include <charconv>
#include <string>
#include <utility>

#include "core/digest.hpp"
#include "core/url.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;

std::string_view path_of(std::string_view url) {
  const std::size_t scheme = url.find("//");
  if (scheme == std::string_view::npos) return url;
  const std::size_t slash = url.find('/', scheme + 2);
  return slash == std::string_view::npos ? std::string_view{} : url.substr(slash);
}

/// A Location of the archive taken apart; empty when it leads out of the playback tree. Archives differ in the
/// path before the timestamp, so it is brought to the form that core knows.
core::PlaybackAddress playback_address(std::string_view location, std::string_view playback) {
  const std::string_view own_path = path_of(playback);
  const std::string_view path = location.starts_with('/') && !location.starts_with("//") ? location : path_of(location);
  if (path.starts_with(own_path) && path.substr(own_path.size()).starts_with('/')) {
    return core::parse_playback_url("/web" + std::string(path.substr(own_path.size())));
  }
  return core::parse_playback_url(location);
}

DigestHints hints_of(const Response& response) {
  DigestHints hints;
  hints.coded_at_origin =
      response.has("x-archive-orig-transfer-encoding") || response.has("x-archive-orig-content-encoding");
  const std::string length = response.header("x-archive-orig-content-length");
  std::int64_t value = -1;
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), value);
  if (error == std::errc{} && end == length.data() + length.size() && value >= 0) hints.length = value;
  return hints;
}

/// The address in `<...>; rel="original"` of a Link header; empty if there is none.
std::string link_original(std::string_view link) {
  while (true) {
    const std::size_t open = link.find('<');
    if (open == std::string_view::npos) return {};
    const std::size_t close = link.find('>', open);
    if (close == std::string_view::npos) return {};
    std::string url(link.substr(open + 1, close - open - 1));
    link.remove_prefix(close + 1);
    const std::string_view parameters = link.substr(0, link.find('<'));
    if (parameters.find("rel=\"original\"") == std::string_view::npos) continue;
    // The header is HTML-escaped on some answers.
    for (std::size_t at = 0; (at = url.find("&amp;", at)) != std::string::npos; ++at) url.erase(at + 1, 4);
    return url;
  }
}

core::Result<Playback> archived(const core::Capture& capture, std::string_view playback, Response response,
                                BodyLimits limits) {
  Playback result;
  const auto served = core::Timestamp::parse_http_date(response.header("memento-datetime"));
  if (!served) {
    result.notes.push_back("Memento-Datetime cannot be read: " + response.header("memento-datetime"));
  } else if (*served != capture.timestamp) {
    return core::fail(Errc::unplayable, "the archive gave the capture of " + served->digits() + " instead of " +
                                            capture.raw_timestamp + " of " + capture.original);
  }
  result.served = capture.timestamp;
  result.status = response.status;
  result.content_type = response.header("content-type");
  if (const std::string location = response.header("location"); !location.empty()) {
    const auto address = playback_address(location, playback);
    result.location = address.original.empty() ? location : address.original;
  }
  if (const std::string original = link_original(response.header("link"));
      !original.empty() && core::url_key(original) != core::url_key(capture.original)) {
    result.notes.push_back("the archive calls the original " + original);
  }
  const DigestHints hints = hints_of(response);
  const std::string coding = response.header("content-encoding");
  auto decoded = decode_body(std::move(response.body), coding, result.content_type, limits);
  if (!decoded) return core::fail(decoded.error().code, capture.raw_timestamp + " " + decoded.error().detail);
  if (decoded->body.empty() && result.status == 200 && !capture.digest.empty() && capture.digest != core::empty_sha1) {
    return core::fail(Errc::unplayable, "the archive gave an empty body for " + capture.raw_timestamp + " of " +
                                            capture.original + ", the index promised another");
  }
  result.digest_check = check_digest(capture.digest, *decoded, hints);
  result.body = std::move(decoded->body);
  result.notes.insert(result.notes.end(), decoded->notes.begin(), decoded->notes.end());
  return result;
}

}  // namespace

core::Result<Playback> read_playback(const core::Capture& capture, std::string_view playback, Response response,
                                     BodyLimits limits) {
  if (response.has("memento-datetime")) return archived(capture, playback, std::move(response), limits);

  const std::string asked = capture.raw_timestamp + " of " + capture.original;
  const int status = response.status;
  if (status >= 300 && status < 400) {
    const std::string location = response.header("location");
    const auto substitute = playback_address(location, playback);
    if (!substitute.timestamp.empty()) {
      return core::fail(Errc::unplayable, "the archive does not give out " + asked + "; it offers " +
                                              substitute.timestamp + " of " + substitute.original);
    }
    return core::fail(Errc::http_status, "asked for " + asked + ", the archive leads elsewhere: " + location);
  }
  if (status == 429) return core::fail(Errc::rate_limited, "the archive asks for fewer requests (429) at " + asked);
  if (auto refused = exclusion(response, page_text(response))) {
    refused->detail += ": " + capture.original;
    return tl::unexpected(std::move(*refused));
  }
  if (status == 403) return core::fail(Errc::rate_limited, "the archive refuses this client (403) at " + asked);
  if (status == 404) return core::fail(Errc::unplayable, "not archived: " + asked);
  if (status == 200) return core::fail(Errc::http_status, "the archive sent a page of its own for " + asked);
  if (status >= 500 || status == 408 || status == 413 || status == 421) {
    return core::fail(Errc::http_status, "the archive answered " + std::to_string(status) + " to " + asked);
  }
  return core::fail(Errc::unplayable, "the archive answered " + std::to_string(status) + " to " + asked);
}

}  // namespace waydiff::crawler
