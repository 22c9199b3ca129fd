#include "pipeline/plan.hpp"

#include <algorithm>
#include <map>
#include <string>
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
    case config::Every::Unit::all: return start;
    case config::Every::Unit::days: return start + std::chrono::days(steps);
    case config::Every::Unit::weeks: return start + std::chrono::weeks(steps);
    case config::Every::Unit::months:
    case config::Every::Unit::years: break;
  }
  const auto midnight = std::chrono::floor<std::chrono::days>(start);
  std::chrono::year_month_day date(midnight);
  date += every.unit == config::Every::Unit::months ? std::chrono::months(steps) : std::chrono::months(12 * steps);
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return std::chrono::sys_days(date) + (start - midnight);
}

bool looks_good(const CaptureRow& row) {
  return row.outcome != Outcome::unplayable && row.outcome != Outcome::excluded &&
         (row.capture.is_revisit() || row.capture.status == 200);
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

}  // namespace

std::vector<bool> choose(std::span<const CaptureRow> rows, const config::Every& every, core::Timestamp origin) {
  std::vector<bool> chosen(rows.size(), every.unit == config::Every::Unit::all);
  if (every.unit == config::Every::Unit::all || rows.empty()) return chosen;
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

std::vector<Step> next_steps(std::span<const CaptureRow> rows, const std::vector<bool>& tried) {
  std::multimap<std::string, std::size_t> held;  // digest to rows whose body is in the store
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (holds_body(rows[at]) && has_telling_digest(rows[at])) held.emplace(rows[at].capture.digest, at);
  }
  std::vector<Step> steps;
  std::multimap<std::string, std::size_t> asked;
  // Full records first: a revisit is cheapest once its original is here.
  for (const bool revisits : {false, true}) {
    for (std::size_t at = 0; at < rows.size(); ++at) {
      const CaptureRow& row = rows[at];
      if (row.capture.is_revisit() != revisits || tried[at]) continue;
      if (row.outcome != Outcome::pending && row.outcome != Outcome::failed) continue;
      Step step{at, Step::Kind::fetch, at};
      if (has_telling_digest(row)) {
        const auto find = [&](const std::multimap<std::string, std::size_t>& among) {
          const auto [begin, end] = among.equal_range(row.capture.digest);
          const auto equal = std::find_if(begin, end, [&](const auto& e) { return same_status(rows[e.second], row); });
          return equal == end ? rows.size() : equal->second;
        };
        if (const std::size_t source = find(held); source < rows.size()) {
          step = {at, Step::Kind::share, source};
        } else if (const std::size_t first = find(asked); first < rows.size()) {
          step = {at, Step::Kind::wait, first};
        } else {
          asked.emplace(row.capture.digest, at);
        }
      }
      steps.push_back(step);
    }
  }
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.row < b.row; });
  return steps;
}

bool is_final(const CaptureRow& row, std::chrono::sys_seconds now) {
  switch (row.outcome) {
    case Outcome::fetched:
    case Outcome::duplicate:
    case Outcome::revisit: return true;
    case Outcome::unplayable:
    case Outcome::excluded: return row.retry_after && *row.retry_after > now;
    case Outcome::pending:
    case Outcome::unselected:
    case Outcome::failed: return false;
  }
  return false;
}

std::chrono::sys_seconds ask_again(int attempts, std::chrono::sys_seconds now) {
  return now + std::chrono::days(attempts <= 1 ? 7 : attempts == 2 ? 30 : 90);
}

}  // namespace waydiff::pipeline
