#include "pipeline/replay.hpp"

#include <vector>

namespace waydiff::pipeline {
namespace {

using Said = std::optional<std::string>;

std::string joined(std::span<const core::Clause> clauses) {
  std::string out;
  for (const core::Clause& clause : clauses) out += (out.empty() ? "" : " ") + clause.text;
  return out;
}

/// Marks the clauses of one side of a change as accounted for, and holds its words against theirs.
Said take(const std::optional<core::ClauseRange>& range, std::span<const core::Clause> clauses, std::vector<bool>& told,
          const std::string& side) {
  if (!range) return {};
  const std::string place = side + " clause " + std::to_string(range->index + 1);
  if (range->index > clauses.size() || range->count > clauses.size() - range->index) return place + " does not exist";
  for (std::size_t at = range->index; at < range->index + range->count; ++at) {
    if (told[at]) return side + " clause " + std::to_string(at + 1) + " stands in two changes";
    told[at] = true;
  }
  if (joined(clauses.subspan(range->index, range->count)) != range->text)
    return place + " has other words than its change";
  return {};
}

Said check_ops(const core::Change& change) {
  if (!change.before || !change.after) return {};
  std::string old_words, new_words;
  for (const core::WordOp& op : change.ops) {
    if (op.op != '+') old_words += op.text;
    if (op.op != '-') new_words += op.text;
  }
  if (old_words != change.before->text) return "its word operations do not give the old words";
  if (new_words != change.after->text) return "its word operations do not give the new words";
  return {};
}

}  // namespace

Said replay(const core::ChangeSet& changes, std::span<const core::Clause> before, std::span<const core::Clause> after) {
  if (changes.before_clauses != before.size() || changes.after_clauses != after.size()) {
    return "made of " + std::to_string(changes.before_clauses) + " and " + std::to_string(changes.after_clauses) +
           " clauses, but its texts have " + std::to_string(before.size()) + " and " + std::to_string(after.size());
  }
  std::vector<bool> old_told(before.size()), new_told(after.size());
  for (std::size_t at = 0; at < changes.changes.size(); ++at) {
    const core::Change& change = changes.changes[at];
    const std::string place = "change " + std::to_string(at + 1) + ": ";
    if (auto said = take(change.before, before, old_told, "old")) return place + *said;
    if (auto said = take(change.after, after, new_told, "new")) return place + *said;
    if (auto said = check_ops(change)) return place + *said;
  }
  // What no change tells of stands in both texts, in the same order.
  std::size_t old_at = 0, unchanged = 0;
  for (std::size_t at = 0; at < after.size(); ++at) {
    if (new_told[at]) continue;
    while (old_at < before.size() && old_told[old_at]) ++old_at;
    const std::string place = "new clause " + std::to_string(at + 1);
    if (old_at == before.size()) return place + " comes from nowhere";
    if (before[old_at].text != after[at].text) return place + " differs from the old one, but stands in no change";
    ++old_at;
    ++unchanged;
  }
  while (old_at < before.size() && old_told[old_at]) ++old_at;
  if (old_at < before.size()) return "old clause " + std::to_string(old_at + 1) + " is gone, but stands in no change";
  if (unchanged != changes.unchanged) {
    return std::to_string(unchanged) + " clauses are unchanged, not " + std::to_string(changes.unchanged);
  }
  return {};
}

}  // namespace waydiff::pipeline
