#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "core/document.hpp"

namespace waydiff::extract {

/// What other pages of a site and other captures of a page say about its blocks. The same Documents give the same
/// answers in whatever order they were added. Pure; memory grows with the text added.
class Evidence {
 public:
  enum class Role { policy, other };  ///< another policy of the site, or a page that is none (its home page)

  /// Another page of the same site.
  void add_page(const core::Document& page, Role role);
  /// A capture of the page in question, all of them, the one that will be cleaned too.
  void add_capture(const core::Document& capture);

  /// The block stands on other pages too: on any if it is mostly links, else on two, one of them no policy. Addresses
  /// that close all policies of a site are therefore no clutter.
  [[nodiscard]] bool stands_elsewhere(const core::Block& block) const;
  /// Three captures or more that are otherwise alike hold the block, and no two of them with the same numbers:
  /// a counter, a token, the date of the day.
  [[nodiscard]] bool varies_always(const core::Block& block) const;

 private:
  struct Places {
    std::size_t pages = 0;
    std::size_t others = 0;  ///< of these, pages that are no policy
  };
  struct Variants {
    std::size_t captures = 0;
    std::set<std::string> texts;
  };
  std::unordered_map<std::string, Places> places_;                             ///< by a block's words
  std::unordered_map<std::string, std::map<std::string, Variants>> variants_;  ///< by words without numbers, by page
};

/// `document` without what the evidence calls clutter. Blocks between its first and its last paragraph of prose go only
/// if they vary always; before and behind also if they stand elsewhere and are short or mostly links. The first heading
/// and lines that state a date of the document stay. Notes how many went.
[[nodiscard]] core::Document without_clutter(core::Document document, const Evidence& evidence);

}  // namespace waydiff::extract
