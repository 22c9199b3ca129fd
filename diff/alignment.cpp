#include "diff/alignment.hpp"

#include <algorithm>
#include <dtl/dtl.hpp>
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
  std::size_t after_at = 0;  ///< the last of them
};

/// How often each id stands in a range. One serves many ranges, each in the time of its own length.
class Counts {
 public:
  explicit Counts(std::size_t ids) : entries_(ids), rounds_(ids, 0) {}

  void count(Ids before, Ids after, std::size_t after_begin) {
    ++round_;
    for (const std::uint32_t id : before) {
      if (rounds_[id] != round_) entries_[id] = {};
      rounds_[id] = round_;
      ++entries_[id].before;
    }
    for (std::size_t j = 0; j < after.size(); ++j) {
      if (rounds_[after[j]] != round_) continue;
      ++entries_[after[j]].after;
      entries_[after[j]].after_at = after_begin + j;
    }
  }
  /// Of an id that stands in `before`.
  [[nodiscard]] const Occurrences& of(std::uint32_t id) const { return entries_[id]; }
  [[nodiscard]] bool in_before(std::uint32_t id) const { return rounds_[id] == round_; }

 private:
  std::vector<Occurrences> entries_;
  std::vector<std::uint32_t> rounds_;  ///< in which an entry was last written
  std::uint32_t round_ = 0;
};

class Aligner {
 public:
  Aligner(Ids before, Ids after, std::span<const double> weight_of)
      : before_(before), after_(after), weight_of_(weight_of), counts_(weight_of.size()) {}

  std::vector<Link> run() {
    // A stack, not recursion: depth must not follow the input.
    links_.reserve(std::min(before_.size(), after_.size()));
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

  void count(const Range& range) {
    counts_.count(before_.subspan(range.before, range.before_end - range.before),
                  after_.subspan(range.after, range.after_end - range.after), range.after);
  }

  std::vector<Link> unique(const Range& range) {
    count(range);
    std::vector<Link> links;
    links.reserve(std::min(range.before_end - range.before, range.after_end - range.after));
    for (std::size_t i = range.before; i < range.before_end; ++i) {
      const Occurrences& entry = counts_.of(before_[i]);
      if (entry.before == 1 && entry.after == 1) links.push_back({i, entry.after_at, weight_of_[before_[i]]});
    }
    return chain(std::move(links));
  }

  static std::vector<Link> chain(std::vector<Link> links) {
    std::size_t kept = 0;
    for (const std::size_t i : in_order(links)) links[kept++] = links[i];
    links.resize(kept);
    return links;
  }

  void divide(const Range& range, const std::vector<Link>& anchors, std::vector<Range>& open) {
    std::size_t i = range.before;
    std::size_t j = range.after;
    for (const Link& anchor : anchors) {
      if (i < anchor.before && j < anchor.after) open.push_back({i, anchor.before, j, anchor.after, range.depth + 1});
      link(anchor.before, anchor.after);
      i = anchor.before + 1;
      j = anchor.after + 1;
    }
    open.push_back({i, range.before_end, j, range.after_end, range.depth + 1});
  }

  /// Only what occurs on both sides takes part: what does not is a difference whatever the script says.
  void edit_script(const Range& range) {
    count(range);
    std::vector<std::size_t> left, right;
    for (std::size_t i = range.before; i < range.before_end; ++i) {
      if (counts_.of(before_[i]).after > 0) left.push_back(i);
    }
    for (std::size_t j = range.after; j < range.after_end; ++j) {
      if (counts_.in_before(after_[j])) right.push_back(j);
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
  Counts counts_;
  std::vector<Link> links_;
};

}  // namespace

std::vector<Link> common_subsequence(Ids before, Ids after, std::span<const double> weight_of) {
  return Aligner(before, after, weight_of).run();
}

}  // namespace waydiff::diff
