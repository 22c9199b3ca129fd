#include "pipeline/plan.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <utility>

namespace waydiff::pipeline {
namespace {

using std::chrono::sys_seconds;
using storage::CaptureRow;
using storage::Outcome;
using storage::PlanRow;

/// The grid's point number `n`. Months and years keep the day where the month has one.
sys_seconds grid_point(core::Timestamp origin, const config::Every& every, int n) {
  const sys_seconds start = origin.time();
  const int steps = n * every.count;
  switch (every.unit) {
    case config::Every::Unit::all:
    case config::Every::Unit::changes:
      return start;
    case config::Every::Unit::days:
      return start + std::chrono::days(steps);
    case config::Every::Unit::weeks:
      return start + std::chrono::weeks(steps);
    case config::Every::Unit::months:
    case config::Every::Unit::years:
      break;
  }
  const auto midnight = std::chrono::floor<std::chrono::days>(start);
  std::chrono::year_month_day date(midnight);
  date += every.unit == config::Every::Unit::months ? std::chrono::months(steps) : std::chrono::months(12 * steps);
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return std::chrono::sys_days(date) + (start - midnight);
}

bool looks_good(const PlanRow& row) {
  return row.outcome != Outcome::unplayable && row.outcome != Outcome::excluded &&
         (row.revisit || row.status < 0 || row.status == 200);
}

/// Of the archived response; what the index says where that is not known yet; 200 where that says nothing.
int status_of(const PlanRow& row) {
  if (row.http_status >= 0) return row.http_status;
  return row.status >= 0 ? row.status : 200;
}

bool holds_body(const PlanRow& row) {
  return row.body != 0 && row.check != PlanRow::Check::suspect &&
         (row.outcome == Outcome::fetched || row.outcome == Outcome::duplicate || row.outcome == Outcome::revisit);
}

bool same_status(const PlanRow& a, const PlanRow& b) {
  return a.revisit || b.revisit || a.status == b.status;
}

/// True when `to` may take over the body of `from`. Another archive's copy is the same only if its digest was verified.
bool may_share(const PlanRow& from, const PlanRow& to) {
  return same_status(from, to) && (from.archive == to.archive || from.check == PlanRow::Check::verified);
}

/// Rows by their digest, in the order they were added. Rows without a telling digest are in no list.
class ByDigest {
 public:
  explicit ByDigest(std::span<const PlanRow> rows) : rows_(rows), next_(rows.size(), none) {
    std::uint32_t digests = 0;
    for (const PlanRow& row : rows) digests = std::max(digests, row.digest);
    ends_.resize(std::size_t{digests} + 1, {none, none});
  }

  void add(std::size_t at) {
    const auto row = static_cast<std::uint32_t>(at);
    auto& [first, last] = ends_[rows_[at].digest];
    (first == none ? first : next_[last]) = row;
    last = row;
  }

  /// The first row with the digest of `row` that `fits` says fits it.
  template <class Fits>
  [[nodiscard]] std::optional<std::uint32_t> find(const PlanRow& row, Fits fits) const {
    if (row.digest == 0) return {};
    for (std::uint32_t at = ends_[row.digest].first; at != none; at = next_[at]) {
      if (fits(rows_[at], row)) return at;
    }
    return {};
  }

 private:
  static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);
  std::span<const PlanRow> rows_;
  std::vector<std::uint32_t> next_;                            ///< by row
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends_;  ///< by digest: first and last row
};

/// The rows whose body is in the store.
ByDigest held_of(std::span<const PlanRow> rows) {
  ByDigest held(rows);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (holds_body(rows[at]) && rows[at].digest != 0) held.add(at);
  }
  return held;
}

bool is_final(Outcome outcome, sys_seconds retry_after, sys_seconds now) {
  switch (outcome) {
    case Outcome::fetched:
    case Outcome::duplicate:
    case Outcome::revisit:
      return true;
    case Outcome::unplayable:
    case Outcome::excluded:
      return retry_after > now;
    case Outcome::pending:
    case Outcome::unselected:
    case Outcome::failed:
      return false;
  }
  return false;
}

}  // namespace

std::vector<bool> choose(std::span<const PlanRow> rows, const config::Every& every, core::Timestamp origin) {
  std::vector<bool> chosen(rows.size(), every.unit == config::Every::Unit::all);
  if (!every.is_period() || rows.empty()) return chosen;
  const sys_seconds last = rows.back().time.time();
  std::size_t from = 0;
  std::optional<sys_seconds> begin;  // where the last window ended: months differ in length, and none may fall between
  for (int n = 0;; ++n) {
    const sys_seconds point = grid_point(origin, every, n);
    const auto half = (grid_point(origin, every, n + 1) - point) / 2;
    if (!begin) begin = point - half;
    if (*begin > last) break;
    const sys_seconds end = point + half;
    while (from < rows.size() && rows[from].time.time() < *begin) ++from;
    std::optional<std::size_t> best;
    auto rank = [&](std::size_t at) {
      const auto away = rows[at].time.time() - point;
      return std::pair(!looks_good(rows[at]), away < away.zero() ? -away : away);
    };
    for (std::size_t at = from; at < rows.size() && rows[at].time.time() < end; ++at) {
      if (!best || rank(at) < rank(*best)) best = at;
    }
    if (best) chosen[*best] = true;
    begin = end;
  }
  return chosen;
}

std::vector<Sighting> sightings(std::span<const PlanRow> rows, std::span<const std::uint32_t> texts,
                                const std::vector<bool>& tried, sys_seconds now) {
  std::vector<Sighting> out;
  out.reserve(rows.size());
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const PlanRow& row = rows[at];
    Sighting sighting;
    sighting.time = row.time;
    sighting.length = row.length;
    sighting.full = !row.revisit && row.status == 200;
    if (row.check != PlanRow::Check::suspect) sighting.digest = row.digest;
    if (status_of(row) != 200) {
      // An error page may have the bytes of a page that was not called one: its digest says nothing of the others.
      sighting.known = Sighting::Known::unfit;
      sighting.digest = 0;
    } else if (row.body != 0) {
      sighting.known = texts[at] != 0 ? Sighting::Known::good : Sighting::Known::unfit;
      sighting.state = texts[at];
    } else if (tried[at] || is_final(row, now)) {
      sighting.known = Sighting::Known::withheld;
    }
    out.push_back(sighting);
  }
  return out;
}

std::vector<bool> choose_changes(std::span<const PlanRow> rows, std::span<const Sighting> sightings,
                                 std::vector<std::size_t>* order) {
  std::vector<bool> chosen(rows.size(), false);
  std::vector<std::size_t> picks = next_captures(sightings);
  const auto is_redirect = [&](std::size_t at) {
    const int status = status_of(rows[at]);
    return status >= 300 && status < 400;
  };
  std::size_t redirects = rows.size();
  while (redirects > 0 && is_redirect(redirects - 1)) --redirects;
  if (redirects < rows.size()) picks.push_back(redirects);
  for (const std::size_t at : picks) chosen[at] = true;
  const ByDigest held = held_of(rows);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (rows[at].body == 0 && held.find(rows[at], may_share)) chosen[at] = true;
  }
  if (order) *order = std::move(picks);
  return chosen;
}

std::vector<std::size_t> mark(std::span<PlanRow> rows, const std::vector<bool>& chosen, sys_seconds now) {
  std::vector<std::size_t> changed;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    PlanRow& row = rows[at];
    const bool lapsed = (row.outcome == Outcome::unplayable || row.outcome == Outcome::excluded) && !is_final(row, now);
    const Outcome before = row.outcome;
    if (chosen[at] && (before == Outcome::unselected || lapsed)) row.outcome = Outcome::pending;
    if (!chosen[at] && (before == Outcome::pending || before == Outcome::failed)) row.outcome = Outcome::unselected;
    if (row.outcome != before) changed.push_back(at);
  }
  return changed;
}

std::vector<std::size_t> spread(std::size_t count) {
  std::vector<std::size_t> out;
  if (count > 0) out.push_back(0);
  if (count > 1) out.push_back(count - 1);
  std::deque<std::pair<std::size_t, std::size_t>> gaps;
  if (count > 2) gaps.emplace_back(0, count - 1);
  while (!gaps.empty()) {
    const auto [from, to] = gaps.front();
    gaps.pop_front();
    if (to - from < 2) continue;
    const std::size_t middle = from + (to - from) / 2;
    out.push_back(middle);
    gaps.emplace_back(from, middle);
    gaps.emplace_back(middle, to);
  }
  return out;
}

std::vector<Step> next_steps(std::span<const PlanRow> rows, const std::vector<bool>& tried,
                             std::span<const storage::Id> archives) {
  const ByDigest held = held_of(rows);
  ByDigest asked(rows);
  const auto rank = [&](std::uint32_t at) {
    const auto found = std::find(archives.begin(), archives.end(), rows[at].archive);
    return found - archives.begin();
  };
  const auto may_ask = [&](std::size_t at) {
    return !tried[at] && (rows[at].outcome == Outcome::pending || rows[at].outcome == Outcome::failed);
  };
  // Full records first: a revisit is cheapest once its original is here.
  std::vector<std::uint32_t> wanted;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (may_ask(at) || rows[at].outcome == Outcome::failed || rows[at].outcome == Outcome::unplayable) {
      wanted.push_back(static_cast<std::uint32_t>(at));
    }
  }
  std::stable_sort(wanted.begin(), wanted.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(rows[a].revisit, rank(a)) < std::pair(rows[b].revisit, rank(b));
  });
  std::vector<Step> steps;
  steps.reserve(wanted.size());
  for (const std::uint32_t at : wanted) {
    const PlanRow& row = rows[at];
    Step step{at, at, Step::Kind::fetch};
    if (row.digest != 0) {
      if (const auto source = held.find(row, may_share)) {
        step = {at, *source, Step::Kind::share};
      } else if (!may_ask(at)) {
        continue;
      } else if (const auto first = asked.find(row, same_status)) {
        step = {at, *first, Step::Kind::wait};
      } else {
        asked.add(at);
      }
    }
    // What failed, and what is not given out, is known all the same once an equal capture is here.
    if (step.kind == Step::Kind::fetch && !may_ask(at)) continue;
    steps.push_back(step);
  }
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.row < b.row; });
  return steps;
}

bool is_final(const CaptureRow& row, std::chrono::sys_seconds now) {
  return is_final(row.outcome, row.retry_after.value_or(sys_seconds::min()), now);
}

bool is_final(const PlanRow& row, std::chrono::sys_seconds now) {
  return is_final(row.outcome, row.retry_after, now);
}

std::chrono::sys_seconds ask_again(int attempts, std::chrono::sys_seconds now) {
  return now + std::chrono::days(attempts <= 1 ? 7 : attempts == 2 ? 30 : 90);
}

void note_failure(CaptureRow& row, const core::Error& error, std::chrono::sys_seconds now) {
  ++row.attempts;
  row.cause = error.detail;
  row.outcome = error.code == core::Errc::unplayable ? Outcome::unplayable
                : error.code == core::Errc::excluded ? Outcome::excluded
                                                     : Outcome::failed;
  if (row.outcome == Outcome::failed) {
    row.cause = std::string(core::name(error.code)) + ": " + row.cause;
  } else {
    row.retry_after = ask_again(row.attempts, now);
  }
}

}  // namespace waydiff::pipeline
