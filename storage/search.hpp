#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/change_set.hpp"
#include "core/timestamp.hpp"

namespace waydiff::storage {

/// What to find. Case and accents make no difference.
struct SearchQuery {
  /// Words that must all be there; "a phrase"; begin* of a word; -not. Text without spaces between words (Chinese,
  /// Japanese, Thai) is found as it is written.
  std::string words;
  std::string site{};                     ///< empty: any
  std::string document_kind{};            ///< "privacy policy"; empty: any
  std::optional<core::Timestamp> from{};  ///< what was seen, or happened, then or later
  std::optional<core::Timestamp> to{};    ///< then or earlier
  std::size_t limit = 20;
  // Of changes only; empty: any.
  std::vector<std::string> kinds{};          ///< "added" …
  std::vector<std::string> significances{};  ///< "substantive" …
  std::vector<std::string> flags{};          ///< all of them
};

/// What FTS5 is to look for, and what has to be looked for letter by letter.
struct SearchTerms {
  std::string match;                   ///< an FTS5 expression without anything that could be an error; may be empty
  std::vector<std::string> contained;  ///< texts of scripts that FTS5 does not part into words
  std::vector<std::string> absent;     ///< likewise, which must not be there
};
/// Pure. Everything but quotes, a final * and a first - is taken as words.
[[nodiscard]] SearchTerms search_terms(const std::string& words);

struct ClauseHit {
  std::string site, kind, url;
  std::string line;  ///< name of the clause
  std::string words;
  std::vector<std::string> path;
  core::Timestamp first_seen, last_seen;
  std::string first_snapshot, last_snapshot;
};

/// As much of a change as it takes to hold it against others.
struct ChangeHead {
  std::int64_t change = 0, target = 0;  ///< Ids
  std::string site;
  core::Timestamp not_before, not_after;
  core::ChangeKind kind = core::ChangeKind::modified;
  std::string old_text, new_text;
};

struct ChangeHit {
  std::int64_t target = 0;  ///< its Id
  std::string site, kind, url;
  core::Timestamp not_before, not_after;
  std::string old_snapshot, new_snapshot;
  core::ChangeKind change = core::ChangeKind::modified;
  core::Significance significance = core::Significance::substantive;
  std::string reason;
  std::vector<std::string> flags;
  std::vector<std::string> path;  ///< of the new side; of the old one for removed
  std::string old_text, new_text;
  std::vector<core::WordOp> ops;
};

}  // namespace waydiff::storage
