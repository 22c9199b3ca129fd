#include "diff/moves.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace waydiff::diff {

std::vector<std::size_t> in_order(const std::vector<Link>& links) {
  constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  const auto crosses = [](const Link& a, const Link& b) { return a.after >= b.after; };
  if (std::adjacent_find(links.begin(), links.end(), crosses) == links.end()) {
    std::vector<std::size_t> all(links.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
  }
  std::vector<std::size_t> places;
  places.reserve(links.size());
  for (const Link& link : links) places.push_back(link.after);
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());

  // A Fenwick tree over the places: the best chain that ends at or before each.
  struct Chain {
    double weight = 0.0;
    std::size_t last = std::numeric_limits<std::size_t>::max();
  };
  std::vector<Chain> tree(places.size() + 1);
  std::vector<std::size_t> previous(links.size(), none);
  Chain best;
  for (std::size_t i = 0; i < links.size(); ++i) {
    const auto place =
        static_cast<std::size_t>(std::lower_bound(places.begin(), places.end(), links[i].after) - places.begin());
    Chain chain;
    for (std::size_t at = place; at > 0; at &= at - 1) {
      if (tree[at].weight > chain.weight) chain = tree[at];
    }
    previous[i] = chain.last;
    chain = {chain.weight + links[i].weight, i};
    for (std::size_t at = place + 1; at < tree.size(); at += at & (~at + 1)) {
      if (chain.weight > tree[at].weight) tree[at] = chain;
    }
    if (chain.weight > best.weight) best = chain;
  }
  std::vector<std::size_t> kept;
  for (std::size_t i = best.last; i != none; i = previous[i]) kept.push_back(i);
  std::reverse(kept.begin(), kept.end());
  return kept;
}

}  // namespace waydiff::diff
