#include <utility>

#include "report/plain_text.hpp"
#include "report/redline_passages.hpp"
#include "report/redline_terminal.hpp"

namespace waydiff::report {
namespace {

using Look = TerminalPen::Look;

/// What stands before the first line of a paragraph, as in the plain Markdown of a page.
std::string opening(const RedlineParagraph& paragraph) {
  const auto level = static_cast<std::size_t>(paragraph.level > 0 ? paragraph.level : 1);
  switch (paragraph.kind) {
    case core::BlockKind::heading:
      return std::string(level, '#') + " ";
    case core::BlockKind::list_item:
      return std::string(2 * level, ' ') + (paragraph.number.empty() ? "*" : paragraph.number) + " ";
    case core::BlockKind::paragraph:
      return paragraph.level > 0 ? std::string(2 * level + 2, ' ') : "";
    default:
      return {};
  }
}

class WholeText {
 public:
  WholeText(const Redline& redline, const TerminalPen& pen) : redline_(redline), pen_(pen), runs_(redline) {}

  std::string build() {
    for (const RedlinePassage& passage : redline_passages(redline_, redline_rows(redline_))) {
      const std::string bar = passage.changed ? "| " : "  ";
      bool first = true;
      for (const RedlineParagraph& one : passage.both) {
        const std::string text = paragraph(one, bar);
        if (text.empty()) continue;
        const bool item = one.kind == core::BlockKind::list_item || one.kind == core::BlockKind::table_row;
        if (!out_.empty() && !(item && after_item_)) out_ += first ? "\n" : "|\n";
        out_ += text;
        after_item_ = item;
        first = false;
      }
      for (const std::size_t change : passage.changes) out_ += note(change, bar);
    }
    return out_.empty() ? out_ : std::move(out_) + "\n";
  }

 private:
  std::string paragraph(const RedlineParagraph& paragraph, const std::string& bar) const {
    std::vector<MarkedText> parts;
    const auto space = [&parts] {
      if (!parts.empty()) parts.push_back({" "});
    };
    for (const RedlinePiece& piece : paragraph.pieces) {
      if (piece.kind == RedlineRow::Kind::left && !runs_.is_first(piece.change)) continue;
      space();
      append(parts, piece, paragraph.kind == core::BlockKind::heading);
    }
    if (parts.empty()) return {};
    const std::string first = opening(paragraph);
    return pen_.words(parts, bar + first, bar + std::string(columns(first), ' '));
  }

  void append(std::vector<MarkedText>& parts, const RedlinePiece& piece, bool heading) const {
    if (piece.kind == RedlineRow::Kind::left) {
      const ChangeView view = change_view(told_as_one(redline_.set, runs_.run(piece.change)));
      parts.push_back(
          pen_.look("[moved to " + view.to + ": " + start_of(piece.words.front().text, 40) + "]", Look::faint));
    } else if (piece.kind == RedlineRow::Kind::plain) {
      parts.push_back(pen_.look(piece.words.front().text, heading ? Look::strong : Look::plain));
    } else {
      const core::Change& change = redline_.set.changes[piece.change];
      pen_.append(parts, piece.words, change.significance == core::Significance::editorial,
                  change.kind == core::ChangeKind::moved);
    }
  }

  /// The reason and the flags of a change; what was added or removed shows that itself.
  std::string note(std::size_t change, const std::string& bar) const {
    const ChangeRun& run = runs_.run(change);
    if (run.first != change) return {};
    const ChangeView view = change_view(told_as_one(redline_.set, run));
    const bool plain = view.reason.empty() && view.flags.empty() && view.move.empty();
    const std::string indent = bar + "    ";
    return (plain ? std::string() : pen_.title(view, indent)) +
           pen_.markup(markup_ops(redline_, redline_.set.changes[change]), indent);
  }

  const Redline& redline_;
  const TerminalPen& pen_;
  const ChangeRuns runs_;
  std::string out_;
  bool after_item_ = false;  ///< items of one list stand close
};

}  // namespace

std::string terminal_document(const Redline& redline, const TerminalPen& pen) {
  return WholeText(redline, pen).build();
}

}  // namespace waydiff::report
