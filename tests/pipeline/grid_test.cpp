#include <gtest/gtest.h>

#include <vector>

#include "captures.hpp"
#include "pipeline/plan.hpp"

namespace waydiff::pipeline {
namespace {

using storage::CaptureRow;

/// The times of the captures chosen, by their first eight digits.
std::vector<std::string> chosen(const std::vector<CaptureRow>& rows, std::string_view every, std::string_view origin) {
  const std::vector<bool> marks = choose(planned(rows).rows, config::Every::parse(every).value(), at(origin));
  EXPECT_EQ(marks.size(), rows.size());
  std::vector<std::string> times;
  for (std::size_t n = 0; n < rows.size(); ++n) {
    if (marks[n]) times.push_back(rows[n].capture.raw_timestamp.substr(0, 8));
  }
  return times;
}

using Times = std::vector<std::string>;

TEST(Grid, TakesEveryCaptureForAll) {
  EXPECT_EQ(chosen({pending("20180101"), pending("20180102"), pending("20180102")}, "all", "2000"),
            (Times{"20180101", "20180102", "20180102"}));
}

TEST(Grid, TakesNothingOfNothing) {
  EXPECT_EQ(chosen({}, "all", "2000"), Times{});
  EXPECT_EQ(chosen({}, "1 day", "2000"), Times{});
}

TEST(Grid, TakesTheCaptureNearestToEachPoint) {
  EXPECT_EQ(
      chosen({pending("20171201"), pending("20180105"), pending("20180301"), pending("20181220"), pending("20190201")},
             "1 year", "2018"),
      (Times{"20180105", "20181220"}));
}

TEST(Grid, TakesCapturesWithinHalfAPeriodOnly) {
  // 2018-07-02 12:00 is the middle of 2018: what is later belongs to the point of 2019.
  EXPECT_EQ(chosen({pending("20180630"), pending("20180705")}, "1 year", "2018"), (Times{"20180630", "20180705"}));
  EXPECT_EQ(chosen({pending("20180401"), pending("20180630")}, "1 year", "2018"), (Times{"20180401"}));
}

TEST(Grid, PrefersAGoodCaptureToANearerBadOne) {
  CaptureRow missing = pending("20180101");
  missing.capture.status = 404;
  CaptureRow withheld = pending("20180102");
  withheld.outcome = storage::Outcome::unplayable;
  EXPECT_EQ(chosen({missing, withheld, pending("20180401")}, "1 year", "2018"), (Times{"20180401"}));
}

TEST(Grid, TakesABadCaptureRatherThanNone) {
  CaptureRow missing = pending("20180101");
  missing.capture.status = 404;
  EXPECT_EQ(chosen({missing}, "1 year", "2018"), (Times{"20180101"}));
}

TEST(Grid, CountsARevisitAsGood) {
  EXPECT_EQ(chosen({pending_revisit("20180102", "A"), pending("20180201")}, "1 year", "2018"), (Times{"20180102"}));
}

TEST(Grid, KeepsToTheLastDayOfShorterMonths) {
  // The points from January 31 are February 28 and March 31: April 15 is past the middle to April 30.
  EXPECT_EQ(
      chosen({pending("20180131"), pending("20180228"), pending("20180301"), pending("20180331"), pending("20180430")},
             "1 month", "20180131"),
      (Times{"20180131", "20180228", "20180331", "20180430"}));
}

TEST(Grid, KeepsTheLeapDayInLeapYears) {
  EXPECT_EQ(
      chosen({pending("20160229"), pending("20170228"), pending("20170301"), pending("20200228"), pending("20200229")},
             "1 year", "20160229"),
      (Times{"20160229", "20170228", "20200229"}));
}

TEST(Grid, ReachesOverYearsWithoutCaptures) {
  EXPECT_EQ(chosen({pending("2000"), pending("2025")}, "1 day", "2000"), (Times{"20000101", "20250101"}));
}

TEST(Grid, LeavesOutWhatIsFarBeforeItsOrigin) {
  EXPECT_EQ(chosen({pending("1998"), pending("20000102")}, "1 year", "2000"), (Times{"20000102"}));
}

}  // namespace
}  // namespace waydiff::pipeline
