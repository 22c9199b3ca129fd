#pragma once

#include <cstddef>
#include <vector>

#include "diff/similarity.hpp"

namespace waydiff::diff {

/// A run of neighbouring clauses whose words, one after the other, are those of one clause.
struct Run {
  std::size_t first = 0;
  std::size_t count = 1;
  double similarity = 0.0;
};

/// How well one clause stands for another: common_weight() and similarity() of the two.
struct Cover {
  double weight = 0.0;
  double similarity = 0.0;
};

/// Grows the run {`start`}, which covers `whole` by `cover`, over the clauses of one side as long as each further
/// neighbour brings `whole` words of its own: more than half of what it says stands in `whole` and in none of the
/// others. `open(i)` tells whether clause i is still without a counterpart. The count stays 1 where nothing is gained.
template <class Open>
[[nodiscard]] Run grow(const Shape& whole, const Shapes& shapes, std::size_t start, const Cover& cover,
                       const Vocabulary& vocabulary, Open open) {
  constexpr std::size_t limit = 12;
  constexpr double own_share = 0.55;
  const auto share = [](double part, double all) { return all > 0.0 ? part / all : 0.0; };
  Run run{start, 1, cover.similarity};
  double covered = cover.weight;
  if (share(covered, shapes[start].weight) < own_share) return run;
  const Shape* sum = &shapes[start];
  Shape grown_sum;
  for (bool grown = true; grown && run.count < limit;) {
    grown = false;
    for (const bool forward : {true, false}) {
      if (!forward && run.first == 0) continue;
      const std::size_t next = forward ? run.first + run.count : run.first - 1;
      if (next >= shapes.clauses() || !open(next) || shapes[next].order.size() < 2) continue;
      Shape wider = forward ? joined(*sum, shapes[next], vocabulary) : joined(shapes[next], *sum, vocabulary);
      const double reached = common_weight(whole, wider, vocabulary);
      const double score = similarity(whole, wider, reached);
      if (share(reached - covered, shapes[next].weight) < own_share || score <= run.similarity) continue;
      run = {forward ? run.first : next, run.count + 1, score};
      grown_sum = std::move(wider);
      sum = &grown_sum;
      covered = reached;
      grown = true;
    }
  }
  return run;
}

}  // namespace waydiff::diff
