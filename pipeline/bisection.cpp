#include "pipeline/bisection.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <set>
#include <tuple>

namespace waydiff::pipeline {
namespace {

using Known = Sighting::Known;

/// Fewer captures than this need no grid: halving looks at most of them anyway.
constexpr std::size_t many = 16;
constexpr std::size_t most_grid_points = 24;

/// Lengths of one text's records differ by so much without meaning anything.
constexpr double length_noise = 0.02;

/// What is worth fetching, the most valuable first: by class, then the widest gap.
struct Pick {
  int rank;
  std::chrono::seconds width;
  std::size_t row;
};

class Bisection {
 public:
  explicit Bisection(std::span<const Sighting> given) : rows_(given.begin(), given.end()) {
    std::uint32_t digests = 0;
    for (const Sighting& row : rows_) digests = std::max(digests, row.digest);
    digest_count_.resize(std::size_t{digests} + 1, 0);
    spread_by_digest();
    for (std::size_t at = 0; at < rows_.size(); ++at) {
      if (rows_[at].known == Known::good) good_.push_back(at);
      if (rows_[at].known == Known::open) open_.push_back(at);
      if (rows_[at].digest != 0) ++digest_count_[rows_[at].digest];
    }
    if (rows_.empty()) return;
    const std::size_t points =
        open_.size() + good_.size() > many ? std::min(most_grid_points, (open_.size() + good_.size()) / 8) : 0;
    const auto span = rows_.back().time.time() - rows_.front().time.time();
    if (points > 0) grid_step_ = span / static_cast<std::chrono::seconds::rep>(points + 1);
  }

  std::vector<std::size_t> picks() {
    if (open_.empty()) return {};
    ends();
    for (std::size_t n = 0; n + 1 < good_.size(); ++n) between(good_[n], good_[n + 1]);
    std::stable_sort(picks_.begin(), picks_.end(), [](const Pick& a, const Pick& b) {
      return std::tuple(a.rank, -a.width.count()) < std::tuple(b.rank, -b.width.count());
    });
    // Of equal digests one is enough: the others are known with it.
    std::vector<std::size_t> out;
    std::set<std::uint32_t> digests;
    std::set<std::size_t> taken;
    for (const Pick& pick : picks_) {
      const std::uint32_t digest = rows_[pick.row].digest;
      if (!taken.insert(pick.row).second || (digest != 0 && !digests.insert(digest).second)) continue;
      out.push_back(pick.row);
    }
    return out;
  }

 private:
  /// What is known of a digest is known of all captures that have it.
  void spread_by_digest() {
    constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);
    std::vector<std::uint32_t> first_known(digest_count_.size(), none);
    for (std::size_t at = 0; at < rows_.size(); ++at) {
      const Sighting& row = rows_[at];
      if (row.digest == 0 || (row.known != Known::good && row.known != Known::unfit)) continue;
      if (row.known == Known::good) texts_.insert(row.state);
      if (first_known[row.digest] != none) continue;
      first_known[row.digest] = static_cast<std::uint32_t>(at);
      digests_of_good_ += row.known == Known::good;
    }
    for (Sighting& row : rows_) {
      if (row.known != Known::open || row.digest == 0 || first_known[row.digest] == none) continue;
      row.known = rows_[first_known[row.digest]].known;
      row.state = rows_[first_known[row.digest]].state;
    }
  }

  /// False once several digests proved to be one text: each visit's bytes differ, and say nothing of the words.
  [[nodiscard]] bool digests_tell() const { return digests_of_good_ <= 2 * texts_.size() + 2; }

  [[nodiscard]] std::chrono::seconds width(std::size_t from, std::size_t to) const {
    return rows_[to].time.time() - rows_[from].time.time();
  }

  /// The open rows of [from, to).
  [[nodiscard]] std::span<const std::size_t> open_in(std::size_t from, std::size_t to) const {
    const auto begin = std::lower_bound(open_.begin(), open_.end(), from);
    const auto end = std::lower_bound(begin, open_.end(), to);
    return {begin, end};
  }

  /// Of the open rows given the one nearest to their middle, an ordinary page if there is one in the middle half.
  [[nodiscard]] std::size_t middle(std::span<const std::size_t> open) const {
    const std::size_t centre = open.size() / 2;
    const std::size_t reach = std::max<std::size_t>(open.size() / 4, 1);
    for (std::size_t away = 0; away <= reach; ++away) {
      for (const bool after : {false, true}) {
        if (!after && away > centre) continue;
        const std::size_t at = after ? centre + away : centre - away;
        if (at < open.size() && rows_[open[at]].full) return open[at];
      }
    }
    return open[centre];
  }

  void pick(int rank, std::chrono::seconds width, std::size_t row) { picks_.push_back({rank, width, row}); }

  /// The first and the last good capture. Where the listing begins (or ends) with captures that proved unfit, the
  /// first good one is looked for by halving: pages that are gone mostly stay gone.
  void ends() {
    const std::size_t first = good_.empty() ? rows_.size() : good_.front();
    const std::size_t last = good_.empty() ? 0 : good_.back() + 1;
    const auto unfit = [&](std::size_t at) { return rows_[at].known == Known::unfit; };
    if (good_.empty()) {
      // Nothing good yet: the ends, then the middles of what lies between the unfit.
      std::size_t from = 0;
      for (std::size_t at = 0; at <= rows_.size(); ++at) {
        if (at < rows_.size() && !unfit(at)) continue;
        if (const auto open = open_in(from, at); !open.empty()) {
          const auto wide = rows_[open.back()].time.time() - rows_[open.front()].time.time();
          if (from == 0) pick(0, wide, first_full(open));
          if (at == rows_.size()) pick(0, wide, last_full(open));
          if (from > 0 && at < rows_.size()) pick(1, wide, middle(open));
        }
        from = at + 1;
      }
      return;
    }
    std::size_t begin = first;
    while (begin > 0 && !unfit(begin - 1)) --begin;
    if (const auto open = open_in(begin, first); !open.empty()) {
      pick(0, width(open.front(), first), begin == 0 ? first_full(open) : middle(open));
    }
    std::size_t end = last;
    while (end < rows_.size() && !unfit(end)) ++end;
    if (const auto open = open_in(last, end); !open.empty()) {
      pick(0, width(last - 1, open.back()), end == rows_.size() ? last_full(open) : middle(open));
    }
    // A text that stood for a while before or after that.
    for (const auto& open : {open_in(0, begin), open_in(end, rows_.size())}) {
      if (const auto at = lasting(open)) pick(2, width(0, rows_.size() - 1), *at);
    }
  }

  [[nodiscard]] std::size_t first_full(std::span<const std::size_t> open) const {
    const auto found = std::find_if(open.begin(), open.end(), [&](std::size_t at) { return rows_[at].full; });
    return found == open.end() ? open.front() : *found;
  }
  [[nodiscard]] std::size_t last_full(std::span<const std::size_t> open) const {
    const auto found = std::find_if(open.rbegin(), open.rend(), [&](std::size_t at) { return rows_[at].full; });
    return found == open.rend() ? open.back() : *found;
  }

  /// Between two good captures with no good one between them.
  void between(std::size_t before, std::size_t after) {
    const auto open = open_in(before + 1, after);
    if (open.empty()) return;
    if (rows_[before].state != rows_[after].state) return pick(1, width(before, after), middle(open));
    if (const auto hint = hinted(before, after, open)) return pick(2, width(before, after), *hint);
    if (grid_step_.count() > 0 && width(before, after) > grid_step_) {
      const bool looked_at = std::any_of(rows_.begin() + static_cast<std::ptrdiff_t>(before) + 1,
                                         rows_.begin() + static_cast<std::ptrdiff_t>(after),
                                         [](const Sighting& row) { return row.known == Known::unfit; });
      if (!looked_at || open.size() > many) pick(1, width(before, after), nearest_to_middle(before, after, open));
    }
  }

  /// The open row nearest to the middle of the time between two rows.
  [[nodiscard]] std::size_t nearest_to_middle(std::size_t before, std::size_t after,
                                              std::span<const std::size_t> open) const {
    const auto centre = rows_[before].time.time() + width(before, after) / 2;
    const auto rank = [&](std::size_t at) {
      const auto away = rows_[at].time.time() - centre;
      return std::pair(!rows_[at].full, away < away.zero() ? -away : away);
    };
    return *std::min_element(open.begin(), open.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  }

  /// An open row between two captures of one text that seems to have another.
  [[nodiscard]] std::optional<std::size_t> hinted(std::size_t before, std::size_t after,
                                                  std::span<const std::size_t> open) const {
    const auto found = lasting(open);
    return found ? found : odd_length(before, after, open);
  }

  /// Of the open rows given the middle one of those whose bytes were seen twice: no chance of the day, but a text.
  [[nodiscard]] std::optional<std::size_t> lasting(std::span<const std::size_t> open) const {
    if (!digests_tell()) return {};
    std::vector<std::size_t> found;
    for (const std::size_t at : open) {
      if (digest_count_[rows_[at].digest] > 1) found.push_back(at);
    }
    if (found.empty()) return {};
    return middle(found);
  }

  /// The open row whose record differs most in length from those of both captures, if by more than chance, and if the
  /// next one does as well.
  [[nodiscard]] std::optional<std::size_t> odd_length(std::size_t before, std::size_t after,
                                                      std::span<const std::size_t> open) const {
    const std::int64_t low = rows_[before].length;
    const std::int64_t high = rows_[after].length;
    if (low < 0 || high < 0 || !rows_[before].full || !rows_[after].full) return {};
    const auto [least, most] = std::minmax(low, high);
    // What this gap's own ends show is no more than noise, and neither is as much again.
    const double noise = std::max(length_noise * static_cast<double>(most), 2.0 * static_cast<double>(most - least));
    const auto oddity = [&](std::size_t at) {
      const std::int64_t length = rows_[at].length;
      if (length < 0 || !rows_[at].full) return 0.0;
      return static_cast<double>(std::max(least - length, length - most)) - noise;
    };
    std::optional<std::size_t> found;
    double best = 0;
    for (std::size_t n = 0; n + 1 < open.size(); ++n) {
      const double odd = std::min(oddity(open[n]), oddity(open[n + 1]));
      if (odd > best) best = odd, found = open[n];
    }
    return found;
  }

  std::vector<Sighting> rows_;
  std::vector<std::size_t> good_, open_;
  std::vector<std::uint32_t> digest_count_;  ///< by digest
  std::set<std::uint32_t> texts_;            ///< states among what was fetched
  std::size_t digests_of_good_ = 0;
  std::chrono::seconds grid_step_{0};
  std::vector<Pick> picks_;
};

}  // namespace

std::vector<std::size_t> next_captures(std::span<const Sighting> sightings) {
  return Bisection(sightings).picks();
}

}  // namespace waydiff::pipeline
