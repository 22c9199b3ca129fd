#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/url.hpp"

namespace waydiff::extract {

/// Turns the hrefs of one page into absolute original addresses.
class LinkBase {
 public:
  /// `url`: the page's address, an archive's playback address or empty. `base`: its <base href>, or empty.
  LinkBase(std::string_view url, std::string_view base);

  /// Empty for what leads nowhere (javascript:, data:, nothing). E-mail addresses that Cloudflare hides come out as
  /// mailto:.
  [[nodiscard]] std::string resolve(std::string_view href) const;

 private:
  std::optional<core::Url> base_;
};

/// The address behind Cloudflare's hexadecimal `data-cfemail`; empty if it is none.
[[nodiscard]] std::string hidden_email(std::string_view hex);

}  // namespace waydiff::extract
