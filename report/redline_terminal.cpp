#include <string>
#include <string_view>

#include "report/change_view.hpp"
#include "report/plain_text.hpp"
#include "report/redline.hpp"

namespace waydiff::report {
namespace {

constexpr std::string_view plain = "\x1b[0m", bold = "\x1b[1m", faint = "\x1b[2m";
// Underline and strike as well as colour: red and green look alike to many eyes.
constexpr std::string_view removed = "\x1b[9;31m", added = "\x1b[4;32m";

class Printer {
 public:
  explicit Printer(bool colour) : colour_(colour) {}

  std::string styled(std::string_view style, std::string_view text) const {
    if (!colour_) return std::string(text);
    return std::string(style) + std::string(text) + std::string(plain);
  }

  std::string span(const core::WordOp& span) const {
    if (span.op == '-') return colour_ ? styled(removed, span.text) : "[-" + span.text + "-]";
    if (span.op == '+') return colour_ ? styled(added, span.text) : "{+" + span.text + "+}";
    return span.text;
  }

  std::string change(const core::Change& change) const {
    const ChangeView view = change_view(change);
    std::string head = view.kind;
    if (view.significance != "substantive") head += " (" + view.significance + ")";
    if (!view.reason.empty()) head += ", " + view.reason;
    std::string rest = "  " + view.place + ", clause " + view.numbers;
    for (const std::string& flag : view.flags) rest += " #" + flag;
    std::string out = styled(bold, head) + styled(faint, rest) + "\n";
    if (!view.move.empty()) out += "  " + view.move + "\n";
    out += "  ";
    for (const core::WordOp& op : view.spans) out += span(op);
    return out + "\n\n";
  }

 private:
  bool colour_;
};

}  // namespace

std::string redline_terminal(const core::ChangeSet& set, std::string_view old_source, std::string_view new_source,
                             bool colour) {
  const Printer printer(colour);
  std::string out = "--- " + visible(old_source) + "\n+++ " + visible(new_source) + "\n\n";
  for (const core::Change& change : set.changes) out += printer.change(change);
  for (const std::string& note : set.notes) out += "note: " + visible(note) + "\n";
  return out + summary(set) + "\n";
}

}  // namespace waydiff::report
