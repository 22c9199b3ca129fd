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
  done(example.store.put_history(example.target, example.history, {1, 1}));
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
  done(example.store.put_history(example.target, example.history, {1, 1}));
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
  done(example.store.put_history(example.target, example.history, {1, 1}));
  const Id other = example_target(example.store, "https://example.com/terms");
  done(example.store.put_history(other, {"nothing yet", {}, {}, {}}, {1, 1}));

  example.history.key = "captures 1, 3";
  example.history.placements.pop_back();
  example.history.transitions.pop_back();
  done(example.store.put_history(example.target, example.history, {1, 2}));
  expect_equal(got(example.store.history(example.target)), example.history);
  EXPECT_EQ(select(scratch.file(), "count(*), max(diff_generation)", "FROM transition"),
            std::vector<std::string>{"1|2"});
  EXPECT_EQ(got(example.store.history(other)).key, "nothing yet");
}

TEST(FormerHistory, IsKeptWhenAnotherGenerationMakesTheNextOne) {
  const Scratch scratch;
  ExampleStore example(scratch);
  const History first = example.history;
  done(example.store.put_history(example.target, first, {1, 1}));
  EXPECT_THAT(got(example.store.former_generations(example.target)), testing::IsEmpty());
  example.history.placements.pop_back();
  example.history.transitions.pop_back();
  done(example.store.put_history(example.target, example.history, {2, 1}));

  expect_equal(got(example.store.history(example.target)), example.history);
  History former = got(example.store.former_history(example.target, {1, 1}));
  former.key = first.key;
  expect_equal(former, first);
  EXPECT_THAT(got(example.store.former_generations(example.target)), testing::ElementsAre(Generation{1, 1}));
  EXPECT_EQ(got(example.store.targets())[0].generation, (Generation{2, 1}));
  EXPECT_EQ(example.store.former_history(example.target, {2, 1}).error().code, Errc::not_found);
  EXPECT_THAT(
      select(scratch.file(), "generation, state, captured_at", "FROM former_captures ORDER BY captured_at"),
      testing::ElementsAre("1.1|1|2018-01-01T00:00:00Z", "1.1|2|2019-01-01T00:00:00Z", "1.1|1|2020-01-01T00:00:00Z"));
  EXPECT_THAT(select(scratch.file(), "count(*)", "FROM former_changes WHERE generation = '1.1' AND old_state = 1"),
              testing::ElementsAre("2"));
  EXPECT_THAT(got(example.store.check()), testing::IsEmpty());
}

TEST(FormerHistory, IsNoneOfTheGenerationAtHand) {
  const Scratch scratch;
  ExampleStore example(scratch);
  for (const Generation generation : {Generation{1, 1}, Generation{2, 1}, Generation{2, 1}, Generation{1, 1}}) {
    done(example.store.put_history(example.target, example.history, generation));
  }
  EXPECT_THAT(got(example.store.former_generations(example.target)), testing::ElementsAre(Generation{2, 1}));
  const auto rows = got(example.store.generations());
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].generation, (Generation{2, 1}));
  EXPECT_FALSE(rows[0].present);
  EXPECT_EQ(rows[1].generation, (Generation{1, 1}));
  EXPECT_TRUE(rows[1].present);
  for (const GenerationCounts& row : rows) {
    EXPECT_EQ(row.targets, 1u);
    EXPECT_EQ(row.captures, 3u);
    EXPECT_EQ(row.states, 2u);
    EXPECT_EQ(row.transitions, 2u);
    EXPECT_EQ(row.changes, 4u);
  }
}

TEST(FormerHistory, IsDroppedWithWhatNothingElseNeeds) {
  const Scratch scratch;
  ExampleStore example(scratch);
  done(example.store.put_history(example.target, example.history, {1, 1}));
  // The next generation reads every body otherwise.
  for (Placement& placement : example.history.placements) {
    placement.text = put_text(example.store, "anew " + std::to_string(placement.text), "Privacy");
  }
  for (TransitionRow& transition : example.history.transitions) {
    transition.old_text = example.history.placements[transition.old_state == 1 ? 0 : 1].text;
    transition.new_text = example.history.placements[transition.new_state == 1 ? 0 : 1].text;
  }
  for (std::size_t at : {0u, 2u}) {
    const CaptureRow& row = example.captures[at];
    done(example.store.put_extraction(
        {0, *row.body, row.capture.original, row.content_type, 2, example.history.placements[at / 2].text, {}}));
  }
  done(example.store.put_history(example.target, example.history, {2, 1}));
  EXPECT_EQ(select(scratch.file(), "count(*)", "FROM text"), std::vector<std::string>{"5"});

  EXPECT_EQ(got(example.store.drop_generation({1, 2})), 0u);
  EXPECT_EQ(got(example.store.drop_generation({1, 1})), 1u);
  expect_equal(got(example.store.history(example.target)), example.history);
  EXPECT_THAT(got(example.store.former_generations(example.target)), testing::IsEmpty());
  EXPECT_EQ(select(scratch.file(), "count(*)", "FROM text"), std::vector<std::string>{"2"});
  EXPECT_EQ(select(scratch.file(), "generation", "FROM extraction GROUP BY generation"), std::vector<std::string>{"2"});
  EXPECT_THAT(got(example.store.check()), testing::IsEmpty());
}

TEST(AGeneration, IsWrittenAsTwoNumbers) {
  EXPECT_EQ((Generation{2, 1}).text(), "2.1");
  EXPECT_EQ(Generation::parse("12.3"), (Generation{12, 3}));
  for (const char* const bad : {"", "2", "2.", ".1", "2.1.1", "0.1", "2.0", "-2.1", "2.x", "2 .1", "99999999999.1"}) {
    EXPECT_FALSE(Generation::parse(bad)) << bad;
  }
}

TEST(StoredHistory, StaysAsItWasWhenTheNewOneIsRefused) {
  const Scratch scratch;
  ExampleStore example(scratch);
  done(example.store.put_history(example.target, example.history, {1, 1}));
  History broken = example.history;
  broken.key = "broken";
  broken.transitions[1].new_state = 9;
  EXPECT_EQ(example.store.put_history(example.target, broken, {1, 1}).error().code, Errc::bad_argument);
  expect_equal(got(example.store.history(example.target)), example.history);
  EXPECT_EQ(example.store.put_history(77, History{}, {1, 1}).error().code, Errc::not_found);
}

TEST(StoredHistory, WithAValueNobodyWroteIsReportedAsCorrupt) {
  const Scratch scratch;
  {
    ExampleStore example(scratch);
    done(example.store.put_history(example.target, example.history, {1, 1}));
  }
  meddle(scratch.file(), "UPDATE change SET flags = '[\"cut'");
  const auto history = open(scratch, Mode::read).history(1);
  ASSERT_FALSE(history);
  EXPECT_EQ(history.error().code, Errc::store_corrupt);
  EXPECT_THAT(history.error().detail, testing::HasSubstr("policies.db: bad list \"[\"cut\""));
}

}  // namespace
}  // namespace waydiff::storage
