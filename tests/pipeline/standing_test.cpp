#include "pipeline/standing.hpp"

#include <gtest/gtest.h>

namespace waydiff::pipeline {
namespace {

using std::chrono::hours;
using storage::CaptureRow;
using storage::Outcome;

const std::chrono::sys_seconds now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 21);

CaptureRow row(Outcome outcome, std::string cause = "", std::optional<std::chrono::sys_seconds> retry_after = {}) {
  CaptureRow out;
  out.archive = 1;
  out.outcome = outcome;
  out.cause = std::move(cause);
  out.retry_after = retry_after;
  return out;
}

TEST(Standings, CountWhatIsMissingByWhy) {
  const std::vector<CaptureRow> rows = {row(Outcome::fetched),  row(Outcome::unselected),
                                        row(Outcome::pending),  row(Outcome::failed, "timed_out: no answer"),
                                        row(Outcome::pending),  row(Outcome::failed, "http_status: 503"),
                                        row(Outcome::duplicate)};
  const auto found = standings(rows, {}, now);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].outcome, Outcome::pending);
  EXPECT_EQ(found[0].count, 2u);
  EXPECT_FALSE(found[0].goes_on);
  EXPECT_EQ(found[1].reason, "http_status");
  EXPECT_EQ(found[2].reason, "timed_out");
}

TEST(Standings, GoOnWhenTheFirstOfThemMay) {
  const std::vector<CaptureRow> rows = {row(Outcome::unplayable, "", now + hours(48)),
                                        row(Outcome::unplayable, "", now + hours(24))};
  EXPECT_EQ(standings(rows, {}, now).at(0).goes_on, now + hours(24));
  const std::vector<CaptureRow> lapsed = {row(Outcome::unplayable, "", now + hours(48)),
                                          row(Outcome::unplayable, "", now - hours(1))};
  EXPECT_FALSE(standings(lapsed, {}, now).at(0).goes_on);
}

TEST(Standings, WaitForThePauseThatTheArchiveAskedFor) {
  const std::vector<CaptureRow> rows = {row(Outcome::pending), row(Outcome::unplayable, "", now + hours(1))};
  const auto found = standings(rows, {{1, now + hours(2)}}, now);
  EXPECT_EQ(found.at(0).goes_on, now + hours(2));
  EXPECT_EQ(found.at(1).goes_on, now + hours(2));
  EXPECT_FALSE(standings(rows, {{1, now - hours(2)}}, now).at(0).goes_on);
}

}  // namespace
}  // namespace waydiff::pipeline
