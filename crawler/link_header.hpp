#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace waydiff::crawler {

/// One `<address>; name="value"` of a Link header or of an application/link-format document.
struct Link {
  std::string target;                                           ///< as written, "&amp;" undone
  std::vector<std::pair<std::string, std::string>> parameters;  ///< names in lower case

  [[nodiscard]] std::string_view parameter(std::string_view name) const;  ///< empty if absent
  /// Whether the set of relations holds `word`: "first last memento" holds three.
  [[nodiscard]] bool is(std::string_view word) const;
};

struct Links {
  std::vector<Link> entries;
  bool whole = true;  ///< false: the text ends inside an entry, or is no links
};

/// Split at <…> and not at commas, which addresses and dates contain. Source: RFC 8288, RFC 7089 section 5; field
/// guide section 5.6.
[[nodiscard]] Links parse_links(std::string_view text);

}  // namespace waydiff::crawler
