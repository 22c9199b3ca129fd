#include "pipeline/plan.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "core/digest.hpp"

namespace waydiff::pipeline {
namespace {

using std::chrono::sys_seconds;
using storage::CaptureRow;
using storage::Outcome;

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

bool looks_good(const CaptureRow& row) {
  return row.outcome != Outcome::unplayable && row.outcome != Outcome::excluded &&
         (row.capture.is_revisit() || row.capture.status.value_or(200) == 200);
}

bool holds_body(const CaptureRow& row) {
  return row.body && row.digest_check != "suspect" &&
         (row.outcome == Outcome::fetched || row.outcome == Outcome::duplicate || row.outcome == Outcome::revisit);
}

bool has_telling_digest(const CaptureRow& row) {
  return !row.capture.digest.empty() && row.capture.digest != core::empty_sha1;
}

bool same_status(const CaptureRow& a, const CaptureRow& b) {
  return a.capture.is_revisit() || b.capture.is_revisit() || a.capture.status == b.capture.status;
}

/// True when `to` may take over the body of `from`. Another archive's copy is the same only if its digest was verified.
bool may_share(const CaptureRow& from, const CaptureRow& to) {
  return same_status(from, to) && (from.archive == to.archive || from.digest_check == "verified");
}

}  // namespace

std::vector<bool> choose(std::span<const CaptureRow> rows, const config::Every& every, core::Timestamp origin) {
  std::vector<bool> chosen(rows.size(), every.unit == config::Every::Unit::all);
  if (!every.is_period() || rows.empty()) return chosen;
  const sys_seconds last = rows.back().capture.timestamp.time();
  std::size_t from = 0;
  std::optional<sys_seconds> begin;  // where the last window ended: months differ in length, and none may fall between
  for (int n = 0;; ++n) {
    const sys_seconds point = grid_point(origin, every, n);
    const auto half = (grid_point(origin, every, n + 1) - point) / 2;
    if (!begin) begin = point - half;
    if (*begin > last) break;
    const sys_seconds end = point + half;
    while (from < rows.size() && rows[from].capture.timestamp.time() < *begin) ++from;
    std::optional<std::size_t> best;
    auto rank = [&](std::size_t at) {
      const auto away = rows[at].capture.timestamp.time() - point;
      return std::pair(!looks_good(rows[at]), away < away.zero() ? -away : away);
    };
    for (std::size_t at = from; at < rows.size() && rows[at].capture.timestamp.time() < end; ++at) {
      if (!best || rank(at) < rank(*best)) best = at;
    }
    if (best) chosen[*best] = true;
    begin = end;
  }
  return chosen;
}

std::vector<Sighting> sightings(std::span<const CaptureRow> rows, std::span<const Seen> seen,
                                const std::vector<bool>& tried, sys_seconds now) {
  std::vector<Sighting> out;
  out.reserve(rows.size());
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const CaptureRow& row = rows[at];
    Sighting sighting;
    sighting.time = row.capture.timestamp;
    sighting.length = row.capture.length;
    sighting.full = !row.capture.is_revisit() && row.capture.status == 200;
    if (has_telling_digest(row) && row.digest_check != "suspect") sighting.digest = row.capture.digest;
    const int status = row.http_status.value_or(row.capture.status.value_or(200));
    if (status != 200) {
      // An error page may have the bytes of a page that was not called one: its digest says nothing of the others.
      sighting.known = Sighting::Known::unfit;
      sighting.digest.clear();
    } else if (row.body) {
      sighting.known = seen[at].good ? Sighting::Known::good : Sighting::Known::unfit;
      sighting.state = seen[at].state;
    } else if (tried[at] || is_final(row, now)) {
      sighting.known = Sighting::Known::withheld;
    }
    out.push_back(std::move(sighting));
  }
  return out;
}

std::vector<bool> choose_changes(std::span<const CaptureRow> rows, std::span<const Sighting> sightings,
                                 std::vector<std::size_t>* order) {
  std::vector<bool> chosen(rows.size(), false);
  std::vector<std::size_t> picks = next_captures(sightings);
  const auto is_redirect = [&](std::size_t at) {
    const int status = rows[at].http_status.value_or(rows[at].capture.status.value_or(200));
    return status >= 300 && status < 400;
  };
  std::size_t redirects = rows.size();
  while (redirects > 0 && is_redirect(redirects - 1)) --redirects;
  if (redirects < rows.size()) picks.push_back(redirects);
  for (const std::size_t at : picks) chosen[at] = true;
  std::multimap<std::string_view, std::size_t> held;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (holds_body(rows[at]) && has_telling_digest(rows[at])) held.emplace(rows[at].capture.digest, at);
  }
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (rows[at].body || !has_telling_digest(rows[at])) continue;
    const auto [begin, end] = held.equal_range(rows[at].capture.digest);
    if (std::any_of(begin, end, [&](const auto& e) { return may_share(rows[e.second], rows[at]); })) chosen[at] = true;
  }
  if (order) *order = std::move(picks);
  return chosen;
}

std::vector<std::size_t> mark(std::span<CaptureRow> rows, const std::vector<bool>& chosen, sys_seconds now) {
  std::vector<std::size_t> changed;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    CaptureRow& row = rows[at];
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

std::vector<Step> next_steps(std::span<const CaptureRow> rows, const std::vector<bool>& tried,
                             std::span<const storage::Id> archives) {
  std::multimap<std::string_view, std::size_t> held;  // digest to rows whose body is in the store
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (holds_body(rows[at]) && has_telling_digest(rows[at])) held.emplace(rows[at].capture.digest, at);
  }
  std::vector<Step> steps;
  std::multimap<std::string_view, std::size_t> asked;
  const auto rank = [&](std::size_t at) {
    const auto found = std::find(archives.begin(), archives.end(), rows[at].archive);
    return found - archives.begin();
  };
  const auto may_ask = [&](std::size_t at) {
    return !tried[at] && (rows[at].outcome == Outcome::pending || rows[at].outcome == Outcome::failed);
  };
  // Full records first: a revisit is cheapest once its original is here.
  std::vector<std::size_t> wanted;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (may_ask(at) || rows[at].outcome == Outcome::failed || rows[at].outcome == Outcome::unplayable) {
      wanted.push_back(at);
    }
  }
  std::stable_sort(wanted.begin(), wanted.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(rows[a].capture.is_revisit(), rank(a)) < std::pair(rows[b].capture.is_revisit(), rank(b));
  });
  for (const std::size_t at : wanted) {
    const CaptureRow& row = rows[at];
    Step step{at, Step::Kind::fetch, at};
    if (has_telling_digest(row)) {
      const auto find = [&](const std::multimap<std::string_view, std::size_t>& among, auto fits) {
        const auto [begin, end] = among.equal_range(row.capture.digest);
        const auto equal = std::find_if(begin, end, [&](const auto& e) { return fits(rows[e.second], row); });
        return equal == end ? rows.size() : equal->second;
      };
      if (const std::size_t source = find(held, may_share); source < rows.size()) {
        step = {at, Step::Kind::share, source};
      } else if (!may_ask(at)) {
        continue;
      } else if (const std::size_t first = find(asked, same_status); first < rows.size()) {
        step = {at, Step::Kind::wait, first};
      } else {
        asked.emplace(row.capture.digest, at);
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
  switch (row.outcome) {
    case Outcome::fetched:
    case Outcome::duplicate:
    case Outcome::revisit:
      return true;
    case Outcome::unplayable:
    case Outcome::excluded:
      return row.retry_after && *row.retry_after > now;
    case Outcome::pending:
    case Outcome::unselected:
    case Outcome::failed:
      return false;
  }
  return false;
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
