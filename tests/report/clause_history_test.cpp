#include "report/clause_history.hpp"

#include <gmock/gmock.h>

namespace waydiff::report {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

/// Captures 1 to 5; text 1 twice, text 2, text 3 (which has lost the first clause), text 2 again.
class ClauseHistory : public testing::Test {
 protected:
  ClauseHistory() {
    lines.lines = {{"aaaa", {}}, {"bbbb", {}}, {"cccc", 1}};
    lines.wordings = {{0, "We collect names.", {"Data"}, 1, 5},
                      {1, "We may share them.", {"Data"}, 1, 2},
                      {1, "We will share them.", {"Data"}, 3, 5},
                      {2, "We share them with Acme.", {"Data"}, 4, 4},
                      {1, "WE WILL SHARE THEM.", {"Data"}, 4, 4}};
    lines.texts = {{1, {0, 1}}, {2, {0, 2}}, {3, {4, 3}}};
    history.placements = {{1, 1, 1}, {2, 1, 1}, {3, 2, 2}, {4, 3, 3}, {5, 2, 2}};
  }
  storage::ClauseLines lines;
  storage::History history;
};

TEST_F(ClauseHistory, BlamesAClauseOnTheCapturesBetweenWhichItCame) {
  const auto clauses = blame(history, lines, 3);
  ASSERT_THAT(clauses, SizeIs(2));
  EXPECT_EQ(clauses[0].line, "aaaa");
  EXPECT_FALSE(clauses[0].appeared.old_capture) << "the first capture has it already";
  EXPECT_EQ(clauses[1].words, "We will share them.");
  EXPECT_EQ(clauses[1].appeared.new_capture, 1);
  EXPECT_EQ(clauses[1].changed.old_capture, 2);
  EXPECT_EQ(clauses[1].changed.new_capture, 3);
}

TEST_F(ClauseHistory, BlamesNoClauseForItsCaseAndOneThatWasAwayForItsReturn) {
  const auto shouted = blame(history, lines, 4);
  EXPECT_EQ(shouted[0].changed.new_capture, 3) << "only the case differs since then";
  const auto returned = blame(history, lines, 5);
  EXPECT_EQ(returned[0].line, "aaaa");
  EXPECT_EQ(returned[0].appeared.new_capture, 1);
  EXPECT_EQ(returned[0].changed.old_capture, 4);
  EXPECT_EQ(returned[0].changed.new_capture, 5);
}

TEST_F(ClauseHistory, BlamesNothingAtACaptureThatShowsNoText) {
  EXPECT_THAT(blame(history, lines, 9), SizeIs(0));
}

TEST_F(ClauseHistory, TellsAClausesLifeByItsWordings) {
  const ClauseLife life = clause_life(history, lines, 1);
  std::vector<std::string> words;
  for (const ClauseStay& stay : life.stays) words.push_back(stay.words);
  EXPECT_THAT(words,
              ElementsAre("We may share them.", "We will share them.", "WE WILL SHARE THEM.", "We will share them."));
  EXPECT_EQ(life.stays[0].last_capture, 2);
  EXPECT_EQ(life.stays[0].gone_capture, 3);
  EXPECT_FALSE(life.stays[0].removed);
  EXPECT_FALSE(life.stays[3].gone_capture) << "still there";
}

TEST_F(ClauseHistory, TellsOfARemovedClauseBetweenWhichCapturesItWent) {
  const ClauseLife life = clause_life(history, lines, 2);
  ASSERT_THAT(life.stays, SizeIs(1));
  EXPECT_EQ(life.split_from, "bbbb");
  EXPECT_EQ(life.stays[0].came.old_capture, 3);
  EXPECT_EQ(life.stays[0].gone_capture, 5);
  EXPECT_TRUE(life.stays[0].removed);
}

TEST_F(ClauseHistory, FindsLinesByAnyOfTheirWordings) {
  EXPECT_THAT(lines_that_say(lines, "MAY share"), ElementsAre(1));
  EXPECT_THAT(lines_that_say(lines, "share them"), ElementsAre(1, 2));
  EXPECT_THAT(lines_that_say(lines, "?!"), ElementsAre());
}

}  // namespace
}  // namespace waydiff::report
