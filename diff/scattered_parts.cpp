#include "diff/scattered_parts.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "diff/fingerprint.hpp"
#include "diff/lexicon.hpp"
#include "diff/words.hpp"

namespace waydiff::diff {
namespace {

using core::Change;
using core::ChangeKind;
using core::Significance;

constexpr std::size_t least_words = 5;  // a shorter part stands in many texts by chance
constexpr double share = 0.8;           // of a part's runs of three words: "and" and a capital come with merging

std::vector<std::string> words_of(std::string_view text) {
  const std::string plain = fingerprint(text);
  std::vector<std::string> list;
  for (const std::string_view word : words(plain)) list.emplace_back(word);
  return list;
}

std::vector<std::size_t> runs_of_three(const std::vector<std::string>& list) {
  std::vector<std::size_t> runs;
  for (std::size_t i = 0; i + 2 < list.size(); ++i) {
    runs.push_back(std::hash<std::string>{}(list[i] + ' ' + list[i + 1] + ' ' + list[i + 2]));
  }
  return runs;
}

std::string one_side(const Change& change, char op) {
  std::string text;
  for (const core::WordOp& step : change.ops) {
    if (step.op == op) text.append(step.text).append(" ");
  }
  return text;
}

/// How often each word is said, without those that join sentences.
void count(std::map<std::string, int>& counts, std::string_view text, int by) {
  for (const std::string& word : words_of(text)) {
    if (!is_connective(word)) counts[word] += by;
  }
}

/// `part`: the kind of the other part. `op`: what the reworded clause gained or lost. `reason`: of both.
void judge(std::vector<Change>& changes, ChangeKind part, char op, std::string_view reason) {
  const auto side = [&](const Change& change) -> const std::optional<core::ClauseRange>& {
    return part == ChangeKind::removed ? change.before : change.after;
  };
  std::unordered_map<std::size_t, std::size_t> holder;  // a run of three words, and the change that gained it
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (changes[i].kind != ChangeKind::modified || changes[i].significance != Significance::substantive) continue;
    const std::vector<std::string> list = words_of(one_side(changes[i], op));
    if (list.size() < least_words) continue;
    for (const std::size_t run : runs_of_three(list)) holder.emplace(run, i);
  }
  if (holder.empty()) return;
  std::map<std::size_t, std::vector<std::size_t>> parts;  // a reworded clause and its other parts
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (changes[i].kind != part) continue;
    const std::vector<std::string> list = words_of(side(changes[i])->text);
    if (list.size() < least_words) continue;
    std::map<std::size_t, std::size_t> hits;
    for (const std::size_t run : runs_of_three(list)) {
      if (const auto entry = holder.find(run); entry != holder.end()) ++hits[entry->second];
    }
    const auto best =
        std::max_element(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    if (best == hits.end() || static_cast<double>(best->second) < share * static_cast<double>(list.size() - 2))
      continue;
    changes[i].significance = Significance::structural;
    changes[i].reason = reason;
    parts[best->first].push_back(i);
  }
  for (const auto& [whole, others] : parts) {
    Change& change = changes[whole];
    std::map<std::string, int> counts;
    const bool merged = part == ChangeKind::removed;
    count(counts, merged ? change.after->text : change.before->text, -1);
    count(counts, merged ? change.before->text : change.after->text, 1);
    for (const std::size_t other : others) count(counts, side(changes[other])->text, 1);
    if (std::any_of(counts.begin(), counts.end(), [](const auto& entry) { return entry.second != 0; })) continue;
    change.significance = Significance::structural;
    change.reason = reason;
    change.flags.clear();
  }
}

}  // namespace

void judge_scattered_parts(std::vector<Change>& changes) {
  judge(changes, ChangeKind::removed, '+', "merged");
  judge(changes, ChangeKind::added, '-', "split");
}

}  // namespace waydiff::diff
