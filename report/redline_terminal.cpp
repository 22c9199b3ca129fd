#include "report/redline_terminal.hpp"

#include "report/plain_text.hpp"

namespace waydiff::report {
namespace {

constexpr std::string_view plain = "\x1b[0m";
// Underline and strike as well as colour: red and green look alike to many eyes.
constexpr TextMark removed{"\x1b[9;31m", plain}, added{"\x1b[4;32m", plain}, moved_here{"\x1b[36m", plain};
constexpr TextMark faint_removed{"\x1b[2;9;31m", plain}, faint_added{"\x1b[2;4;32m", plain};
constexpr TextMark strong{"\x1b[1m", plain}, faint{"\x1b[2m", plain}, section{"\x1b[1;36m", plain};
constexpr TextMark bare_removed{"[-", "-]", true}, bare_added{"{+", "+}", true}, bare_moved{"{>", "<}", true};

std::string source(std::string_view mark, const RedlineSide& side) {
  std::string out = std::string(mark) + " " + visible(side.name);
  for (const std::string* more : {&side.origin, &side.address}) {
    if (!more->empty()) out += "  " + visible(*more);
  }
  return out + "\n";
}

}  // namespace

MarkedText TerminalPen::look(std::string text, Look look) const {
  MarkedText out{std::move(text)};
  if (!style_.colour) return out;
  if (look == Look::strong) out.mark = strong;
  if (look == Look::faint) out.mark = faint;
  if (look == Look::section) out.mark = section;
  return out;
}

std::string TerminalPen::line(std::string_view text, Look look, std::string_view indent) const {
  return words({this->look(std::string(text), look)}, indent, indent);
}

std::string TerminalPen::words(const std::vector<MarkedText>& parts, std::string_view first,
                               std::string_view rest) const {
  return wrapped(parts, style_.width, first, rest);
}

void TerminalPen::append(std::vector<MarkedText>& parts, const std::vector<core::WordOp>& words, bool editorial,
                         bool moved) const {
  for (const core::WordOp& word : words) {
    MarkedText part{word.text};
    if (word.op == '-') part.mark = !style_.colour ? bare_removed : editorial ? faint_removed : removed;
    if (word.op == '+') part.mark = !style_.colour ? bare_added : editorial ? faint_added : added;
    if (word.op == '=' && moved) part.mark = style_.colour ? moved_here : bare_moved;
    if (word.op == '=' && !moved && editorial && style_.colour) part.mark = faint;
    parts.push_back(std::move(part));
  }
}

std::string TerminalPen::title(const ChangeView& view, std::string_view indent) const {
  const bool editorial = view.significance == core::name(core::Significance::editorial);
  std::string rest = "  " + clause_numbers(view);
  for (const std::string& flag : view.flags) rest += " #" + flag;
  if (!view.from.empty()) rest += "  from " + view.from;
  return words({look(change_title(view), editorial ? Look::faint : Look::strong), look(rest, Look::faint)}, indent,
               std::string(indent) + "  ");
}

std::string TerminalPen::markup(const std::vector<core::WordOp>& ops, std::string_view indent) const {
  if (ops.empty()) return {};
  std::vector<MarkedText> parts;
  std::vector<core::WordOp> shown;
  for (const core::WordOp& op : ops) shown.push_back({op.op, visible(op.text)});
  append(parts, shown, true, false);
  const std::string first = std::string(indent) + "markup: ";
  return words(parts, first, std::string(indent) + "  ");
}

std::string redline_summary(const Redline& redline) {
  std::string out = summary(redline.set);
  if (redline.filter.shows_all()) return out;
  return out + "; shown: " + std::to_string(redline.filter.count_shown(redline.set)) + " of " +
         std::to_string(redline.set.changes.size()) + " (" + redline.filter.text() + ")";
}

std::string redline_terminal(const Redline& redline, const TerminalStyle& style) {
  const TerminalPen pen(style);
  std::string out;
  if (style.sources) out = source("---", redline.before) + source("+++", redline.after) + "\n";
  out += style.all ? terminal_document(redline, pen) : terminal_changes(redline, pen);
  for (const std::string& note : redline.set.notes) out += "note: " + visible(note) + "\n";
  return out + redline_summary(redline) + "\n";
}

}  // namespace waydiff::report
