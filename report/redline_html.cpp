#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "report/change_view.hpp"
#include "report/html.hpp"
#include "report/plain_text.hpp"
#include "report/redline.hpp"
#include "report/templates_redline.hpp"

namespace waydiff::report {
namespace {

bool has_moved(const core::Change& change) {
  return change.before && change.after && (change.moved || change.kind == core::ChangeKind::moved);
}

std::string clause_numbers(const core::ClauseRange& range) {
  const std::string first = std::to_string(range.index + 1);
  return range.count < 2 ? first : first + "–" + std::to_string(range.index + range.count);
}

struct Move {
  std::size_t old_index = 0;
  std::size_t change = 0;
};

/// Moved clauses by their old place.
std::vector<Move> moves(const core::ChangeSet& set) {
  std::vector<Move> out;
  for (std::size_t i = 0; i < set.changes.size(); ++i) {
    if (has_moved(set.changes[i])) out.push_back({set.changes[i].before->index, i});
  }
  std::stable_sort(out.begin(), out.end(), [](const Move& a, const Move& b) { return a.old_index < b.old_index; });
  return out;
}

/// Writes the rows, with a pointer at each place that a clause moved away from.
class Rows {
 public:
  explicit Rows(const core::ChangeSet& set) : set_(set), moves_(moves(set)), list_(list_data()) {}

  Data build() {
    for (std::size_t i = 0; i < set_.changes.size(); ++i) {
      const core::Change& change = set_.changes[i];
      // Only clauses that stayed tell how far in the old text the page has come.
      if (change.before && !has_moved(change)) leave(change.before->index);
      add(change, i);
    }
    leave(static_cast<std::size_t>(-1));
    return list_;
  }

 private:
  void leave(std::size_t before) {
    for (; next_ < moves_.size() && moves_[next_].old_index < before; ++next_) {
      const core::Change& change = set_.changes[moves_[next_].change];
      Data left;
      left.set("old_numbers", clause_numbers(*change.before));
      left.set("new_numbers", clause_numbers(*change.after));
      set_ids(left, moves_[next_].change);
      push(change.before->path, left, Data(false));
    }
  }

  void add(const core::Change& change, std::size_t index) {
    const ChangeView view = change_view(change);
    Data shown = change_data(view);
    shown.set("significance", view.significance);
    set_ids(shown, index);
    const bool both = change.before && change.after && !view.same_words;
    shown.set("inline", Data(!both));
    shown.set("sides", Data(both));
    shown.set("old_spans", spans_data(view.spans));
    shown.set("new_spans", spans_data(view.spans));
    push(change.after ? change.after->path : change.before ? change.before->path : no_path_, Data(false), shown);
  }

  static void set_ids(Data& data, std::size_t change) {
    data.set("from_id", "from" + std::to_string(change + 1));
    data.set("to_id", "c" + std::to_string(change + 1));
  }

  void push(const std::vector<std::string>& path, const Data& left, const Data& shown) {
    const std::string section = path.empty() ? "(top)" : path_text(path);
    Data row;
    row.set("section", section == section_ ? Data(false) : Data(section));
    row.set("left", left);
    row.set("shown", shown);
    list_.push_back(row);
    section_ = section;
  }

  const core::ChangeSet& set_;
  std::vector<Move> moves_;
  std::size_t next_ = 0;
  Data list_;
  std::string section_;
  const std::vector<std::string> no_path_;
};

}  // namespace

std::string redline_html(const core::ChangeSet& set, std::string_view old_source, std::string_view new_source) {
  Data data;
  data.set("old_source", visible(old_source));
  data.set("new_source", visible(new_source));
  data.set("n_old", counted(set.before_clauses, "clause"));
  data.set("n_new", counted(set.after_clauses, "clause"));
  data.set("change_summary", summary(set));
  Data notes = list_data();
  for (const std::string& note : set.notes) notes.push_back(Data(visible(note)));
  data.set("notes", notes);
  data.set("rows", Rows(set).build());
  return html_page("Changes", redline_template, data);
}

}  // namespace waydiff::report
