#include "report/stays.hpp"

#include <gtest/gtest.h>

#include "report/interval.hpp"
#include "sample.hpp"

namespace waydiff::report {
namespace {

/// A history of captures that follow one another by ten days, each with the state it shows.
struct Told {
  storage::History history;
  std::vector<Stay> stays_found;
  std::vector<Alternation> alternations_found;
};

core::Timestamp day(storage::Id capture) {
  return core::Timestamp(sample::at("20180101000000").time() + std::chrono::days(10 * (capture - 1)));
}

Told told(const std::vector<int>& states) {
  Told out;
  int known = 0;
  for (const int state : states) {
    const storage::Id capture = static_cast<storage::Id>(out.history.placements.size()) + 1;
    if (!out.history.placements.empty() && out.history.placements.back().state != state) {
      storage::TransitionRow row;
      row.sequence = static_cast<int>(out.history.transitions.size()) + 1;
      row.kind = state > known ? storage::TransitionKind::changed : storage::TransitionKind::returned;
      row.old_state = out.history.placements.back().state;
      row.new_state = state;
      row.not_before = day(capture - 1);
      row.not_after = day(capture);
      out.history.transitions.push_back(row);
    }
    known = std::max(known, state);
    out.history.placements.push_back({capture, state, state});
  }
  out.stays_found = stays(out.history, day);
  out.alternations_found = alternations(out.history.transitions);
  return out;
}

TEST(Stays, LastFromCaptureToCaptureAtLeastAndBetweenTheOnesAroundAtMost) {
  const Told found = told({1, 1, 2, 2, 2, 3});
  ASSERT_EQ(found.stays_found.size(), 3u);
  EXPECT_EQ(lasted_text(lasted(found.stays_found[0])), "at least 10 days");
  EXPECT_EQ(lasted_text(lasted(found.stays_found[1])), "at least 20 days and at most 40 days");
  EXPECT_EQ(lasted_text(lasted(found.stays_found[2])), "an unknown time");
  EXPECT_TRUE(found.alternations_found.empty());
}

TEST(Stays, OfATextThatCameBackAddUp) {
  const auto lives = state_lives(told({1, 2, 1, 1, 2, 3}).stays_found);
  ASSERT_EQ(lives.size(), 3u);
  EXPECT_EQ(life_text(lives[0]), "2 times, 3 captures, at least 10 days in all");
  EXPECT_EQ(life_text(lives[1]), "2 times, 2 captures, at most 40 days in all");
  EXPECT_EQ(life_text(lives[2]), "once, 1 capture, an unknown time");
}

TEST(Alternations, AreReturnsInARow) {
  const Told found = told({1, 2, 1, 2, 1, 1, 2, 3});
  ASSERT_EQ(found.alternations_found.size(), 1u);
  const Alternation& one = found.alternations_found[0];
  EXPECT_EQ(alternation_text(one), "texts 1 and 2 alternate 4 times");
  EXPECT_EQ(one.first, 1u);
  EXPECT_EQ(one.last, 4u);
  EXPECT_EQ(one.not_before, day(2));
  EXPECT_EQ(one.not_after, day(7));
  EXPECT_EQ(one.first_stay, 1u) << "text 2, which the first return ends";
  EXPECT_EQ(one.last_stay, 5u) << "text 2, which the last return brings";
}

TEST(Alternations, MayBeOfSeveralTextsAndArePartedByWhatIsNew) {
  const Told found = told({1, 2, 3, 1, 2, 3, 4, 1, 4, 5, 4, 6});
  ASSERT_EQ(found.alternations_found.size(), 2u) << "a single return is told by itself";
  EXPECT_EQ(alternation_text(found.alternations_found[0]), "texts 1, 2 and 3 take turns 3 times");
  EXPECT_EQ(alternation_text(found.alternations_found[1]), "texts 1 and 4 alternate 2 times");
}

TEST(Alternations, AreNotPartedByEditorialTransitions) {
  Told found = told({1, 2, 1, 2});
  storage::TransitionRow dress = found.history.transitions[1];
  dress.kind = storage::TransitionKind::editorial;
  dress.old_state = dress.new_state;
  found.history.transitions.insert(found.history.transitions.begin() + 2, dress);
  const auto one = alternations(found.history.transitions);
  ASSERT_EQ(one.size(), 1u);
  EXPECT_EQ(one[0].returns, 2u);
  EXPECT_EQ(one[0].last, 3u);
  EXPECT_EQ(one[0].last_stay, 3u);
}

TEST(Interval, CountsWhatDidNotNarrowIt) {
  const std::vector<storage::MissedCapture> missed = {{day(1), "soft_404"},
                                                      {day(2), "unplayable"},
                                                      {day(3), "unselected"},
                                                      {day(4), "unselected"},
                                                      {day(5), "soft_404"}};
  EXPECT_EQ(missed_remark(missed_between(missed, day(1), day(5))),
            "3 captures between show no text: 2 unselected, 1 unplayable");
  EXPECT_EQ(missed_remark(missed_between(missed, day(4), day(5))), "");
  EXPECT_EQ(gap_days(day(1), day(3)), 20);
}

}  // namespace
}  // namespace waydiff::report
