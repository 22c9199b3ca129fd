#pragma once

#include <string_view>

#include "core/capture.hpp"
#include "core/error.hpp"
#include "crawler/archive.hpp"
#include "crawler/body_coding.hpp"
#include "crawler/http_response.hpp"

namespace waydiff::crawler {

/// What an answer to a playback request is. The header Memento-Datetime alone makes it a capture, whatever its status;
/// without it the archive itself speaks. Fails with unplayable (another capture offered or served, not archived,
/// nothing stored), excluded, rate_limited (429, and a 403 that gives no reason), too_large, and http_status for what
/// may pass: 5xx, a page that is no capture, a service message. `playback` is the base of playback addresses.
/// Source: field guide section 5.3.
[[nodiscard]] core::Result<Playback> read_playback(const core::Capture& capture, std::string_view playback,
                                                   Response response, BodyLimits limits);

}  // namespace waydiff::crawler
