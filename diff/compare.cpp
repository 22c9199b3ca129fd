#include "diff/compare.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "diff/correspondence.hpp"
#include "diff/enumerator.hpp"
#include "diff/flags.hpp"
#include "diff/scattered_parts.hpp"
#include "diff/significance.hpp"
#include "diff/word_ops.hpp"

namespace waydiff::diff {
namespace {

using core::Change;
using core::ChangeKind;
using core::Significance;
using Clauses = std::span<const ClauseView>;

/// One side of a change as the rules and the reader need it.
struct Side {
  core::ClauseRange range;
  std::string markup;
  std::string fingerprint;

  Side(Clauses clauses, std::size_t index, std::size_t count) {
    range.index = index;
    range.count = count;
    range.path = *clauses[index].path;
    for (const ClauseView& clause : clauses.subspan(index, count)) {
      const char* gap = range.text.empty() ? "" : " ";
      range.text.append(gap).append(clause.text);
      markup.append(gap).append(clause.markup);
      fingerprint.append(gap).append(clause.fingerprint);
    }
  }
  [[nodiscard]] Wording wording() const { return {range.text, markup, fingerprint}; }
};

/// Where a change is shown: after the new clause it follows, in the order things happened there.
struct Placed {
  std::size_t after = 0;   ///< index in the new document, plus one; what is removed first stands at 0
  std::size_t before = 0;  ///< a removal's index in the old document, plus one; 0 for all else
  std::size_t change = 0;  ///< which of those found
};

Renumbering renumbering(const std::vector<Correspondence>& all, Clauses before, Clauses after) {
  Renumbering labels;
  for (const Correspondence& match : all) {
    if (match.before_count > 1 || match.after_count > 1) continue;
    std::string from = enumerator_label(before[match.before].text);
    if (from.empty()) continue;
    std::string to = enumerator_label(after[match.after].text);
    if (to.empty()) continue;
    const bool heading = before[match.before].kind == core::ClauseKind::heading;
    if (heading) {
      labels.insert_or_assign(std::move(from), std::move(to));
    } else {
      labels.try_emplace(std::move(from), std::move(to));
    }
  }
  return labels;
}

bool untouched(const Correspondence& match, const ClauseView& before, const ClauseView& after) {
  return match.same && !match.moved && before.text == after.text && before.markup == after.markup;
}

Change change_of(const Correspondence& match, Clauses before, Clauses after, const Renumbering& labels) {
  const Side old_side(before, match.before, match.before_count);
  const Side new_side(after, match.after, match.after_count);
  Change change;
  Judgement judgement;
  bool telling = !match.same;  // the words say something else
  if (match.after_count > 1) {
    change.kind = ChangeKind::split;
    judgement = judge_parts(old_side.wording(), new_side.wording(), "split");
    change.moved = match.moved;
  } else if (match.before_count > 1) {
    change.kind = ChangeKind::merged;
    judgement = judge_parts(old_side.wording(), new_side.wording(), "merged");
    change.moved = match.moved;
  } else if (match.same && match.moved) {
    change.kind = ChangeKind::moved;
    judgement = {Significance::structural, "moved"};
    change.moved = true;
  } else {
    change.kind = ChangeKind::modified;
    judgement = judge(old_side.wording(), new_side.wording(), labels);
    change.moved = match.moved;
    telling = judgement.significance != Significance::editorial;
    if (change.moved && !telling) judgement = {Significance::structural, "moved"};
  }
  change.significance = judgement.significance;
  change.reason = judgement.reason;
  change.similarity = std::round(match.similarity * 1000.0) / 1000.0;
  // Nothing below 1 may round to it: 1 means the same words.
  if (!match.same) change.similarity = std::min(change.similarity, 0.999);
  if (!match.same || judgement.reason == "link") change.flags = flags(old_side.wording(), new_side.wording());
  // A section renumbered raises no number, a quote moved no name: what an editorial change may bring is a date or a
  // link.
  if (!telling) std::erase_if(change.flags, [](const std::string& flag) { return flag != "date" && flag != "link"; });
  change.ops = word_ops(old_side.range.text, new_side.range.text);
  change.before = old_side.range;
  change.after = new_side.range;
  return change;
}

Change one_sided(ChangeKind kind, Clauses clauses, std::size_t index) {
  Change change;
  change.kind = kind;
  change.significance = Significance::substantive;
  change.reason = core::name(kind);
  (kind == ChangeKind::added ? change.after : change.before) = Side(clauses, index, 1).range;
  return change;
}

}  // namespace

core::ChangeSet compare(Clauses before, Clauses after) {
  Correspondences found = correspond(before, after);
  core::ChangeSet set;
  set.before_clauses = before.size();
  set.after_clauses = after.size();
  set.notes = std::move(found.notes);
  const Renumbering labels = renumbering(found.all, before, after);

  std::vector<Change> changes;
  std::vector<Placed> placed;
  const auto place = [&](std::size_t behind, std::size_t removal, Change change) {
    placed.push_back({behind, removal, changes.size()});
    changes.push_back(std::move(change));
  };
  std::vector<bool> known(after.size(), false);
  std::size_t in_old = 0;   // old clauses accounted for so far
  std::size_t follows = 0;  // the place in the new document after which the next removal is shown
  const auto remove_to = [&](std::size_t end) {
    for (; in_old < end; ++in_old) {
      place(follows, in_old + 1, one_sided(ChangeKind::removed, before, in_old));
    }
  };
  for (const Correspondence& match : found.all) {
    remove_to(match.before);
    in_old = match.before + match.before_count;
    for (std::size_t k = 0; k < match.after_count; ++k) known[match.after + k] = true;
    if (!match.moved) follows = match.after + match.after_count;
    if (untouched(match, before[match.before], after[match.after])) {
      ++set.unchanged;
    } else {
      place(match.after + 1, 0, change_of(match, before, after, labels));
    }
  }
  remove_to(before.size());
  for (std::size_t j = 0; j < after.size(); ++j) {
    if (!known[j]) place(j + 1, 0, one_sided(ChangeKind::added, after, j));
  }
  std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
    return a.after != b.after ? a.after < b.after : a.before < b.before;
  });
  set.changes.reserve(placed.size());
  for (const Placed& entry : placed) set.changes.push_back(std::move(changes[entry.change]));
  judge_scattered_parts(set.changes);
  return set;
}

core::ChangeSet compare(std::span<const core::Clause> before, std::span<const core::Clause> after) {
  const auto views = [](std::span<const core::Clause> clauses) {
    std::vector<ClauseView> out;
    out.reserve(clauses.size());
    for (const core::Clause& clause : clauses) out.push_back(view(clause));
    return out;
  };
  return compare(Clauses(views(before)), Clauses(views(after)));
}

}  // namespace waydiff::diff
