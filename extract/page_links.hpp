#pragma once

#include <string_view>

#include "core/error.hpp"
#include "core/page_link.hpp"
#include "extract/extract.hpp"

namespace waydiff::extract {

/// The links of an HTML page: <a>, <area>, <link>, frames; those that scripts would write are not among them. Archive
/// playback addresses come out as originals. Places are told by structure (<nav>, <footer>, landmarks), then by names
/// of classes, then by where in the page a link stands. At most 5,000 links are kept, the rest is reported as cut.
/// Fails with too_large; bytes that are no page have no links. Pure; linear in the size of the body.
[[nodiscard]] core::Result<core::PageLinks> page_links(std::string_view body, const Page& page,
                                                       const Limits& limits = {});

}  // namespace waydiff::extract
