#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/page_link.hpp"

namespace waydiff::crawler {

/// Links that score less are not followed: too little speaks for them.
inline constexpr double good_enough = 0.5;

/// A link as a candidate for a kind of document.
struct RankedLink {
  std::string url;                    ///< without fragment
  double score = 0;                   ///< 0 to 1
  std::vector<std::string> evidence;  ///< short lines: `footer link "Datenschutz"`, `address has "privacy"`
  bool off_site = false;              ///< another organisation's address, as far as names tell
};

/// The links of a home page that may be the site's document of `kind` ("privacy policy", "AGB" …; docs/discovery.md
/// lists them, others are known by their own words), best first, each address (urlkey) once. Judged by what they are
/// called, their address and their place, in some thirty languages. Those that nothing speaks for are left out.
/// Pure; the number of links times that of the kind's names.
[[nodiscard]] std::vector<RankedLink> rank_policy_links(const core::PageLinks& page, std::string_view kind);

/// How much an address by itself looks like a document of `kind`: 0 to 1.
[[nodiscard]] double policy_address(std::string_view url, std::string_view kind);

/// Are both addresses of one site: equal hosts, or below the same registered name ("example.co.uk")?
[[nodiscard]] bool same_site(std::string_view one, std::string_view other);

/// Where redirects end when a document is gone or withheld: home pages, log-ins, error, consent and maintenance pages.
[[nodiscard]] bool is_redirect_sink(std::string_view url);

}  // namespace waydiff::crawler
