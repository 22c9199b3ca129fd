#include "report/change_view.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "report/plain_text.hpp"

namespace waydiff::report {
namespace {

using core::ChangeKind;
using core::Significance;

std::string numbers(const core::ClauseRange& range) {
  const std::string first = std::to_string(range.index + 1);
  return range.count < 2 ? first : first + "–" + std::to_string(range.index + range.count);
}

std::string clause_or_clauses(const std::string& list) {
  return (list.find("–") == std::string::npos ? "clause " : "clauses ") + list;
}

std::string path_or_top(const core::ClauseRange& range) {
  std::string path = path_text(range.path);
  return path.empty() ? "(top)" : path;
}

std::vector<core::WordOp> spans(const core::Change& change) {
  std::vector<core::WordOp> out;
  const auto add = [&out](char op, std::string_view text) {
    if (!text.empty()) out.push_back({op, visible(text)});
  };
  if (!change.ops.empty()) {
    for (const core::WordOp& op : change.ops) add(op.op, op.text);
  } else if (change.before && change.after && change.before->text == change.after->text) {
    add('=', change.after->text);
  } else {
    if (change.before) add('-', change.before->text);
    if (change.after) add('+', change.after->text);
  }
  if (out.empty()) out.push_back({'=', "(no words)"});
  return out;
}

void append(std::string& list, std::size_t count, std::string_view noun) {
  if (count == 0) return;
  if (!list.empty()) list += ", ";
  list += std::to_string(count) + " " + std::string(noun);
}

}  // namespace

ChangeView change_view(const core::Change& change) {
  ChangeView view;
  view.kind = core::name(change.kind);
  view.significance = core::name(change.significance);
  if (change.reason != view.kind) view.reason = visible(change.reason);
  for (const std::string& flag : change.flags) view.flags.push_back(visible(flag));
  view.spans = spans(change);
  view.same_words = std::all_of(view.spans.begin(), view.spans.end(), [](const auto& span) { return span.op == '='; });
  if (change.before && change.after) {
    const std::string old_path = path_or_top(*change.before), new_path = path_or_top(*change.after);
    const std::string old_number = numbers(*change.before), new_number = numbers(*change.after);
    view.place = old_path == new_path ? new_path : old_path + " → " + new_path;
    view.numbers = old_number + " → " + new_number;
    if (change.kind == ChangeKind::moved || change.moved) {
      const std::string old_clause = clause_or_clauses(old_number), new_clause = clause_or_clauses(new_number);
      view.move = "Moved from " + old_path + ", " + old_clause + ", to " + new_path + ", " + new_clause;
      view.to = old_path == new_path ? new_clause : new_path + ", " + new_clause;
      if (old_path != new_path) view.from = old_path;
    }
  } else if (const auto& side = change.after ? change.after : change.before) {
    view.place = path_or_top(*side);
    view.numbers = numbers(*side);
  }
  return view;
}

std::string change_title(const ChangeView& change) {
  std::string out = change.kind;
  if (change.significance != core::name(Significance::substantive)) out += " (" + change.significance + ")";
  return change.reason.empty() ? out : out + ", " + change.reason;
}

std::string clause_numbers(const ChangeView& change) {
  return clause_or_clauses(change.numbers);
}

std::vector<ChangeView> change_views(const core::ChangeSet& set, Significance significance) {
  std::vector<ChangeView> views;
  for (const core::Change& change : set.changes) {
    if (change.significance == significance) views.push_back(change_view(change));
  }
  return views;
}

std::size_t count(const core::ChangeSet& set, Significance significance) {
  return static_cast<std::size_t>(
      std::count_if(set.changes.begin(), set.changes.end(),
                    [significance](const core::Change& change) { return change.significance == significance; }));
}

std::size_t count(const core::ChangeSet& set, ChangeKind kind) {
  return static_cast<std::size_t>(std::count_if(set.changes.begin(), set.changes.end(),
                                                [kind](const core::Change& change) { return change.kind == kind; }));
}

std::string summary(const core::ChangeSet& set) {
  const std::size_t editorial = count(set, Significance::editorial);
  const auto of_kind = [&set](ChangeKind kind) {
    return static_cast<std::size_t>(
        std::count_if(set.changes.begin(), set.changes.end(), [kind](const core::Change& change) {
          return change.kind == kind && change.significance != Significance::editorial;
        }));
  };
  std::string list;
  for (const ChangeKind kind : {ChangeKind::added, ChangeKind::removed, ChangeKind::modified, ChangeKind::moved,
                                ChangeKind::split, ChangeKind::merged}) {
    append(list, of_kind(kind), core::name(kind));
  }
  append(list, editorial, "editorial");
  if (list.empty()) list = "no changes";
  return list + "; " + std::to_string(set.unchanged) + " unchanged";
}

std::vector<core::WordOp> excerpt(const std::vector<core::WordOp>& spans, std::size_t context) {
  std::vector<core::WordOp> out;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    core::WordOp span = spans[i];
    const bool first = i == 0, last = i + 1 == spans.size();
    if (span.op != '=' || (first && last)) {
      span.text = start_of(span.text, 4 * context);
    } else if (first) {
      span.text = end_of(span.text, context);
    } else if (last) {
      span.text = start_of(span.text, context);
    } else if (span.text.size() > 2 * context) {
      span.text = start_of(span.text, context) + end_of(span.text, context).substr(std::string("…").size());
    }
    out.push_back(std::move(span));
  }
  return out;
}

}  // namespace waydiff::report
