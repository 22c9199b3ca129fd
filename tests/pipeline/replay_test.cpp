#include "pipeline/replay.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace waydiff::pipeline {
namespace {

std::vector<core::Clause> clauses(const std::vector<std::string>& texts) {
  std::vector<core::Clause> out;
  for (const std::string& text : texts) out.emplace_back().text = text;
  return out;
}

/// "A", "We may share.", "C" to "C", "A", "We will share.", "D".
core::ChangeSet example() {
  core::ChangeSet set;
  set.before_clauses = 3;
  set.after_clauses = 4;
  set.unchanged = 1;
  core::Change moved, reworded, added;
  moved.before = core::ClauseRange{2, 1, {}, "C"};
  moved.after = core::ClauseRange{0, 1, {}, "C"};
  moved.ops = {{'=', "C"}};
  reworded.before = core::ClauseRange{1, 1, {}, "We may share."};
  reworded.after = core::ClauseRange{2, 1, {}, "We will share."};
  reworded.ops = {{'=', "We "}, {'-', "may"}, {'+', "will"}, {'=', " share."}};
  added.after = core::ClauseRange{3, 1, {}, "D"};
  set.changes = {moved, reworded, added};
  return set;
}

std::string said(const core::ChangeSet& set) {
  return replay(set, clauses({"A", "We may share.", "C"}), clauses({"C", "A", "We will share.", "D"})).value_or("");
}

TEST(Replay, GivesTheNewText) {
  EXPECT_EQ(said(example()), "");
  EXPECT_FALSE(replay({}, {}, {}));
}

TEST(Replay, FindsClausesThatNoChangeTellsOf) {
  auto set = example();
  set.changes.pop_back();
  EXPECT_EQ(said(set), "new clause 4 comes from nowhere");
  set = example();
  set.changes.erase(set.changes.begin());
  EXPECT_EQ(said(set), "new clause 1 differs from the old one, but stands in no change");
  set = example();
  set.changes[1].before.reset();
  EXPECT_EQ(said(set), "old clause 2 is gone, but stands in no change");
}

TEST(Replay, FindsClausesToldOfTwiceOrOutsideTheText) {
  auto set = example();
  set.changes.push_back(set.changes[0]);
  EXPECT_EQ(said(set), "change 4: old clause 3 stands in two changes");
  set = example();
  set.changes[2].after->index = 4;
  EXPECT_EQ(said(set), "change 3: new clause 5 does not exist");
}

TEST(Replay, FindsOtherWords) {
  auto set = example();
  set.changes[1].after->text = "We shall share.";
  EXPECT_EQ(said(set), "change 2: new clause 3 has other words than its change");
  set = example();
  set.changes[1].ops[2].text = "must";
  EXPECT_EQ(said(set), "change 2: its word operations do not give the new words");
}

TEST(Replay, FindsSumsThatAreWrong) {
  auto set = example();
  set.unchanged = 2;
  EXPECT_EQ(said(set), "1 clauses are unchanged, not 2");
  set = example();
  set.before_clauses = 5;
  EXPECT_EQ(said(set), "made of 5 and 4 clauses, but its texts have 3 and 4");
}

}  // namespace
}  // namespace waydiff::pipeline
