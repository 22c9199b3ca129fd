#include <algorithm>

#include "report/plain_text.hpp"
#include "report/redline_terminal.hpp"

namespace waydiff::report {
namespace {

using Look = TerminalPen::Look;

constexpr std::size_t context_without_width = 100;

class ChangeList {
 public:
  ChangeList(const Redline& redline, const TerminalPen& pen)
      : redline_(redline), pen_(pen), rows_(redline_rows(redline)), runs_(redline) {}

  std::string build() {
    for (const RedlineRow& row : rows_) {
      if (row.kind == RedlineRow::Kind::plain) {
        if (!row.after.empty()) waiting_.push_back(&row);
      } else if (runs_.is_first(row.change)) {
        bring_context(&row);
        last_path_ = row.path;
        out_ += row.kind == RedlineRow::Kind::left ? left(row) : change(row.change);
        is_open_ = true;
      }
    }
    bring_context(nullptr);
    return std::move(out_);
  }

 private:
  /// What stands between the change before and the one to come: a clause of context each, and how much there is
  /// between.
  void bring_context(const RedlineRow* next) {
    const bool has_after = is_open_ && !waiting_.empty() && *waiting_.front()->path == *last_path_;
    const bool has_before = next != nullptr && !waiting_.empty() && *waiting_.back()->path == *next->path;
    const bool same_clause = has_after && has_before && waiting_.size() == 1;
    if (has_after) out_ += context(*waiting_.front());
    const std::size_t told = same_clause ? 1 : (has_after ? 1U : 0U) + (has_before ? 1U : 0U);
    const std::size_t between = waiting_.size() - told;
    // Two clauses of context with nothing between them are read as one.
    const bool adjoining = has_after && has_before && between == 0 && *next->path == *last_path_;
    if (is_open_ && !adjoining) out_ += "\n";
    if (is_open_ && next != nullptr && between > 0) out_ += gap(between) + "\n";
    if (next != nullptr && (last_path_ == nullptr || *next->path != *last_path_)) {
      const std::string path = path_text(*next->path);
      out_ += pen_.line("@@ " + (path.empty() ? "(top)" : path) + " @@", Look::section, "") + "\n";
    }
    if (has_before && !same_clause) out_ += context(*waiting_.back());
    waiting_.clear();
  }

  std::string gap(std::size_t clauses) const {
    const bool hidden =
        std::any_of(waiting_.begin(), waiting_.end(), [](const auto* r) { return r->change != nowhere; });
    return pen_.line("… " + counted(clauses, "clause") + (hidden ? " unchanged or left out" : " unchanged"),
                     Look::faint, "  ");
  }

  /// One line of it: enough to find the place.
  std::string context(const RedlineRow& row) const {
    const std::size_t width = pen_.style().width > 20 ? pen_.style().width - 6 : context_without_width;
    return pen_.line("· " + start_of(visible(row.after.text), width), Look::faint, "  ");
  }

  std::string left(const RedlineRow& row) const {
    const ChangeView view = change_view(told_as_one(redline_.set, runs_.run(row.change)));
    return pen_.words({pen_.look("moved away", Look::strong), pen_.look("  to " + view.to, Look::faint)}, "", "  ") +
           pen_.line(start_of(visible(row.before.text), context_without_width / 2), Look::faint, "  ");
  }

  std::string change(std::size_t first) const {
    const ChangeRun& run = runs_.run(first);
    std::string out = pen_.title(change_view(told_as_one(redline_.set, run)), "");
    for (std::size_t i = first; i < first + run.count; ++i) {
      const core::Change& one = redline_.set.changes[i];
      std::vector<MarkedText> parts;
      const bool moved_only = one.kind == core::ChangeKind::moved;
      pen_.append(parts, change_view(one).spans, one.significance == core::Significance::editorial, moved_only);
      out += pen_.words(parts, "  ", "  ") + pen_.markup(markup_ops(redline_, one), "  ");
    }
    return out;
  }

  const Redline& redline_;
  const TerminalPen& pen_;
  const std::vector<RedlineRow> rows_;
  const ChangeRuns runs_;
  std::vector<const RedlineRow*> waiting_;  ///< plain rows since the last change
  const std::vector<std::string>* last_path_ = nullptr;
  bool is_open_ = false;  ///< a change was printed
  std::string out_;
};

}  // namespace

std::string terminal_changes(const Redline& redline, const TerminalPen& pen) {
  return ChangeList(redline, pen).build();
}

}  // namespace waydiff::report
