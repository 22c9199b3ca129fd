#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.hpp"

namespace waydiff::crawler {

/// An answer as it came over the wire: transfer coding undone, content coding not.
struct Response {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case, repeated ones kept
  std::string body;

  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::string header(std::string_view name) const;  ///< repeated ones joined by ", "; empty if absent
};

/// The body as text to look at, its content coding undone as far as that works: error pages come gzipped too.
[[nodiscard]] std::string page_text(const Response& response);

/// The archive's own refusal to show an address: the owner's exclusion, in its four encodings, or robots.txt.
/// Only for answers that are not captures. `text` is page_text(). Source: field guide sections 3.8, 5.8.
[[nodiscard]] std::optional<core::Error> exclusion(const Response& response, std::string_view text);

}  // namespace waydiff::crawler
