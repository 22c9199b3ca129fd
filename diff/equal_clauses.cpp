#include "diff/equal_clauses.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "diff/alignment.hpp"

namespace waydiff::diff {
namespace {

using Clauses = std::span<const ClauseView>;

class Matcher {
 public:
  Matcher(Clauses before, Clauses after) {
    intern(before, after);
    found_.to_after.assign(before.size(), none);
    found_.to_before.assign(after.size(), none);
  }

  EqualClauses run() {
    for (const Link& link : common_subsequence(before_ids_, after_ids_, weights_)) match(link.before, link.after);
    found_.before_gap = gaps(found_.to_after);
    found_.after_gap = gaps(found_.to_before);
    match_moved();
    return std::move(found_);
  }

 private:
  void intern(Clauses before, Clauses after) {
    std::unordered_map<std::string_view, std::uint32_t> ids;
    ids.reserve(before.size() + after.size());
    const auto number = [&](const ClauseView& clause) {
      const auto [entry, fresh] = ids.try_emplace(clause.fingerprint, static_cast<std::uint32_t>(weights_.size()));
      if (fresh) weights_.push_back(clause_weight(clause));
      return entry->second;
    };
    before_ids_.reserve(before.size());
    after_ids_.reserve(after.size());
    std::vector<std::size_t> first;  // by id: where it first stands in `before`
    for (const ClauseView& clause : before) {
      const std::uint32_t id = number(clause);
      if (id == first.size()) first.push_back(before_ids_.size());
      before_ids_.push_back(id);
    }
    // Clauses that were cut once for both share their fingerprint's bytes, one behind the other.
    std::size_t next = 0;
    for (const ClauseView& clause : after) {
      const bool shared = next < before.size() && clause.fingerprint.data() == before[next].fingerprint.data() &&
                          clause.fingerprint.size() == before[next].fingerprint.size();
      const std::uint32_t id = shared ? before_ids_[next] : number(clause);
      if (!shared && id < first.size()) next = first[id];
      ++next;
      after_ids_.push_back(id);
    }
  }

  void match(std::size_t i, std::size_t j) {
    found_.to_after[i] = j;
    found_.to_before[j] = i;
  }

  static std::vector<std::size_t> gaps(const std::vector<std::size_t>& match) {
    std::vector<std::size_t> gaps(match.size());
    std::size_t gap = 0;
    for (std::size_t i = 0; i < match.size(); ++i) {
      gaps[i] = gap;
      if (match[i] != none) ++gap;
    }
    return gaps;
  }

  void match_moved() {
    std::vector<std::size_t>& to_after = found_.to_after;
    std::vector<std::size_t>& to_before = found_.to_before;
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> lost;
    std::vector<std::uint32_t> frequency(weights_.size(), 0);
    for (const std::uint32_t id : before_ids_) ++frequency[id];
    for (const std::uint32_t id : after_ids_) ++frequency[id];
    for (std::size_t i = to_after.size(); i > 0; --i) {
      if (to_after[i - 1] == none) lost[before_ids_[i - 1]].push_back(i - 1);
    }
    if (lost.empty()) return;
    for (std::size_t j = 0; j < to_before.size(); ++j) {
      if (to_before[j] != none) continue;
      // the clause after one that moved, where it followed that one before too
      if (j > 0 && to_before[j - 1] != none && to_before[j - 1] + 1 < to_after.size()) {
        const std::size_t i = to_before[j - 1] + 1;
        if (to_after[i] == none && before_ids_[i] == after_ids_[j]) {
          match(i, j);
          continue;
        }
      }
      const bool telling = weights_[after_ids_[j]] > 4.0 || frequency[after_ids_[j]] == 2;
      const auto entry = lost.find(after_ids_[j]);
      if (!telling || entry == lost.end()) continue;
      while (!entry->second.empty() && to_after[entry->second.back()] != none) entry->second.pop_back();
      if (!entry->second.empty()) match(entry->second.back(), j);
    }
    // headings stand before what they head, so a move may have been found only after passing them
    for (std::size_t j = to_before.size(); j-- > 1;) {
      if (to_before[j - 1] != none || to_before[j] == none || to_before[j] == 0) continue;
      const std::size_t i = to_before[j] - 1;
      if (to_after[i] == none && before_ids_[i] == after_ids_[j - 1]) match(i, j - 1);
    }
  }

  std::vector<std::uint32_t> before_ids_, after_ids_;
  std::vector<double> weights_;  // by fingerprint id
  EqualClauses found_;
};

}  // namespace

double clause_weight(const ClauseView& clause) {
  return 1.0 + static_cast<double>(clause.fingerprint.size()) / 6.0;
}

EqualClauses equal_clauses(Clauses before, Clauses after) {
  return Matcher(before, after).run();
}

}  // namespace waydiff::diff
