#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/capture.hpp"

namespace waydiff::bench {

/// One of a made store's targets: twenty years of captures of a page whose words change now and then. All follows from
/// the numbers.
struct MadeHistory {
  std::string url, site;
  std::vector<core::Capture> captures;  ///< by time, with the digests of their pages
  std::vector<std::size_t> page_of;     ///< of each capture: which of `pages` it shows
  std::vector<std::string> pages;       ///< HTML of 3 to 6 KB; neighbours differ in a sentence or two
};

/// `target` from 0. Of five captures in a row four show the page of the one before, as in real histories.
[[nodiscard]] MadeHistory made_history(std::size_t target, std::size_t captures);

}  // namespace waydiff::bench
