#include "report/timeline.hpp"

#include <gtest/gtest.h>

#include "sample.hpp"

namespace waydiff::report {
namespace {

TEST(Timeline, ShowsATextThatComesBackInItsOldRow) {
  const Timeline drawing = timeline(page_view(sample::dossier(), "p"));
  ASSERT_EQ(drawing.bars.size(), 3u);
  EXPECT_EQ(drawing.bars[0].state, 1);
  EXPECT_EQ(drawing.bars[1].state, 2);
  EXPECT_EQ(drawing.bars[2].state, 1);
  EXPECT_EQ(drawing.bars[0].y, drawing.bars[2].y);
  EXPECT_EQ(drawing.bars[0].tone, drawing.bars[2].tone);
  EXPECT_LT(drawing.bars[0].y, drawing.bars[1].y);
}

TEST(Timeline, MarksQuarantinedCapturesAndTheTimeInWhichAChangeHappened) {
  const Timeline drawing = timeline(page_view(sample::dossier(), "p"));
  ASSERT_EQ(drawing.quarantined.size(), 1u);
  EXPECT_EQ(drawing.quarantined[0].title, "2012-08-01: soft_404");
  ASSERT_EQ(drawing.gaps.size(), 2u);
  EXPECT_EQ(drawing.gaps[0].title, "Changed between 2012-03-01 and 2012-11-01 (245 days)");
}

TEST(Timeline, StaysInsideTheDrawing) {
  PageView page;
  for (int i = 0; i < 500; ++i) {
    MomentView moment;
    moment.snapshot.time = core::Timestamp(sample::at("19990101000000").time() + std::chrono::hours(24 * 20 * i));
    moment.state = 1 + i % 40;
    page.moments.push_back(moment);
  }
  page.states = 40;
  const Timeline drawing = timeline(page);
  for (const TimelineBar& bar : drawing.bars) {
    EXPECT_GE(bar.x, 0);
    EXPECT_LE(bar.x + bar.width, drawing.width);
    EXPECT_LE(bar.y, 4 + 23) << "many texts share two rows";
  }
  EXPECT_LT(drawing.ticks.size(), 20u);
}

TEST(Timeline, OfOneCaptureOrNoneIsFine) {
  EXPECT_EQ(timeline(PageView{}).width, 0);
  PageView page;
  MomentView moment;
  moment.snapshot.time = sample::at("20200229235959");
  moment.state = 1;
  page.moments = {moment};
  page.states = 1;
  EXPECT_EQ(timeline(page).bars.size(), 1u);
  EXPECT_EQ(timeline(page).ticks.size(), 1u);
}

}  // namespace
}  // namespace waydiff::report
