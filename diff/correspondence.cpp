#include "diff/correspondence.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "diff/equal_clauses.hpp"
#include "diff/likeness.hpp"
#include "diff/moves.hpp"
#include "diff/splits.hpp"

namespace waydiff::diff {
namespace {

using core::ClauseKind;
using Clauses = std::span<const ClauseView>;

constexpr std::size_t common_word = 48;  // a word in more clauses than this points nowhere
constexpr std::size_t probes = 16;       // words looked up for a clause
constexpr std::size_t candidates_each = 6;
// Clauses without counterpart on both sides, beyond which only neighbours are tried.
constexpr std::size_t work_limit = 60000;
constexpr int refinements = 2;  // what a pair found makes near is mostly found by the first

struct Candidate {
  Correspondence match;
  double score = 0.0;
  bool weak = false;  ///< believed for its place: may not cross another between the same neighbours
};

class Matcher {
 public:
  Matcher(Clauses before, Clauses after) : Matcher(before, after, equal_clauses(before, after)) {}

  Correspondences run() {
    result_.all.reserve(std::min(before_.size(), after_.size()));
    for (std::size_t i = 0; i < to_after_.size(); ++i) {
      if (to_after_[i] != none) result_.all.push_back({i, 1, to_after_[i], 1, true, false, 1.0});
    }
    pair_reworded();
    mark_moved();
    for (int round = 0; round < refinements && refine(); ++round) mark_moved();
    return std::move(result_);
  }

 private:
  Matcher(Clauses before, Clauses after, EqualClauses equal)
      : before_(before),
        after_(after),
        to_after_(std::move(equal.to_after)),
        to_before_(std::move(equal.to_before)),
        before_gap_(std::move(equal.before_gap)),
        after_gap_(std::move(equal.after_gap)) {}

  void pair_reworded() {
    lost_ = open(to_after_);
    won_ = open(to_before_);
    if (lost_.empty() || won_.empty()) return;
    std::vector<std::vector<WordId>> old_words, new_words;
    for (const std::size_t i : lost_) old_words.push_back(vocabulary_.read(before_[i].fingerprint));
    for (const std::size_t j : won_) new_words.push_back(vocabulary_.read(after_[j].fingerprint));
    // How common a word is, a part of the unchanged clauses tells as well as all.
    const std::size_t unchanged = after_.size() - won_.size();
    const std::size_t step = std::max<std::size_t>(1, unchanged / (60 + lost_.size() + won_.size()));
    for (std::size_t j = 0, seen = 0; j < after_.size(); ++j) {
      if (to_before_[j] != none && seen++ % step == 0) vocabulary_.count(after_[j].fingerprint);
    }
    vocabulary_.weigh();
    before_shapes_ = Shapes(before_.size());
    after_shapes_ = Shapes(after_.size());
    for (std::size_t k = 0; k < lost_.size(); ++k) {
      before_shapes_.put(lost_[k], shape(std::move(old_words[k]), vocabulary_));
    }
    for (std::size_t k = 0; k < won_.size(); ++k)
      after_shapes_.put(won_[k], shape(std::move(new_words[k]), vocabulary_));

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
    std::vector<std::vector<std::uint32_t>> holders(vocabulary_.size());
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
        const std::vector<std::uint32_t>& list = holders[word];
        if (list.empty() || list.size() > common_word) continue;
        ++looked;
        for (const std::uint32_t j : list) {
          if (shared[j] == 0.0) touched.push_back(j);
          shared[j] += vocabulary_.weight(word);
        }
      }
      const std::size_t keep = std::min(candidates_each, touched.size());
      std::partial_sort(
          touched.begin(), touched.begin() + static_cast<std::ptrdiff_t>(keep), touched.end(),
          [&](std::uint32_t a, std::uint32_t b) { return shared[a] != shared[b] ? shared[a] > shared[b] : a < b; });
      for (std::size_t k = 0; k < keep; ++k) propose(i, touched[k], nearness(i, touched[k]));
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
          for (std::size_t l = j; l < j_end; ++l) {
            const bool in_step = k - i == l - j;
            propose(lost_[k], won_[l], left == 1 && right == 1 ? Nearness::alone : Nearness::near, in_step);
            if (in_step && left == right && open_alike(lost_[k], won_[l])) {
              push_for_place(lost_[k], won_[l]);
            }
          }
        }
      } else {
        // the same relative place, give or take two
        for (std::size_t k = 0; k < left; ++k) {
          const std::size_t middle = k * right / left;
          for (std::size_t l = middle < 2 ? 0 : middle - 2; l < std::min(right, middle + 3); ++l) {
            propose(lost_[i + k], won_[j + l], Nearness::near);
          }
        }
      }
      i = i_end;
      j = j_end;
    }
  }

  /// `in_step`: they stand at the same place among those lost and won between the same neighbours.
  void propose(std::size_t i, std::size_t j, Nearness nearness, bool in_step = false) {
    const Shape& old_shape = before_shapes_[i];
    const Shape& new_shape = after_shapes_[j];
    Likeness found = likeness(before_[i], old_shape, after_[j], new_shape, vocabulary_, nearness);
    if (in_step) found.score += 0.05;
    if (found.enough()) {
      candidates_.push_back({{i, 1, j, 1, false, false, found.similarity}, found.score, found.value < far_threshold});
    }
    const double bonus = found.score - found.value;
    const double least = std::max(std::min(found.threshold, 1.0), 0.6);
    const Cover cover{found.common_weight, found.similarity};
    const Run split =
        grow(old_shape, after_shapes_, j, cover, vocabulary_, [&](std::size_t k) { return to_before_[k] == none; });
    if (split.count > 1 && split.similarity >= least) {
      candidates_.push_back(
          {{i, 1, split.first, split.count, false, false, split.similarity}, split.similarity + bonus});
    }
    const Run merge =
        grow(new_shape, before_shapes_, i, cover, vocabulary_, [&](std::size_t k) { return to_after_[k] == none; });
    if (merge.count > 1 && merge.similarity >= least) {
      candidates_.push_back(
          {{merge.first, merge.count, j, 1, false, false, merge.similarity}, merge.similarity + bonus});
    }
  }

  /// A pair that its place alone makes believed, after all others.
  void push_for_place(std::size_t i, std::size_t j) {
    const double alike = similarity(before_shapes_[i], after_shapes_[j], vocabulary_);
    candidates_.push_back({{i, 1, j, 1, false, false, alike}, std::max(0.3, alike), true});
  }

  /// Both begin with the same telling word, as members of a list do that was reworded throughout: "platforms (…)".
  /// Longer ones must share more: that sentences begin with the same word is chance.
  [[nodiscard]] bool open_alike(std::size_t i, std::size_t j) const {
    constexpr std::size_t short_member = 12;
    const Shape& a = before_shapes_[i];
    const Shape& b = after_shapes_[j];
    if (before_[i].kind != after_[j].kind || a.order.empty() || b.order.empty()) return false;
    if (a.order.front() != b.order.front() || vocabulary_.weight(a.order.front()) <= 0.5) return false;
    const bool member =
        before_[i].kind == ClauseKind::list_item && std::max(a.order.size(), b.order.size()) <= short_member;
    return similarity(a, b, vocabulary_) > (member ? 0.15 : 0.3);
  }

  /// Neither the clause behind `i` nor the one behind `j` is without counterpart.
  [[nodiscard]] bool last_of_their_gaps(std::size_t i, std::size_t j) const {
    return (i + 1 == before_.size() || to_after_[i + 1] != none) &&
           (j + 1 == after_.size() || to_before_[j + 1] != none);
  }

  [[nodiscard]] Nearness nearness(std::size_t i, std::size_t j) const {
    return before_gap_[i] == after_gap_[j] ? Nearness::near : Nearness::far;
  }

  /// With the pairs found so far as neighbours too: what is left between them, what stands beside a moved one, and
  /// headings over the same text. False when nothing was found.
  bool refine() {
    lost_ = open(to_after_);
    won_ = open(to_before_);
    if (lost_.empty() || won_.empty()) return false;
    number_gaps_by_pairs();
    candidates_.clear();
    propose_neighbours();
    for (const std::size_t i : lost_) {
      if (const std::size_t j = after_counterpart(i); j != none) {
        propose(i, j, last_of_their_gaps(i, j) ? Nearness::alone : Nearness::near);
      }
      const std::size_t j = before_counterpart(i);
      if (j == none) continue;
      propose(i, j, Nearness::near);
      if (before_[i].kind == ClauseKind::heading && after_[j].kind == ClauseKind::heading) {
        push_for_place(i, j);
      }
    }
    const std::size_t known = result_.all.size();
    assign();
    return result_.all.size() > known;
  }

  void number_gaps_by_pairs() {
    before_gap_.assign(before_.size(), 0);
    after_gap_.assign(after_.size(), 0);
    for (const Correspondence& match : result_.all) {
      if (match.moved) continue;
      before_gap_[match.before] = 1;
      after_gap_[match.after] = 1;
    }
    for (auto* gaps : {&before_gap_, &after_gap_}) std::partial_sum(gaps->begin(), gaps->end(), gaps->begin());
  }

  /// The won clause right behind the counterpart of the clause before `i`; none if there is no such.
  [[nodiscard]] std::size_t after_counterpart(std::size_t i) const {
    if (i == 0 || to_after_[i - 1] == none) return none;
    std::size_t j = to_after_[i - 1];
    const std::size_t source = to_before_[j];
    while (j < after_.size() && to_before_[j] == source) ++j;
    return j < after_.size() && to_before_[j] == none ? j : none;
  }
  /// The won clause right before the counterpart of the clause behind `i`.
  [[nodiscard]] std::size_t before_counterpart(std::size_t i) const {
    if (i + 1 >= before_.size() || to_after_[i + 1] == none || to_after_[i + 1] == 0) return none;
    const std::size_t j = to_after_[i + 1] - 1;
    return to_before_[j] == none ? j : none;
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
      if (!open || (candidate.weak && crosses(match))) continue;
      placed_.emplace(match.before, match.after);
      for (std::size_t k = 0; k < match.before_count; ++k) to_after_[match.before + k] = match.after;
      for (std::size_t k = 0; k < match.after_count; ++k) to_before_[match.after + k] = match.before;
      result_.all.push_back(match);
    }
  }

  /// Whether a pair between the same neighbours runs the other way.
  [[nodiscard]] bool crosses(const Correspondence& match) const {
    const auto between = [&](const auto& pair) {
      return before_gap_[pair.first] == before_gap_[match.before] && after_gap_[pair.second] == after_gap_[match.after];
    };
    const auto next = placed_.lower_bound(match.before);
    if (next != placed_.end() && between(*next) && next->second < match.after) return true;
    return next != placed_.begin() && between(*std::prev(next)) && std::prev(next)->second > match.after;
  }

  void mark_moved() {
    std::sort(result_.all.begin(), result_.all.end(),
              [](const Correspondence& a, const Correspondence& b) { return a.before < b.before; });
    std::vector<Link> links;
    links.reserve(result_.all.size());
    for (const Correspondence& match : result_.all) {
      double weight = 0.0;
      for (std::size_t k = 0; k < match.after_count; ++k) weight += clause_weight(after_[match.after + k]);
      // Of two that cross, the one that keeps its words tells the order better.
      links.push_back({match.before, match.after, weight * (match.same ? 1.0 : 0.9)});
    }
    for (Correspondence& match : result_.all) match.moved = true;
    for (const std::size_t i : in_order(links)) result_.all[i].moved = false;
  }

  Clauses before_;
  Clauses after_;
  std::vector<std::size_t> to_after_, to_before_;
  std::vector<std::size_t> before_gap_, after_gap_;
  std::vector<std::size_t> lost_, won_;
  Vocabulary vocabulary_;
  Shapes before_shapes_, after_shapes_;
  std::vector<Candidate> candidates_;
  std::map<std::size_t, std::size_t> placed_;  // pairs of this search, old to new
  Correspondences result_;
};

}  // namespace

Correspondences correspond(Clauses before, Clauses after) {
  return Matcher(before, after).run();
}

}  // namespace waydiff::diff
