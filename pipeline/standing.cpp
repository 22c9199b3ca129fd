#include "pipeline/standing.hpp"

#include <algorithm>
#include <tuple>

namespace waydiff::pipeline {

using std::chrono::sys_seconds;
using storage::CaptureRow;
using storage::Outcome;

namespace {

bool is_missing(const CaptureRow& row) {
  return row.outcome == Outcome::pending || row.outcome == Outcome::failed || row.outcome == Outcome::unplayable ||
         row.outcome == Outcome::excluded;
}

/// "timed_out" of "timed_out: no answer …": what failed captures have in common.
std::string reason_of(const CaptureRow& row) {
  return row.outcome == Outcome::failed ? row.cause.substr(0, row.cause.find(':')) : std::string();
}

}  // namespace

std::vector<Standing> standings(std::span<const CaptureRow> rows,
                                const std::map<storage::Id, std::optional<sys_seconds>>& not_before, sys_seconds now) {
  std::map<std::tuple<storage::Id, Outcome, std::string>, Standing> groups;
  for (const CaptureRow& row : rows) {
    if (!is_missing(row)) continue;
    // The earliest time at which anything can happen to this one.
    std::optional<sys_seconds> time;
    if (const auto pause = not_before.find(row.archive); pause != not_before.end() && pause->second > now) {
      time = pause->second;
    }
    if (row.retry_after && *row.retry_after > now && (!time || *time < *row.retry_after)) time = row.retry_after;
    auto [at, is_new] = groups.try_emplace({row.archive, row.outcome, reason_of(row)});
    Standing& group = at->second;
    if (is_new) {
      group.archive = row.archive;
      group.outcome = row.outcome;
      group.reason = reason_of(row);
      group.goes_on = time;
    } else if (group.goes_on && (!time || *time < *group.goes_on)) {
      group.goes_on = time;
    }
    ++group.count;
    if (is_new || group.example.capture.timestamp < row.capture.timestamp) group.example = row;
  }
  std::vector<Standing> found;
  for (auto& [key, group] : groups) found.push_back(std::move(group));
  return found;
}

}  // namespace waydiff::pipeline
