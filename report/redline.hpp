#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/change_set.hpp"
#include "core/document.hpp"
#include "diff/clause_view.hpp"
#include "report/change_filter.hpp"

namespace waydiff::report {

/// One of the two texts of a redline.
struct RedlineSide {
  std::string name;                             ///< as the reader gave it
  std::string origin{};                         ///< "captured 2018-05-25 10:11 UTC"; empty for a file
  std::string address{};                        ///< of the snapshot; empty for a file
  const core::Document* document = nullptr;     ///< the clauses' blocks; without it all are paragraphs
  std::span<const diff::ClauseView> clauses{};  ///< all of the text; without them there are changes, but no context
};

/// Two texts, how they differ, and which of it to show. Refers to the change set, documents and clauses.
struct Redline {
  Redline(const core::ChangeSet& change_set, std::string before_name, std::string after_name)
      : set(change_set), before{std::move(before_name)}, after{std::move(after_name)} {}

  const core::ChangeSet& set;
  RedlineSide before, after;
  ChangeFilter filter;
};

struct TerminalStyle {
  bool colour = false;
  std::size_t width = 0;  ///< columns to break lines at; 0: never
  bool all = false;       ///< the whole newer text with the changes in place
  bool sources = true;    ///< begin with the names of both texts
};

/// A ChangeSet in forms for people. All text is escaped for the form, and `visible`. Linear.
[[nodiscard]] std::string redline_terminal(const Redline& redline, const TerminalStyle& style);
[[nodiscard]] std::string redline_markdown(const Redline& redline);
/// A whole, self-contained page: inline and side by side, only the changes and the whole document.
[[nodiscard]] std::string redline_html(const Redline& redline);

/// "2 added, 3 editorial; 110 unchanged", and how many of the changes are shown when some are left out.
[[nodiscard]] std::string redline_summary(const Redline& redline);

}  // namespace waydiff::report
