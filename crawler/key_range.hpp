#pragma once

#include <string>
#include <string_view>

#include "crawler/archive.hpp"

namespace waydiff::crawler {

/// A stretch of an index that is sorted by urlkey, compared byte by byte.
struct KeyRange {
  std::string first;  ///< the least key of it
  std::string end;    ///< the least key after it

  [[nodiscard]] bool holds(std::string_view urlkey) const { return first <= urlkey && urlkey < end; }
};

/// The keys that a query means. A prefix keeps the trailing slash that it was given; the prefix of a root path is the
/// host. Keys with a port belong to no host but their own. Source: field guide section 3.3.
[[nodiscard]] KeyRange key_range(std::string_view url, Match match);

}  // namespace waydiff::crawler
