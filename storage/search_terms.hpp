#pragma once

#include <optional>
#include <string>

#include "core/error.hpp"

namespace waydiff::storage {

/// The words of a search as parameters of its SQL.
struct SearchWords {
  std::optional<std::string> match;  ///< an FTS5 expression; empty: none
  std::string contained, absent;     ///< JSON: patterns of LIKE
};
/// Fails with bad_argument when there are no words to look for.
[[nodiscard]] core::Result<SearchWords> search_words(const std::string& words);

}  // namespace waydiff::storage
