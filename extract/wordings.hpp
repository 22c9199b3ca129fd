#pragma once

#include <string_view>
#include <utility>

#include "core/document.hpp"

namespace waydiff::extract {

/// Where a page says something: its title and headings say what it is, its text may only mention it.
struct Said {
  std::string_view titles;  ///< title and first headings, as core::folded_words
  std::string_view text;    ///< all words, likewise
};

/// A wording that tells what a page is.
struct Wording {
  core::Quarantine reason = core::Quarantine::none;
  std::string_view words;  ///< as core::folded_words; empty for none found
  bool in_title = false;
};

/// What pages that are no documents say of themselves: security vendors' block pages, servers' error and maintenance
/// pages, missing pages, archives' own pages, parked domains, in English and twenty further languages. Wordings that a
/// policy uses as well count in titles and headings only. Linear in the text.
[[nodiscard]] Wording telling_wording(const Said& said);

/// A question of consent has its subject (cookies, choices, partners) and its answers ("accept all"): both, or empty.
[[nodiscard]] std::string_view consent_wording(std::string_view text);

/// "You must be logged in", an age gate, a paywall; `password`: the page has a field for one. Empty for none.
[[nodiscard]] std::string_view login_wording(const Said& said, bool password);

}  // namespace waydiff::extract
