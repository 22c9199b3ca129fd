#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/change_view.hpp"
#include "report/redline.hpp"
#include "report/redline_rows.hpp"
#include "report/wrapped_text.hpp"

namespace waydiff::report {

/// How the parts of a redline look on a terminal: in colour, or with marks that anyone can read.
class TerminalPen {
 public:
  explicit TerminalPen(const TerminalStyle& style) : style_(style) {}

  /// One paragraph of words in one look.
  enum class Look { plain, strong, faint, section };
  [[nodiscard]] std::string line(std::string_view text, Look look, std::string_view indent) const;

  /// Words with their marks; `first` and `rest` stand before its lines.
  [[nodiscard]] std::string words(const std::vector<MarkedText>& parts, std::string_view first,
                                  std::string_view rest) const;
  [[nodiscard]] MarkedText look(std::string text, Look look) const;
  /// Appends the words of a change: struck, underlined, and faint when it is editorial. `moved`: its unchanged words
  /// are marked as well.
  void append(std::vector<MarkedText>& parts, const std::vector<core::WordOp>& words, bool editorial, bool moved) const;

  /// "modified, reworded  clause 5 → 6  #modality", and for what moved, from where.
  [[nodiscard]] std::string title(const ChangeView& view, std::string_view indent) const;
  /// What differs in emphasis or links, where the words do not; empty when nothing does.
  [[nodiscard]] std::string markup(const std::vector<core::WordOp>& ops, std::string_view indent) const;

  [[nodiscard]] const TerminalStyle& style() const { return style_; }

 private:
  TerminalStyle style_;
};

/// The changes alone, each with a clause of context on both sides.
[[nodiscard]] std::string terminal_changes(const Redline& redline, const TerminalPen& pen);
/// The whole newer text with the changes in place; passages with changes have a bar beside them.
[[nodiscard]] std::string terminal_document(const Redline& redline, const TerminalPen& pen);

}  // namespace waydiff::report
