#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/timestamp.hpp"
#include "crawler/policy_links.hpp"
#include "storage/rows.hpp"

namespace waydiff::pipeline {

using storage::home_page_kind;

/// Which captures of a home page to read: the first, the last, and between them one a year, evenly fewer when that is
/// more than `most`. Of those near a point of time pages come before redirects, and what is stored before what is not;
/// errors, and what the archive does not give out, are passed over. `rows` are by time; positions in it, ascending.
[[nodiscard]] std::vector<std::size_t> choose_home_pages(std::span<const storage::CaptureRow> rows, std::size_t most);

/// A home page at a time, its links ranked.
struct RankedPage {
  core::Timestamp time;
  std::vector<crawler::RankedLink> links;  ///< best first
};

/// What a site's home pages agree on.
struct Consensus {
  std::vector<storage::DiscoveryRow> found;  ///< the chosen one first, then by score; `found_at` is left empty
  /// Addresses that stood where the chosen one stands now, by time, with the time of the first page that shows each.
  std::vector<std::size_t> earlier;  ///< positions in `found`
};

/// Puts pages together, in the order of time. Chosen is the best address of the latest page that has a good enough one
/// which is either seen on two pages or beyond doubt; addresses that came first on earlier pages without it standing
/// beside them are its predecessors. Pure.
[[nodiscard]] Consensus agree(std::span<const RankedPage> pages);

}  // namespace waydiff::pipeline
