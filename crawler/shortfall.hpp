#pragma once

#include <cstdint>

#include "crawler/archive.hpp"

namespace waydiff::crawler {

/// Records that `held` of the `announced` bytes of a body are there: as Playback::cut_short if more than a fiftieth is
/// missing, as a note if less, for proxies change a few bytes of a page and not its length. Nothing if none is missing.
void note_missing(std::int64_t held, std::int64_t announced, Playback& playback);

}  // namespace waydiff::crawler
