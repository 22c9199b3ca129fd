#include "diff/alignment.hpp"

#include <algorithm>
#include <dtl/dtl.hpp>
#include <unordered_map>

namespace waydiff::diff {
namespace {

using Ids = std::span<const std::uint32_t>;

// dtl's search is quadratic in the differences and misnumbers positions once it is cut, which this keeps from
// happening.
constexpr std::size_t edit_script_limit = 800;
constexpr int depth_limit = 16;

struct Range {
  std::size_t before, before_end, after, after_end;
  int depth;
};

struct Occurrences {
  std::uint32_t before = 0, after = 0;
  std::size_t before_at = 0, after_at = 0;
};

class Aligner {
 public:
  Aligner(Ids before, Ids after, std::span<const double> weight_of)
      : before_(before), after_(after), weight_of_(weight_of) {}

  std::vector<Link> run() {
    // A stack, not recursion: depth must not follow the input.
    std::vector<Range> open{{0, before_.size(), 0, after_.size(), 0}};
    while (!open.empty()) {
      Range range = open.back();
      open.pop_back();
      trim(range);
      const std::size_t left = range.before_end - range.before;
      const std::size_t right = range.after_end - range.after;
      if (left == 0 || right == 0) continue;
      const std::vector<Link> anchors = range.depth < depth_limit ? unique(range) : std::vector<Link>{};
      if (!anchors.empty()) {
        divide(range, anchors, open);
      } else if (left + right <= edit_script_limit) {
        edit_script(range);
      } else {
        match_occurrences(range);
      }
    }
    std::sort(links_.begin(), links_.end(), [](const Link& a, const Link& b) { return a.before < b.before; });
    return std::move(links_);
  }

 private:
  void link(std::size_t i, std::size_t j) { links_.push_back({i, j, weight_of_[before_[i]]}); }

  void trim(Range& range) {
    while (range.before < range.before_end && range.after < range.after_end &&
           before_[range.before] == after_[range.after]) {
      link(range.before++, range.after++);
    }
    while (range.before < range.before_end && range.after < range.after_end &&
           before_[range.before_end - 1] == after_[range.after_end - 1]) {
      link(--range.before_end, --range.after_end);
    }
  }

  std::unordered_map<std::uint32_t, Occurrences> count(const Range& range) const {
    std::unordered_map<std::uint32_t, Occurrences> seen;
    seen.reserve(range.before_end - range.before);
    for (std::size_t i = range.before; i < range.before_end; ++i) {
      Occurrences& entry = seen[before_[i]];
      ++entry.before;
      entry.before_at = i;
    }
    for (std::size_t j = range.after; j < range.after_end; ++j) {
      const auto entry = seen.find(after_[j]);
      if (entry == seen.end()) continue;
      ++entry->second.after;
      entry->second.after_at = j;
    }
    return seen;
  }

  std::vector<Link> unique(const Range& range) const {
    const auto seen = count(range);
    std::vector<Link> links;
    for (std::size_t i = range.before; i < range.before_end; ++i) {
      const Occurrences& entry = seen.at(before_[i]);
      if (entry.before == 1 && entry.after == 1) links.push_back({i, entry.after_at, weight_of_[before_[i]]});
    }
    return chain(links);
  }

  static std::vector<Link> chain(const std::vector<Link>& links) {
    std::vector<Link> kept;
    for (const std::size_t i : in_order(links)) kept.push_back(links[i]);
    return kept;
  }

  void divide(const Range& range, const std::vector<Link>& anchors, std::vector<Range>& open) {
    std::size_t i = range.before;
    std::size_t j = range.after;
    for (const Link& anchor : anchors) {
      open.push_back({i, anchor.before, j, anchor.after, range.depth + 1});
      link(anchor.before, anchor.after);
      i = anchor.before + 1;
      j = anchor.after + 1;
    }
    open.push_back({i, range.before_end, j, range.after_end, range.depth + 1});
  }

  void edit_script(const Range& range) {
    const std::vector<std::uint32_t> a(before_.begin() + static_cast<std::ptrdiff_t>(range.before),
                                       before_.begin() + static_cast<std::ptrdiff_t>(range.before_end));
    const std::vector<std::uint32_t> b(after_.begin() + static_cast<std::ptrdiff_t>(range.after),
                                       after_.begin() + static_cast<std::ptrdiff_t>(range.after_end));
    dtl::Diff<std::uint32_t, std::vector<std::uint32_t>> diff(a, b);
    diff.compose();
    std::size_t i = range.before;
    std::size_t j = range.after;
    for (const auto& [id, info] : diff.getSes().getSequence()) {
      if (info.type == dtl::SES_DELETE) {
        ++i;
      } else if (info.type == dtl::SES_ADD) {
        ++j;
      } else {
        link(i++, j++);
      }
    }
  }

  /// Large and without unique members: the k-th occurrence of each is paired with the k-th on the other side.
  void match_occurrences(const Range& range) {
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> places;
    for (std::size_t j = range.after_end; j > range.after; --j) places[after_[j - 1]].push_back(j - 1);
    std::vector<Link> links;
    for (std::size_t i = range.before; i < range.before_end; ++i) {
      const auto entry = places.find(before_[i]);
      if (entry == places.end() || entry->second.empty()) continue;
      links.push_back({i, entry->second.back(), weight_of_[before_[i]]});
      entry->second.pop_back();
    }
    for (const Link& kept : chain(links)) link(kept.before, kept.after);
  }

  Ids before_;
  Ids after_;
  std::span<const double> weight_of_;
  std::vector<Link> links_;
};

}  // namespace

std::vector<Link> common_subsequence(Ids before, Ids after, std::span<const double> weight_of) {
  return Aligner(before, after, weight_of).run();
}

}  // namespace waydiff::diff
