#include "report/redline_rows.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace waydiff::report {
namespace {

const std::vector<std::string> no_path;

ClauseSpan span_of(const core::ClauseRange& range) {
  return {range.index, std::max<std::size_t>(range.count, 1), range.text};
}

/// Clauses of one side that stand in no change.
std::vector<std::size_t> unchanged(std::size_t clauses, const core::ChangeSet& set,
                                   std::optional<core::ClauseRange> core::Change::*side) {
  std::vector<bool> touched(clauses, false);
  for (const core::Change& change : set.changes) {
    const auto& range = change.*side;
    if (!range) continue;
    for (std::size_t i = range->index; i < range->index + range->count && i < clauses; ++i) touched[i] = true;
  }
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < clauses; ++i) {
    if (!touched[i]) out.push_back(i);
  }
  return out;
}

/// Walks both texts at once. What stayed keeps the order of both, so the nth unchanged clause of one side is the nth
/// of the other.
class Walk {
 public:
  explicit Walk(const Redline& redline)
      : redline_(redline),
        knows_clauses_(!redline.before.clauses.empty() || !redline.after.clauses.empty()),
        old_same_(unchanged(redline.before.clauses.size(), redline.set, &core::Change::before)),
        new_same_(unchanged(redline.after.clauses.size(), redline.set, &core::Change::after)) {
    for (std::size_t i = 0; i < redline.set.changes.size(); ++i) {
      if (has_moved(redline.set.changes[i])) moves_.push_back(i);
    }
    std::stable_sort(moves_.begin(), moves_.end(), [&](std::size_t a, std::size_t b) {
      return redline.set.changes[a].before->index < redline.set.changes[b].before->index;
    });
  }

  std::vector<RedlineRow> run() {
    for (std::size_t i = 0; i < redline_.set.changes.size(); ++i) {
      const core::Change& change = redline_.set.changes[i];
      if (change.after) {
        same_until([&](std::size_t at) { return at < new_same_.size() && new_same_[at] < change.after->index; });
      } else if (change.before) {
        same_until([&](std::size_t at) { return at < old_same_.size() && old_same_[at] < change.before->index; });
      }
      add(i);
    }
    same_until([&](std::size_t at) { return at < std::max(old_same_.size(), new_same_.size()); });
    leave(nowhere);
    return std::move(rows_);
  }

 private:
  template <class Before>
  void same_until(Before before) {
    for (; before(next_same_); ++next_same_) {
      RedlineRow row;
      if (next_same_ < old_same_.size()) {
        const diff::ClauseView& clause = redline_.before.clauses[old_same_[next_same_]];
        row.before = {old_same_[next_same_], 1, clause.text};
        row.path = clause.path;
        leave(row.before.first);
      }
      if (next_same_ < new_same_.size()) {
        const diff::ClauseView& clause = redline_.after.clauses[new_same_[next_same_]];
        row.after = {new_same_[next_same_], 1, clause.text};
        row.path = clause.path;
      }
      rows_.push_back(row);
    }
  }

  /// The places that clauses moved away from, above the old clause `before`.
  void leave(std::size_t before) {
    for (; next_move_ < moves_.size(); ++next_move_) {
      const core::Change& change = redline_.set.changes[moves_[next_move_]];
      if (change.before->index >= before) return;
      RedlineRow row;
      row.kind = RedlineRow::Kind::left;
      row.before = span_of(*change.before);
      row.path = &change.before->path;
      push(row, moves_[next_move_]);
    }
  }

  void add(std::size_t index) {
    const core::Change& change = redline_.set.changes[index];
    RedlineRow row;
    row.kind = RedlineRow::Kind::change;
    row.path = change.after ? &change.after->path : change.before ? &change.before->path : &no_path;
    if (change.before && !has_moved(change)) {
      leave(change.before->index);
      row.before = span_of(*change.before);
    }
    if (change.after) row.after = span_of(*change.after);
    push(row, index);
  }

  void push(RedlineRow row, std::size_t change) {
    if (!redline_.filter.shows(redline_.set.changes[change])) {
      if (!knows_clauses_) return;
      row.kind = RedlineRow::Kind::plain;
    }
    row.change = change;
    rows_.push_back(row);
  }

  const Redline& redline_;
  bool knows_clauses_;
  std::vector<std::size_t> old_same_, new_same_;
  std::size_t next_same_ = 0;
  std::vector<std::size_t> moves_;  ///< changes, by their old place
  std::size_t next_move_ = 0;
  std::vector<RedlineRow> rows_;
};

bool follows(const std::optional<core::ClauseRange>& a, const std::optional<core::ClauseRange>& b) {
  return a.has_value() == b.has_value() && (!a || a->index + a->count == b->index);
}

bool starts_with(const std::vector<std::string>& path, const std::vector<std::string>& start) {
  return path.size() >= start.size() && std::equal(start.begin(), start.end(), path.begin());
}

bool is_below(const std::optional<core::ClauseRange>& first, const std::optional<core::ClauseRange>& next) {
  return !first || starts_with(next->path, first->path);
}

/// Whether a change goes on with what a run of changes that begins with `first` and ends with `last` tells.
bool goes_on(const core::Change& first, const core::Change& last, const core::Change& next) {
  using core::ChangeKind;
  const bool runs =
      next.kind == ChangeKind::added || next.kind == ChangeKind::removed || next.kind == ChangeKind::moved;
  return runs && last.kind == next.kind && last.significance == next.significance && last.reason == next.reason &&
         last.flags == next.flags && follows(last.before, next.before) && follows(last.after, next.after) &&
         is_below(first.before, next.before) && is_below(first.after, next.after);
}

/// The words of inline Markdown; the target of a link is one.
std::vector<std::string_view> markup_words(std::string_view markup) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  const auto cut = [&](std::size_t at) {
    if (at > begin) out.push_back(markup.substr(begin, at - begin));
    begin = at;
  };
  for (std::size_t i = 0; i < markup.size(); ++i) {
    if (markup[i] == ' ' || markup[i] == '[') cut(i);
    if (markup[i] == ')') cut(i);
    if (markup[i] == '(' && i > 0 && markup[i - 1] == ']') cut(i + 1);
  }
  cut(markup.size());
  return out;
}

/// Few words beside what differs are enough to find the place.
constexpr std::size_t markup_context = 4;

}  // namespace

bool has_moved(const core::Change& change) {
  return change.before && change.after && (change.moved || change.kind == core::ChangeKind::moved);
}

std::vector<RedlineRow> redline_rows(const Redline& redline) {
  return Walk(redline).run();
}

ChangeRuns::ChangeRuns(const Redline& redline) : run_of_(redline.set.changes.size(), nowhere) {
  const auto& changes = redline.set.changes;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (!redline.filter.shows(changes[i])) continue;
    const bool after_shown = i > 0 && run_of_[i - 1] != nowhere;
    if (after_shown && goes_on(changes[runs_.back().first], changes[i - 1], changes[i])) {
      ++runs_.back().count;
    } else {
      runs_.push_back({i, 1});
    }
    run_of_[i] = runs_.size() - 1;
  }
}

core::Change told_as_one(const core::ChangeSet& set, const ChangeRun& run) {
  core::Change out = set.changes[run.first];
  for (std::size_t i = run.first + 1; i < run.first + run.count; ++i) {
    if (out.before) out.before->count += set.changes[i].before->count;
    if (out.after) out.after->count += set.changes[i].after->count;
  }
  return out;
}

std::vector<core::WordOp> markup_ops(const Redline& redline, const core::Change& change) {
  if (!change.before || !change.after || change.before->text != change.after->text) return {};
  const std::size_t i = change.before->index, j = change.after->index;
  if (i >= redline.before.clauses.size() || j >= redline.after.clauses.size()) return {};
  const auto was = markup_words(redline.before.clauses[i].markup), is = markup_words(redline.after.clauses[j].markup);
  std::size_t head = 0, tail = 0;
  while (head < was.size() && head < is.size() && was[head] == is[head]) ++head;
  const std::size_t most = std::min(was.size(), is.size()) - head;
  while (tail < most && was[was.size() - 1 - tail] == is[is.size() - 1 - tail]) ++tail;
  if (head == was.size() && head == is.size()) return {};
  std::vector<core::WordOp> out;
  const auto add = [&out](char op, const std::vector<std::string_view>& words, std::size_t from, std::size_t to) {
    core::WordOp part{op, {}};
    for (; from < to; ++from) part.text += words[from];
    if (!part.text.empty()) out.push_back(std::move(part));
  };
  if (head > markup_context) out.push_back({'=', "…"});
  add('=', is, head > markup_context ? head - markup_context : 0, head);
  add('-', was, head, was.size() - tail);
  add('+', is, head, is.size() - tail);
  add('=', is, is.size() - tail, is.size() - tail + std::min(tail, markup_context));
  if (tail > markup_context) out.push_back({'=', " …"});
  return out;
}

}  // namespace waydiff::report
