#include "diff/alignment.hpp"

#include <algorithm>
#include <dtl/dtl.hpp>
#include <unordered_map>
#include <utility>

namespace waydiff::diff {
namespace {

using Ids = std::span<const std::uint32_t>;

// dtl's search is quadratic in the differences and misnumbers positions once it is cut, which this keeps from
// happening: longer stretches go through it window by window, and of each window only the part is kept that its far
// end cannot change any more.
constexpr std::size_t window = 400;
constexpr std::size_t settled = 300;
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
      } else {
        edit_script(range);
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

  /// Only what occurs on both sides takes part: what does not is a difference whatever the script says.
  void edit_script(const Range& range) {
    const auto seen = count(range);
    std::vector<std::size_t> left, right;
    for (std::size_t i = range.before; i < range.before_end; ++i) {
      if (seen.at(before_[i]).after > 0) left.push_back(i);
    }
    for (std::size_t j = range.after; j < range.after_end; ++j) {
      if (seen.contains(after_[j])) right.push_back(j);
    }
    for (std::size_t i = 0, j = 0; i < left.size() && j < right.size();) {
      const std::size_t i_end = std::min(left.size(), i + window);
      const std::size_t j_end = std::min(right.size(), j + window);
      const bool last = i_end == left.size() && j_end == right.size();
      const std::size_t i_settled = last ? i_end : i + settled;
      const std::size_t j_settled = last ? j_end : j + settled;
      std::size_t i_next = std::min(i_settled, i_end);
      std::size_t j_next = std::min(j_settled, j_end);
      for (const auto& [k, l] : script({left.data() + i, i_end - i}, {right.data() + j, j_end - j})) {
        if (i + k >= i_settled || j + l >= j_settled) break;
        link(left[i + k], right[j + l]);
        i_next = i + k + 1;
        j_next = j + l + 1;
      }
      if (last) break;
      i = i_next;
      j = j_next;
    }
  }

  using Places = std::span<const std::size_t>;

  /// Equal members in order, as indices into the two spans.
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> script(Places left, Places right) const {
    std::vector<std::uint32_t> a, b;
    for (const std::size_t i : left) a.push_back(before_[i]);
    for (const std::size_t j : right) b.push_back(after_[j]);
    dtl::Diff<std::uint32_t, std::vector<std::uint32_t>> diff(a, b);
    diff.compose();
    std::vector<std::pair<std::size_t, std::size_t>> common;
    std::size_t i = 0;
    std::size_t j = 0;
    for (const auto& [id, info] : diff.getSes().getSequence()) {
      if (info.type == dtl::SES_DELETE) {
        ++i;
      } else if (info.type == dtl::SES_ADD) {
        ++j;
      } else {
        common.emplace_back(i++, j++);
      }
    }
    return common;
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
