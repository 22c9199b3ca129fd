#include "diff/correspondence.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "diff/alignment.hpp"
#include "diff/splits.hpp"
#include "diff/update_date.hpp"

namespace waydiff::diff {
namespace {

using core::Clause;
using core::ClauseKind;
using Clauses = std::span<const Clause>;

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
constexpr double near_threshold = 0.42;   // between the same unchanged neighbours
constexpr double far_threshold = 0.62;    // anywhere else
constexpr double alone_threshold = 0.30;  // the only clause lost where one was won
constexpr std::size_t far_words = 5;      // shorter clauses reworded elsewhere are chance
constexpr std::size_t common_word = 48;   // a word in more clauses than this points nowhere
constexpr std::size_t probes = 16;        // words looked up for a clause
constexpr std::size_t candidates_each = 6;
constexpr std::size_t work_limit =
    60000;  // clauses without counterpart on both sides, beyond which only neighbours are tried

struct Candidate {
  Correspondence match;
  double score = 0.0;
};

/// Whether the shorter of the two begins or ends the longer.
bool holds(std::string_view a, std::string_view b) {
  constexpr std::size_t telling = 16;  // bytes: "None." begins much
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() < telling) return false;
  while (a.ends_with('.')) a.remove_suffix(1);
  return b.starts_with(a) || (b.ends_with('.') ? b.substr(0, b.size() - 1) : b).ends_with(a);
}

class Matcher {
 public:
  Matcher(Clauses before, Clauses after)
      : before_(before), after_(after), to_after_(before.size(), none), to_before_(after.size(), none) {}

  Correspondences run() {
    intern();
    for (const Link& link : common_subsequence(before_ids_, after_ids_, weights_)) same(link.before, link.after);
    number_gaps();
    move_equal();
    pair_reworded();
    mark_moved();
    return std::move(result_);
  }

 private:
  void intern() {
    std::unordered_map<std::string_view, std::uint32_t> ids;
    ids.reserve(before_.size() + after_.size());
    const auto number = [&](const Clause& clause) {
      const auto [entry, fresh] = ids.try_emplace(clause.fingerprint, static_cast<std::uint32_t>(weights_.size()));
      if (fresh) weights_.push_back(1.0 + static_cast<double>(clause.fingerprint.size()) / 6.0);
      return entry->second;
    };
    for (const Clause& clause : before_) before_ids_.push_back(number(clause));
    for (const Clause& clause : after_) after_ids_.push_back(number(clause));
  }

  void same(std::size_t i, std::size_t j) {
    result_.all.push_back({i, 1, j, 1, true, false, 1.0});
    to_after_[i] = j;
    to_before_[j] = i;
  }

  /// Clauses of both sides between the same two unchanged ones get the same gap number.
  void number_gaps() {
    const auto number = [](const std::vector<std::size_t>& match) {
      std::vector<std::size_t> gaps(match.size());
      std::size_t gap = 0;
      for (std::size_t i = 0; i < match.size(); ++i) {
        gaps[i] = gap;
        if (match[i] != none) ++gap;
      }
      return gaps;
    };
    before_gap_ = number(to_after_);
    after_gap_ = number(to_before_);
  }

  /// Equal clauses left over stand in another place. Short ones that recur ("None.", "Overview") are no evidence of a
  /// move by themselves: they follow a neighbour or stay added and removed.
  void move_equal() {
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> lost;
    std::vector<std::uint32_t> frequency(weights_.size(), 0);
    for (const std::uint32_t id : before_ids_) ++frequency[id];
    for (const std::uint32_t id : after_ids_) ++frequency[id];
    for (std::size_t i = before_.size(); i > 0; --i) {
      if (to_after_[i - 1] == none) lost[before_ids_[i - 1]].push_back(i - 1);
    }
    if (lost.empty()) return;
    for (std::size_t j = 0; j < after_.size(); ++j) {
      if (to_before_[j] != none) continue;
      // the clause after one that moved, where it followed that one before too
      if (j > 0 && to_before_[j - 1] != none && to_before_[j - 1] + 1 < before_.size()) {
        const std::size_t i = to_before_[j - 1] + 1;
        if (to_after_[i] == none && before_ids_[i] == after_ids_[j]) {
          same(i, j);
          continue;
        }
      }
      const bool telling = weights_[after_ids_[j]] > 4.0 || frequency[after_ids_[j]] == 2;
      const auto entry = lost.find(after_ids_[j]);
      if (!telling || entry == lost.end()) continue;
      while (!entry->second.empty() && to_after_[entry->second.back()] != none) entry->second.pop_back();
      if (!entry->second.empty()) same(entry->second.back(), j);
    }
    // headings stand before what they head, so a move may have been found only after passing them
    for (std::size_t j = after_.size(); j-- > 1;) {
      if (to_before_[j - 1] != none || to_before_[j] == none || to_before_[j] == 0) continue;
      const std::size_t i = to_before_[j] - 1;
      if (to_after_[i] == none && before_ids_[i] == after_ids_[j - 1]) same(i, j - 1);
    }
  }

  void pair_reworded() {
    lost_ = open(to_after_);
    won_ = open(to_before_);
    if (lost_.empty() || won_.empty()) return;
    for (const Clause& clause : before_) before_words_.push_back(vocabulary_.read(clause.fingerprint));
    for (const Clause& clause : after_) after_words_.push_back(vocabulary_.read(clause.fingerprint));
    vocabulary_.weigh();
    before_shapes_.resize(before_.size());
    after_shapes_.resize(after_.size());
    for (const std::size_t i : lost_) before_shapes_[i] = shape(std::move(before_words_[i]), vocabulary_);
    for (const std::size_t j : won_) after_shapes_[j] = shape(std::move(after_words_[j]), vocabulary_);

    if (lost_.size() + won_.size() <= work_limit) {
      propose_by_words();
    } else {
      result_.notes.push_back(
          "looked for rewording between unchanged neighbours only: " + std::to_string(lost_.size()) + " old and " +
          std::to_string(won_.size()) + " new clauses without counterpart");
    }
    propose_neighbours();
    assign();
  }

  static std::vector<std::size_t> open(const std::vector<std::size_t>& match) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < match.size(); ++i) {
      if (match[i] == none) found.push_back(i);
    }
    return found;
  }

  /// For each lost clause, the won ones that share most of its rare words.
  void propose_by_words() {
    std::unordered_map<WordId, std::vector<std::uint32_t>> holders;
    for (const std::size_t j : won_) {
      WordId last = std::numeric_limits<WordId>::max();
      for (const WordId word : after_shapes_[j].sorted) {
        if (word == last) continue;
        last = word;
        std::vector<std::uint32_t>& list = holders[word];
        if (list.size() <= common_word) list.push_back(static_cast<std::uint32_t>(j));
      }
    }
    std::vector<double> shared(after_.size(), 0.0);
    std::vector<std::uint32_t> touched;
    for (const std::size_t i : lost_) {
      std::vector<WordId> rare = before_shapes_[i].sorted;
      rare.erase(std::unique(rare.begin(), rare.end()), rare.end());
      std::stable_sort(rare.begin(), rare.end(),
                       [&](WordId a, WordId b) { return vocabulary_.weight(a) > vocabulary_.weight(b); });
      std::size_t looked = 0;
      for (const WordId word : rare) {
        if (looked == probes) break;
        const auto entry = holders.find(word);
        if (entry == holders.end() || entry->second.size() > common_word) continue;
        ++looked;
        for (const std::uint32_t j : entry->second) {
          if (shared[j] == 0.0) touched.push_back(j);
          shared[j] += vocabulary_.weight(word);
        }
      }
      const std::size_t keep = std::min(candidates_each, touched.size());
      std::partial_sort(
          touched.begin(), touched.begin() + static_cast<std::ptrdiff_t>(keep), touched.end(),
          [&](std::uint32_t a, std::uint32_t b) { return shared[a] != shared[b] ? shared[a] > shared[b] : a < b; });
      for (std::size_t k = 0; k < keep; ++k) propose(i, touched[k]);
      for (const std::uint32_t j : touched) shared[j] = 0.0;
      touched.clear();
    }
  }

  /// Clauses lost and won in the same gap, where the gap is small enough to try all.
  void propose_neighbours() {
    constexpr std::size_t gap_pairs = 600;
    std::size_t j = 0;
    for (std::size_t i = 0; i < lost_.size();) {
      const std::size_t gap = before_gap_[lost_[i]];
      std::size_t i_end = i;
      while (i_end < lost_.size() && before_gap_[lost_[i_end]] == gap) ++i_end;
      while (j < won_.size() && after_gap_[won_[j]] < gap) ++j;
      std::size_t j_end = j;
      while (j_end < won_.size() && after_gap_[won_[j_end]] == gap) ++j_end;
      const std::size_t left = i_end - i;
      const std::size_t right = j_end - j;
      if (left * right <= gap_pairs) {
        for (std::size_t k = i; k < i_end; ++k) {
          for (std::size_t l = j; l < j_end; ++l) propose(lost_[k], won_[l], left == 1 && right == 1);
        }
      } else {
        // the same relative place, give or take two
        for (std::size_t k = 0; k < left; ++k) {
          const std::size_t middle = k * right / left;
          for (std::size_t l = middle < 2 ? 0 : middle - 2; l < std::min(right, middle + 3); ++l) {
            propose(lost_[i + k], won_[j + l]);
          }
        }
      }
      i = i_end;
      j = j_end;
    }
  }

  void propose(std::size_t i, std::size_t j, bool alone = false) {
    const Shape& old_shape = before_shapes_[i];
    const Shape& new_shape = after_shapes_[j];
    const bool near = before_gap_[i] == after_gap_[j];
    const bool same_kind = (before_[i].kind == ClauseKind::heading) == (after_[j].kind == ClauseKind::heading);
    double likeness = similarity(old_shape, new_shape, vocabulary_);
    if (near && states_update(before_[i].fingerprint) && states_update(after_[j].fingerprint)) {
      likeness = std::max(likeness, 0.7);
    }
    // A clause that stands whole in the other is that clause, made longer or shorter.
    if (near && holds(before_[i].fingerprint, after_[j].fingerprint)) likeness = std::max(likeness, 0.6);
    double threshold = !near ? far_threshold : alone ? alone_threshold : near_threshold;
    if (!same_kind) threshold += 0.15;
    const bool tiny = std::min(old_shape.order.size(), new_shape.order.size()) < far_words;
    const double bonus = (near ? 0.1 : 0.0) + (same_kind ? 0.0 : -0.1);
    if (likeness >= threshold && (near || !tiny)) {
      candidates_.push_back({{i, 1, j, 1, false, false, likeness}, likeness + bonus});
    }
    const Run split =
        grow(old_shape, after_shapes_, j, vocabulary_, [&](std::size_t k) { return to_before_[k] == none; });
    if (split.count > 1 && split.similarity >= std::max(threshold, 0.6)) {
      candidates_.push_back(
          {{i, 1, split.first, split.count, false, false, split.similarity}, split.similarity + bonus});
    }
    const Run merge =
        grow(new_shape, before_shapes_, i, vocabulary_, [&](std::size_t k) { return to_after_[k] == none; });
    if (merge.count > 1 && merge.similarity >= std::max(threshold, 0.6)) {
      candidates_.push_back(
          {{merge.first, merge.count, j, 1, false, false, merge.similarity}, merge.similarity + bonus});
    }
  }

  /// Best first; a clause taken is gone.
  void assign() {
    std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
      if (a.score != b.score) return a.score > b.score;
      if (a.match.before != b.match.before) return a.match.before < b.match.before;
      if (a.match.after != b.match.after) return a.match.after < b.match.after;
      return a.match.before_count + a.match.after_count > b.match.before_count + b.match.after_count;
    });
    for (const Candidate& candidate : candidates_) {
      const Correspondence& match = candidate.match;
      bool open = true;
      for (std::size_t k = 0; k < match.before_count; ++k) open = open && to_after_[match.before + k] == none;
      for (std::size_t k = 0; k < match.after_count; ++k) open = open && to_before_[match.after + k] == none;
      if (!open) continue;
      for (std::size_t k = 0; k < match.before_count; ++k) to_after_[match.before + k] = match.after;
      for (std::size_t k = 0; k < match.after_count; ++k) to_before_[match.after + k] = match.before;
      result_.all.push_back(match);
    }
  }

  void mark_moved() {
    std::sort(result_.all.begin(), result_.all.end(),
              [](const Correspondence& a, const Correspondence& b) { return a.before < b.before; });
    std::vector<Link> links;
    for (const Correspondence& match : result_.all) {
      double weight = 0.0;
      for (std::size_t k = 0; k < match.after_count; ++k) weight += weights_[after_ids_[match.after + k]];
      // Of two that cross, the one that keeps its words tells the order better.
      links.push_back({match.before, match.after, weight * (match.same ? 1.0 : 0.9)});
    }
    for (Correspondence& match : result_.all) match.moved = true;
    for (const std::size_t i : in_order(links)) result_.all[i].moved = false;
  }

  Clauses before_;
  Clauses after_;
  std::vector<std::uint32_t> before_ids_, after_ids_;
  std::vector<double> weights_;  // by fingerprint id
  std::vector<std::size_t> to_after_, to_before_;
  std::vector<std::size_t> before_gap_, after_gap_;
  std::vector<std::size_t> lost_, won_;
  Vocabulary vocabulary_;
  std::vector<std::vector<WordId>> before_words_, after_words_;
  std::vector<Shape> before_shapes_, after_shapes_;
  std::vector<Candidate> candidates_;
  Correspondences result_;
};

}  // namespace

Correspondences correspond(Clauses before, Clauses after) {
  return Matcher(before, after).run();
}

}  // namespace waydiff::diff
