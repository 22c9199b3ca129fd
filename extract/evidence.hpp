#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/document.hpp"
#include "core/timestamp.hpp"

namespace waydiff::extract {

/// What other pages of a site and other captures of a page say about its blocks. The same Documents give the same
/// answers in whatever order they were added. Pure; memory grows with the text added.
class Evidence {
 public:
  enum class Role { policy, other };  ///< another policy of the site, or a page that is none (its home page)

  /// Another page of the same site.
  void add_page(const core::Document& page, Role role);
  /// A text of the page in question and when it was captured; each once, the one that will be cleaned too.
  void add_text(const core::Document& text, std::span<const core::Timestamp> captured);

  /// The block stands on other pages too: on any if it is mostly links, else on two, one of them no policy. Addresses
  /// that close all policies of a site are therefore no clutter.
  [[nodiscard]] bool stands_elsewhere(const core::Block& block) const;
  /// Texts that are otherwise alike hold the block, each with other numbers: three of them captured within a month, or
  /// eight at any times; and none came back or lasted longer than a day. A counter, a token, the date of the day; a
  /// term of the document does not change that often with nothing else.
  [[nodiscard]] bool varies_always(const core::Block& block) const;

 private:
  struct Places {
    std::size_t pages = 0;
    std::size_t others = 0;  ///< of these, pages that are no policy
  };
  struct Seen {
    core::Timestamp first, last;
  };
  using Variants = std::map<std::string, Seen>;     ///< by the block's words
  std::unordered_map<std::string, Places> places_;  ///< by a block's words
  /// By the block's words without numbers, then by the digest of the page's.
  std::unordered_map<std::string, std::map<std::string, Variants>> variants_;
};

struct Clutter {
  enum class Why { varies_always, stands_elsewhere };
  Why why = Why::varies_always;
  std::string text;  ///< the block's words
};
[[nodiscard]] std::string_view name(Clutter::Why why) noexcept;  ///< "varies_always"

/// Takes from `document` what the evidence calls clutter, and returns it in its order. Blocks between the first and the
/// last paragraph of prose go only if they vary always; before and behind also if they stand elsewhere and are short or
/// mostly links. The first heading and lines that state a date of the document stay. A note says how many went.
[[nodiscard]] std::vector<Clutter> take_clutter(core::Document& document, const Evidence& evidence);

}  // namespace waydiff::extract
