#include "report/change_view.hpp"

#include <gtest/gtest.h>

#include "sample.hpp"

namespace waydiff::report {
namespace {

TEST(ChangeView, NumbersClausesFromOneAndSaysWhereTheyStand) {
  const ChangeView view = change_view(sample::reworded());
  EXPECT_EQ(view.kind, "modified");
  EXPECT_EQ(view.place, "Sharing");
  EXPECT_EQ(view.numbers, "5 → 6");
  EXPECT_EQ(view.move, "");
  EXPECT_FALSE(view.same_words);
}

TEST(ChangeView, TellsBothEndsOfAMove) {
  const ChangeView view = change_view(sample::moved());
  EXPECT_EQ(view.move, "Moved from Cookies, clause 2, to Words we use, clause 8");
  EXPECT_EQ(view.from, "Cookies");
  EXPECT_EQ(view.to, "Words we use, clause 8");
  EXPECT_EQ(view.place, "Cookies → Words we use");
  EXPECT_TRUE(view.same_words);
  EXPECT_EQ(view.reason, "") << "it would only repeat the kind";
}

TEST(ChangeView, ShowsRangesOfSplitClauses) {
  core::Change change = sample::reworded();
  change.kind = core::ChangeKind::split;
  change.after->count = 3;
  EXPECT_EQ(change_view(change).numbers, "5 → 6–8");
}

TEST(ChangeView, HasWordsToShowWhenThereAreNoOps) {
  EXPECT_EQ(change_view(sample::added()).spans,
            (std::vector<core::WordOp>{{'+', "You can switch off cookies at any time."}}));
  EXPECT_EQ(change_view(core::Change{}).spans, (std::vector<core::WordOp>{{'=', "(no words)"}}));
}

TEST(Summary, CountsEditorialChangesApart) {
  const auto set = sample::change_set({sample::added(), sample::reworded(), sample::moved(), sample::renumbered()});
  EXPECT_EQ(summary(set), "1 added, 1 modified, 1 moved, 1 editorial; 7 unchanged");
  EXPECT_EQ(summary(core::ChangeSet{}), "no changes; 0 unchanged");
}

TEST(Excerpt, KeepsWhatStandsNextToAChange) {
  const auto spans =
      excerpt({{'=', "one two three four five "}, {'-', "may"}, {'=', " six seven eight nine ten eleven"}}, 12);
  EXPECT_EQ(spans, (std::vector<core::WordOp>{{'=', "… four five "}, {'-', "may"}, {'=', " six seven …"}}));
}

}  // namespace
}  // namespace waydiff::report
