#include "pipeline/clause_lines.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/digest.hpp"
#include "core/fold.hpp"

namespace waydiff::pipeline {
namespace {

constexpr std::size_t name_size = 10;  // hex digits: 40 bits, among some thousand lines of a target

std::multiset<std::string> words_of(const core::Clause& clause) {
  const std::string folded = core::folded_words(clause.text);
  std::multiset<std::string> words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    words.insert(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::size_t in_common(const std::multiset<std::string>& a, const std::multiset<std::string>& b) {
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both.size();
}

/// Pairs the clauses of one change: those with most words in common first, each side's used once.
void pair_up(const core::ClauseRange& before, const core::ClauseRange& after, std::span<const core::Clause> old_clauses,
             std::span<const core::Clause> new_clauses, std::vector<Descent>& out) {
  struct Pair {
    std::size_t common, from, to;
  };
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < before.count; ++i) {
    const auto old_words = words_of(old_clauses[before.index + i]);
    for (std::size_t k = 0; k < after.count; ++k) {
      pairs.push_back({in_common(old_words, words_of(new_clauses[after.index + k])), i, k});
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.common > b.common; });
  std::vector<bool> old_used(before.count), new_used(after.count);
  for (const Pair& pair : pairs) {
    if (old_used[pair.from] || new_used[pair.to]) continue;
    old_used[pair.from] = new_used[pair.to] = true;
    out[after.index + pair.to].from = before.index + pair.from;
  }
  for (const Pair& pair : pairs) {
    if (new_used[pair.to]) continue;
    new_used[pair.to] = true;
    out[after.index + pair.to].part = before.index + pair.from;
  }
}

}  // namespace

core::Result<std::vector<Descent>> descents(const core::ChangeSet& changes, std::span<const core::Clause> before,
                                            std::span<const core::Clause> after) {
  const auto wrong = [](const std::string& what) { return core::fail(core::Errc::bad_argument, "changes: " + what); };
  std::vector<Descent> out(after.size());
  std::vector<bool> old_told(before.size()), new_told(after.size());
  const auto tell = [](const std::optional<core::ClauseRange>& range, std::vector<bool>& told) {
    if (!range) return true;
    if (range->index > told.size() || range->count > told.size() - range->index) return false;
    for (std::size_t at = range->index; at < range->index + range->count; ++at) {
      if (told[at]) return false;
      told[at] = true;
    }
    return true;
  };
  for (const core::Change& change : changes.changes) {
    if (!tell(change.before, old_told) || !tell(change.after, new_told)) return wrong("a clause is told twice");
    if (change.before && change.after) pair_up(*change.before, *change.after, before, after, out);
  }
  // What no change tells is unchanged, and in the same order.
  std::size_t old_at = 0;
  for (std::size_t at = 0; at < after.size(); ++at) {
    if (new_told[at]) continue;
    while (old_at < before.size() && old_told[old_at]) ++old_at;
    if (old_at == before.size() || before[old_at].fingerprint != after[at].fingerprint) {
      return wrong("clause " + std::to_string(at) + " is neither new nor unchanged");
    }
    out[at].from = old_at++;
  }
  while (old_at < before.size() && old_told[old_at]) ++old_at;
  if (old_at != before.size()) return wrong("old clause " + std::to_string(old_at) + " is left over");
  return out;
}

std::size_t LineTracer::new_line(const std::string& fingerprint, std::optional<std::size_t> parent) {
  const std::size_t number = ++namesakes_[fingerprint];
  const std::string named = target_ + "\n" + fingerprint + "\n" + std::to_string(number);
  made_.lines.push_back({core::sha256_hex(named).substr(0, name_size), parent});
  return made_.lines.size() - 1;
}

std::optional<std::size_t> LineTracer::revived(const std::string& fingerprint, const std::vector<bool>& used) const {
  const auto known = by_fingerprint_.find(fingerprint);
  if (known == by_fingerprint_.end()) return {};
  for (const std::size_t line : known->second) {
    if (!used[line]) return line;
  }
  return {};
}

void LineTracer::keep(int state, Lines lines, std::span<const core::Clause> clauses) {
  for (std::size_t at = 0; at < clauses.size(); ++at) {
    std::vector<std::size_t>& known = by_fingerprint_[clauses[at].fingerprint];
    if (std::find(known.begin(), known.end(), lines[at]) == known.end()) known.push_back(lines[at]);
  }
  states_[state] = std::move(lines);
}

void LineTracer::begin(int state, std::span<const core::Clause> clauses) {
  Lines lines;
  for (const core::Clause& clause : clauses) lines.push_back(new_line(clause.fingerprint, {}));
  keep(state, std::move(lines), clauses);
}

void LineTracer::follow(int old_state, int state, std::span<const Descent> descents,
                        std::span<const core::Clause> clauses) {
  const Lines& old_lines = states_.at(old_state);
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  Lines lines(clauses.size(), none);
  std::vector<bool> used(made_.lines.size() + clauses.size());
  for (std::size_t at = 0; at < clauses.size(); ++at) {
    if (!descents[at].from) continue;
    lines[at] = old_lines[*descents[at].from];
    used[lines[at]] = true;
  }
  for (std::size_t at = 0; at < clauses.size(); ++at) {
    if (lines[at] != none) continue;
    const auto again = revived(clauses[at].fingerprint, used);
    const auto& part = descents[at].part;
    lines[at] =
        again ? *again : new_line(clauses[at].fingerprint, part ? std::optional(old_lines[*part]) : std::nullopt);
    used[lines[at]] = true;
  }
  keep(state, std::move(lines), clauses);
}

void LineTracer::place(storage::Id text, int state, std::span<const core::Clause> clauses,
                       std::span<const std::size_t> captures) {
  const Lines& lines = states_.at(state);
  storage::TextWordings made{text, {}};
  const auto [first, last] = std::minmax_element(captures.begin(), captures.end());
  for (std::size_t at = 0; at < clauses.size(); ++at) {
    const auto [known, is_new] = words_.try_emplace({lines[at], clauses[at].text}, made_.wordings.size());
    if (is_new) {
      made_.wordings.push_back({lines[at], clauses[at].text, clauses[at].path, 0, 0});
      extents_.push_back({*first, *last});
    }
    Extent& extent = extents_[known->second];
    if (*last >= extent.last) made_.wordings[known->second].path = clauses[at].path;
    extent.first = std::min(extent.first, *first);
    extent.last = std::max(extent.last, *last);
    made.wordings.push_back(known->second);
  }
  made_.texts.push_back(std::move(made));
}

storage::ClauseLines LineTracer::done(std::span<const storage::Id> captures) && {
  for (std::size_t at = 0; at < extents_.size(); ++at) {
    made_.wordings[at].first_capture = captures[extents_[at].first];
    made_.wordings[at].last_capture = captures[extents_[at].last];
  }
  return std::move(made_);
}

}  // namespace waydiff::pipeline
