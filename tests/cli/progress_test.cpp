#include "cli/progress.hpp"

#include <gtest/gtest.h>

namespace waydiff::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Progress::Time at(milliseconds time) {
  return Progress::Time(time);
}

TEST(Progress, SaysWhatIsDoneHowFastAndHowLongItTakes) {
  Progress progress;
  progress.update("fetch", 0, 480, at(seconds(0)));
  EXPECT_EQ(progress.line(), "fetch: 0 of 480");
  progress.permit(480);
  EXPECT_EQ(progress.line(), "fetch: 0 of 480, 480 permitted, 1:00 to go");
  progress.update("fetch", 20, 480, at(seconds(10)));
  EXPECT_EQ(progress.line(), "fetch: 20 of 480, 120 a minute of 480 permitted, 3:50 to go");
}

TEST(Progress, MeasuresTheLastHalfMinute) {
  Progress progress;
  for (int second = 0; second <= 60; ++second) {
    const auto done = static_cast<std::size_t>(second <= 30 ? 0 : second - 30);
    progress.update("fetch", done, 90, at(seconds(second)));
  }
  EXPECT_EQ(progress.line(), "fetch: 30 of 90, 60 a minute, 1:00 to go");
}

TEST(Progress, ForgetsOneStageForTheNext) {
  Progress progress;
  progress.update("fetch", 0, 10, at(seconds(0)));
  progress.update("fetch", 10, 10, at(seconds(5)));
  progress.update("extract", 3, 0, at(seconds(6)));
  EXPECT_EQ(progress.line(), "extract: 3");
}

TEST(Progress, PromisesNothingWhenNothingMoves) {
  Progress progress;
  progress.update("fetch", 5, 10, at(seconds(0)));
  progress.update("fetch", 5, 10, at(seconds(20)));
  EXPECT_EQ(progress.line(), "fetch: 5 of 10, 0.0 a minute");
}

TEST(Progress, WritesDurationsForPeople) {
  EXPECT_EQ(shown_duration(seconds(7)), "0:07");
  EXPECT_EQ(shown_duration(seconds(750)), "12:30");
  EXPECT_EQ(shown_duration(seconds(11045)), "3:04:05");
}

}  // namespace
}  // namespace waydiff::cli
