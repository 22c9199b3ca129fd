#include "crawler/playback_response.hpp"

#include <charconv>
#include <string>
#include <utility>

#include "core/digest.hpp"
#include "core/url.hpp"
#include "crawler/link_header.hpp"
#include "crawler/replay_address.hpp"
#include "crawler/shortfall.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;

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
std::string link_original(std::string_view header) {
  for (const Link& link : parse_links(header).entries) {
    if (link.is("original")) return link.target;
  }
  return {};
}

/// Another capture of the same page, given out in its place; empty when it is another page, or no time.
std::optional<Offer> offer(const core::Capture& capture, std::string digits, std::string original) {
  const auto time = core::Timestamp::parse(digits);
  if (!time || core::url_key(original) != core::url_key(capture.original)) return {};
  return Offer{std::move(digits), *time, std::move(original)};
}

/// What the archive sent, as it names it: digits and address. Digits are empty where it does not say.
core::PlaybackAddress sent(const core::Capture& capture, const PlaybackRules& rules, const Response& response) {
  core::PlaybackAddress found;
  if (rules.replay == core::ReplayPolicy::nearest) {
    found = replay_address(response.header("content-location"), rules.playback);
    if (found.timestamp.size() == 14) return found;
  }
  const auto served = core::Timestamp::parse_http_date(response.header("memento-datetime"));
  found.timestamp = served ? *served == capture.timestamp ? capture.raw_timestamp : served->digits() : std::string();
  found.original = link_original(response.header("link"));
  if (found.original.empty()) found.original = capture.original;
  return found;
}

/// An archived redirect's target as an original address: archives rewrite it to their own, wholly or in part or not.
std::string redirect_target(const core::Capture& capture, std::string_view playback, const std::string& location) {
  auto address = replay_address(location, playback);
  if (!address.original.empty()) return std::move(address.original);
  const auto base = core::Url::parse(capture.original);
  return base ? base->resolve(location) : location;
}

/// The digest of the index against the body; a sibling of the same second may have been sent instead.
void judge_digest(const core::Capture& capture, const PlaybackRules& rules, const Decoded& decoded,
                  const DigestHints& hints, Playback& result) {
  result.digest_check = check_digest(capture.digest, decoded, hints);
  if (result.digest_check == DigestCheck::verified) return;
  for (const std::string& sibling : rules.siblings) {
    if (sibling == capture.digest || check_digest(sibling, decoded) != DigestCheck::verified) continue;
    result.digest_check = DigestCheck::suspect;
    result.notes.push_back("the body is that of another capture of the same second, with digest " + sibling);
  }
  const auto size = static_cast<std::int64_t>(decoded.body.size());
  if (hints.length && !hints.coded_at_origin && result.status == 200) note_missing(size, *hints.length, result);
}

core::Result<Playback> archived(const core::Capture& capture, const PlaybackRules& rules, Response response) {
  Playback result;
  const core::PlaybackAddress given = sent(capture, rules, response);
  if (given.timestamp.empty()) {
    result.notes.push_back("Memento-Datetime cannot be read: " + response.header("memento-datetime"));
  } else if (given.timestamp != capture.raw_timestamp) {
    result.offered = offer(capture, given.timestamp, given.original);
    if (result.offered) return result;
    return core::fail(Errc::unplayable, "the archive gave " + given.timestamp + " of " + given.original +
                                            " instead of " + capture.raw_timestamp + " of " + capture.original);
  }
  result.served = capture.timestamp;
  result.status = response.status;
  result.content_type = response.header("content-type");
  if (const std::string location = response.header("location"); !location.empty()) {
    result.location = redirect_target(capture, rules.playback, location);
  }
  if (core::url_key(given.original) != core::url_key(capture.original)) {
    result.notes.push_back("the archive calls the original " + given.original);
  }
  const DigestHints hints = hints_of(response);
  const std::string coding = response.header("content-encoding");
  auto decoded = decode_body(std::move(response.body), coding, result.content_type, rules.limits);
  if (!decoded) return core::fail(decoded.error().code, capture.raw_timestamp + " " + decoded.error().detail);
  if (decoded->body.empty() && result.status == 200 && !capture.digest.empty() && capture.digest != core::empty_sha1) {
    return core::fail(Errc::unplayable, "the archive gave an empty body for " + capture.raw_timestamp + " of " +
                                            capture.original + ", the index promised another");
  }
  judge_digest(capture, rules, *decoded, hints, result);
  result.body = std::move(decoded->body);
  if (!decoded->cut_short.empty()) result.cut_short = std::move(decoded->cut_short);
  result.notes.insert(result.notes.end(), decoded->notes.begin(), decoded->notes.end());
  return result;
}

}  // namespace

core::Result<Playback> read_playback(const core::Capture& capture, const PlaybackRules& rules, Response response) {
  if (response.has("memento-datetime")) return archived(capture, rules, std::move(response));

  const std::string asked = capture.raw_timestamp + " of " + capture.original;
  const int status = response.status;
  if (status >= 300 && status < 400) {
    const std::string location = response.header("location");
    const auto substitute = replay_address(location, rules.playback);
    if (substitute.timestamp.empty()) {
      return core::fail(Errc::http_status, "asked for " + asked + ", the archive leads elsewhere: " + location);
    }
    Playback result;
    const bool itself = substitute.timestamp == capture.raw_timestamp && substitute.original == capture.original;
    if (!itself) result.offered = offer(capture, substitute.timestamp, substitute.original);
    if (result.offered) return result;
    return core::fail(Errc::unplayable, "the archive does not give out " + asked + "; it leads to " +
                                            substitute.timestamp + " of " + substitute.original);
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
