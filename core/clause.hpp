#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace waydiff::core {

enum class ClauseKind { heading, sentence, list_item, table_row };

/// The smallest unit compared (design, section 4). Texts are NFC with spaces collapsed.
struct Clause {
  ClauseKind kind = ClauseKind::sentence;
  std::string text;               ///< plain words, enumerator included
  std::string markup;             ///< the same as inline Markdown: tells emphasis and link changes apart
  std::string fingerprint;        ///< what carries meaning: NFKC, folded case, quotes, dashes, spaces; no enumerator
  std::vector<std::string> path;  ///< texts of the headings above, outermost first
  std::size_t block = 0;          ///< index of its block in the Document

  friend bool operator==(const Clause&, const Clause&) = default;
};

}  // namespace waydiff::core
