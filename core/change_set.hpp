#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waydiff::core {

enum class ChangeKind { added, removed, modified, moved, split, merged };
enum class Significance { substantive, structural, editorial };
[[nodiscard]] std::string_view name(ChangeKind kind) noexcept;
[[nodiscard]] std::string_view name(Significance significance) noexcept;

/// '=' both sides have the text, '-' only the old one, '+' only the new one.
struct WordOp {
  char op = '=';
  std::string text;
  friend bool operator==(const WordOp&, const WordOp&) = default;
};

/// One side of a change: `count` clauses from `index` (0-based, in the document's clause order).
struct ClauseRange {
  std::size_t index = 0;
  std::size_t count = 1;
  std::vector<std::string> path;
  std::string text;  ///< texts of the clauses joined by a space
  friend bool operator==(const ClauseRange&, const ClauseRange&) = default;
};

/// One clause-level difference. Source: design, sections 4 and 5.
struct Change {
  ChangeKind kind = ChangeKind::modified;
  Significance significance = Significance::substantive;
  std::string reason;  ///< the rule that judged: "reworded", "numbering", "typography", "date" …
  bool moved = false;  ///< reworded and in another place too
  double similarity = 0.0;
  std::vector<std::string> flags;     ///< negation, modality, number, duration, date, money, link, party, choice
  std::optional<ClauseRange> before;  ///< empty for added
  std::optional<ClauseRange> after;   ///< empty for removed
  std::vector<WordOp> ops;  ///< "=" and "-" joined give the old text, "=" and "+" the new; empty for added, removed
  friend bool operator==(const Change&, const Change&) = default;
};

/// What turns one document into another, in new-document order, removals at their old place.
struct ChangeSet {
  std::size_t before_clauses = 0;
  std::size_t after_clauses = 0;
  std::size_t unchanged = 0;  ///< clauses of the new document that stand in no change
  std::vector<Change> changes;
  std::vector<std::string> notes;  ///< "stopped looking for moves: 40,000 clauses"
  friend bool operator==(const ChangeSet&, const ChangeSet&) = default;
};

}  // namespace waydiff::core
