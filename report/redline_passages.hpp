#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/redline_rows.hpp"

namespace waydiff::report {

/// Part of a paragraph that is shown in one way.
struct RedlinePiece {
  RedlineRow::Kind kind = RedlineRow::Kind::plain;
  std::size_t change = nowhere;     ///< of change and left
  std::vector<core::WordOp> words;  ///< `visible`; of left: what stood there, as '='
};

/// A paragraph, heading, list item or table row.
struct RedlineParagraph {
  core::BlockKind kind = core::BlockKind::paragraph;
  int level = 0;          ///< of a heading or list item
  std::string number{};   ///< "3." of an ordered list
  bool one_sided = true;  ///< nothing of it stands in the newer text
  std::vector<RedlinePiece> pieces{};
};

/// Paragraphs of both texts that belong together: neither text has a paragraph that reaches beyond it.
struct RedlinePassage {
  bool changed = false;
  std::vector<std::string> path;         ///< headings above its first clause
  std::vector<RedlineParagraph> both;    ///< both texts in one; just the newer one when nothing is marked
  std::vector<RedlineParagraph> before;  ///< the older text alone; empty when nothing is marked
  std::vector<std::size_t> changes;      ///< shown ones that have their place here
  std::size_t clauses = 0;               ///< clauses of the newer text
  std::vector<std::string> headings;     ///< texts of the headings among them
};

/// Both texts from top to bottom. Needs their clauses; without them every change is a paragraph of its own.
[[nodiscard]] std::vector<RedlinePassage> redline_passages(const Redline& redline, const std::vector<RedlineRow>& rows);

}  // namespace waydiff::report
