#pragma once

#include <string>
#include <string_view>

#include "core/url.hpp"

namespace waydiff::crawler {

/// A playback address of an archive taken apart: absolute, scheme-relative or a path, with any flag or none. `playback`
/// is the base of its playback addresses. Both parts empty when the address leads elsewhere: to another host, or out
/// of the playback tree. Source: field guide sections 5.1, 5.4.
[[nodiscard]] core::PlaybackAddress replay_address(std::string_view address, std::string_view playback);

/// The same for an address as TimeMaps and Content-Location print it, whose path need not be that of raw playback:
/// what counts is "/TIMESTAMP[flag]/ADDRESS" in it.
[[nodiscard]] core::PlaybackAddress memento_address(std::string_view address);

/// "http://host:port" of an address, in lower case; empty if it has none. Default ports left out.
[[nodiscard]] std::string origin_of(std::string_view address);

/// An address as it stands in an answer to a request for `asked`: absolute, scheme-relative, or a path.
[[nodiscard]] std::string absolute_address(std::string_view reference, std::string_view asked);

}  // namespace waydiff::crawler
