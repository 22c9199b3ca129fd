#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/archive_profile.hpp"
#include "core/capture.hpp"
#include "core/error.hpp"
#include "crawler/archive.hpp"
#include "crawler/body_coding.hpp"
#include "crawler/http_response.hpp"

namespace waydiff::crawler {

/// How one archive's playback answers are to be read.
struct PlaybackRules {
  std::string_view playback;  ///< the base of playback addresses
  BodyLimits limits{};
  core::ReplayPolicy replay = core::ReplayPolicy::strict;
  std::vector<std::string> siblings{};  ///< digests that the index has for the same second
};

/// What an answer to a playback request is. The header Memento-Datetime alone makes it a capture, whatever its status;
/// without it the archive itself speaks. Another capture of the same page, offered by a redirect or sent in place of
/// the one asked for, comes back as `offered`. Fails with unplayable (another page is given, not archived, nothing
/// stored), excluded, rate_limited (429, and a 403 that gives no reason), too_large, and http_status for what may
/// pass: 5xx, a page that is no capture, a service message, a redirect off the archive. Source: field guide 5.3.
[[nodiscard]] core::Result<Playback> read_playback(const core::Capture& capture, const PlaybackRules& rules,
                                                   Response response);

}  // namespace waydiff::crawler
