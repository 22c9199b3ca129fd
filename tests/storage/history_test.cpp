#include <gmock/gmock.h>

#include "tests/storage/example_history.hpp"

namespace waydiff::storage {
namespace {

using core::Errc;

void expect_equal(const History& read, const History& wanted) {
  EXPECT_EQ(read.key, wanted.key);
  ASSERT_EQ(read.states.size(), wanted.states.size());
  for (std::size_t i = 0; i < read.states.size(); ++i) {
    EXPECT_EQ(read.states[i].ordinal, wanted.states[i].ordinal);
    EXPECT_EQ(read.states[i].key, wanted.states[i].key);
    EXPECT_EQ(read.states[i].clauses, wanted.states[i].clauses);
  }
  ASSERT_EQ(read.placements.size(), wanted.placements.size());
  for (std::size_t i = 0; i < read.placements.size(); ++i) {
    EXPECT_EQ(read.placements[i].capture, wanted.placements[i].capture);
    EXPECT_EQ(read.placements[i].state, wanted.placements[i].state);
    EXPECT_EQ(read.placements[i].text, wanted.placements[i].text);
  }
  ASSERT_EQ(read.transitions.size(), wanted.transitions.size());
  for (std::size_t i = 0; i < read.transitions.size(); ++i) {
    const TransitionRow& one = read.transitions[i];
    const TransitionRow& other = wanted.transitions[i];
    EXPECT_EQ(one.sequence, other.sequence);
    EXPECT_EQ(one.kind, other.kind);
    EXPECT_EQ(one.old_state, other.old_state);
    EXPECT_EQ(one.new_state, other.new_state);
    EXPECT_EQ(one.old_text, other.old_text);
    EXPECT_EQ(one.new_text, other.new_text);
    EXPECT_EQ(one.old_capture, other.old_capture);
    EXPECT_EQ(one.new_capture, other.new_capture);
    EXPECT_EQ(one.not_before, other.not_before);
    EXPECT_EQ(one.not_after, other.not_after);
    EXPECT_EQ(one.quarantined_between, other.quarantined_between);
    EXPECT_EQ(one.changes, other.changes);
  }
}

TEST(StoredHistory, ComesBackEqual) {
  const Scratch scratch;
  ExampleStore example(scratch);
  done(example.store.put_history(example.target, example.history, 1));
  expect_equal(got(example.store.history(example.target)), example.history);
  EXPECT_EQ(got(example.store.targets())[0].history_key, example.history.key);
}

TEST(StoredHistory, KeepsEveryKindOfChange) {
  const Scratch scratch;
  ExampleStore example(scratch);
  std::vector<core::Change> changes;
  using core::ChangeKind;
  for (const auto kind : {ChangeKind::removed, ChangeKind::moved, ChangeKind::split, ChangeKind::merged}) {
    for (const auto significance : {core::Significance::structural, core::Significance::editorial}) {
      core::Change change = reworded();
      change.kind = kind;
      change.significance = significance;
      if (kind == ChangeKind::removed) change.after.reset();
      changes.push_back(change);
    }
  }
  example.history.transitions[1].changes.changes = changes;
  example.history.transitions[1].kind = TransitionKind::editorial;
  done(example.store.put_history(example.target, example.history, 1));
  expect_equal(got(example.store.history(example.target)), example.history);
}

TEST(StoredHistory, IsEmptyBeforeTheFirstComparison) {
  const Scratch scratch;
  Store store = open(scratch);
  expect_equal(got(store.history(example_target(store))), History{});
  EXPECT_EQ(store.history(77).error().code, Errc::not_found);
}

TEST(StoredHistory, IsReplacedWholeAndAlone) {
  const Scratch scratch;
  ExampleStore example(scratch);
  done(example.store.put_history(example.target, example.history, 1));
  const Id other = example_target(example.store, "https://example.com/terms");
  done(example.store.put_history(other, {"nothing yet", {}, {}, {}}, 1));

  example.history.key = "captures 1, 3";
  example.history.placements.pop_back();
  example.history.transitions.pop_back();
  done(example.store.put_history(example.target, example.history, 2));
  expect_equal(got(example.store.history(example.target)), example.history);
  EXPECT_EQ(select(scratch.file(), "count(*), max(diff_generation)", "FROM transition"),
            std::vector<std::string>{"1|2"});
  EXPECT_EQ(got(example.store.history(other)).key, "nothing yet");
}

TEST(StoredHistory, StaysAsItWasWhenTheNewOneIsRefused) {
  const Scratch scratch;
  ExampleStore example(scratch);
  done(example.store.put_history(example.target, example.history, 1));
  History broken = example.history;
  broken.key = "broken";
  broken.transitions[1].new_state = 9;
  EXPECT_EQ(example.store.put_history(example.target, broken, 1).error().code, Errc::bad_argument);
  expect_equal(got(example.store.history(example.target)), example.history);
  EXPECT_EQ(example.store.put_history(77, History{}, 1).error().code, Errc::not_found);
}

TEST(StoredHistory, WithAValueNobodyWroteIsReportedAsCorrupt) {
  const Scratch scratch;
  {
    ExampleStore example(scratch);
    done(example.store.put_history(example.target, example.history, 1));
  }
  meddle(scratch.file(), "UPDATE change SET flags = '[\"cut'");
  const auto history = open(scratch, Mode::read).history(1);
  ASSERT_FALSE(history);
  EXPECT_EQ(history.error().code, Errc::store_corrupt);
  EXPECT_THAT(history.error().detail, testing::HasSubstr("policies.db: bad list \"[\"cut\""));
}

}  // namespace
}  // namespace waydiff::storage
