#include "pipeline/rereading.hpp"

#include <gmock/gmock.h>

namespace waydiff::pipeline {
namespace {

using storage::History;
using storage::Id;
using testing::ElementsAre;
using testing::IsEmpty;

/// Captures and the texts that they show; a text's number is its state's key as well. Transitions between neighbours.
History history(const std::vector<std::pair<Id, Id>>& shown, Id first_text_id) {
  History out;
  std::map<Id, int> states;
  const storage::Placement* last = nullptr;
  out.placements.reserve(shown.size());
  for (const auto& [capture, text] : shown) {
    const auto [state, is_new] = states.emplace(text, static_cast<int>(states.size()) + 1);
    if (is_new) out.states.push_back({0, state->second, "key " + std::to_string(text), 1});
    out.placements.push_back({capture, state->second, first_text_id + text});
    if (last && last->state != state->second) {
      storage::TransitionRow row;
      row.old_capture = last->capture;
      row.new_capture = capture;
      out.transitions.push_back(row);
    }
    last = &out.placements.back();
  }
  return out;
}

Rereading read(const History& former, const History& present, std::vector<Id> before = {1, 2, 3, 4, 5, 6}) {
  return reread(former, present,
                [before](Id capture) { return std::find(before.begin(), before.end(), capture) != before.end(); });
}

std::vector<std::pair<Id, Id>> pairs(const std::vector<CapturePair>& found) {
  std::vector<std::pair<Id, Id>> out;
  for (const CapturePair& pair : found) out.emplace_back(pair.before, pair.after);
  return out;
}

TEST(Rereading, FindsNothingWhereBothReadTheSame) {
  const Rereading found = read(history({{1, 10}, {2, 11}, {3, 10}}, 0), history({{1, 10}, {2, 11}, {3, 10}}, 100));
  EXPECT_TRUE(found.nothing());
  EXPECT_EQ(found.captures, 3u);
  EXPECT_EQ(found.same, 3u);
  EXPECT_EQ(found.transitions_of_both, 2u);
}

TEST(Rereading, CountsThePairsOfTextsThatReadOtherwise) {
  const Rereading found = read(history({{1, 10}, {2, 10}, {3, 11}}, 0), history({{1, 20}, {2, 20}, {3, 11}}, 100));
  ASSERT_EQ(found.differing.size(), 1u);
  EXPECT_EQ(found.differing[0].former, 10);
  EXPECT_EQ(found.differing[0].present, 120);
  EXPECT_EQ(found.differing[0].captures, 2u);
  EXPECT_EQ(found.same, 1u);
}

TEST(Rereading, TellsWhichGenerationAloneSawATransition) {
  // 1 to 2: clutter that only the former took for the text. 3 to 4: a clause that only the present reads.
  const Rereading found =
      read(history({{1, 10}, {2, 11}, {3, 11}, {4, 11}}, 0), history({{1, 20}, {2, 20}, {3, 20}, {4, 21}}, 100));
  EXPECT_THAT(pairs(found.only_former), ElementsAre(std::pair<Id, Id>(1, 2)));
  EXPECT_THAT(pairs(found.only_present), ElementsAre(std::pair<Id, Id>(3, 4)));
  EXPECT_EQ(found.transitions_of_both, 0u);
}

TEST(Rereading, TellsCapturesThatOneOfThemQuarantined) {
  const Rereading found = read(history({{1, 10}, {2, 10}}, 0), history({{1, 10}, {3, 10}}, 100), {1, 2, 3});
  EXPECT_THAT(found.quarantined, ElementsAre(2));
  EXPECT_THAT(found.released, ElementsAre(3));
  EXPECT_EQ(found.captures, 1u);
}

TEST(Rereading, BlamesNobodyForCapturesThatCameLater) {
  // 2 came later and narrows the interval of the change; 4 came later and shows another one.
  const Rereading found =
      read(history({{1, 10}, {3, 11}}, 0), history({{1, 10}, {2, 10}, {3, 11}, {4, 12}}, 100), {1, 3});
  EXPECT_TRUE(found.nothing());
  EXPECT_EQ(found.transitions_of_both, 1u);
  EXPECT_THAT(found.released, IsEmpty());
}

TEST(Rereading, TellsTransitionsWithOtherChangesOfClauses) {
  History former = history({{1, 10}, {2, 11}}, 0);
  const History present = history({{1, 10}, {2, 11}}, 100);
  core::Change change;
  change.kind = core::ChangeKind::added;
  change.after = core::ClauseRange{0, 1, {}, "We sell data."};
  former.transitions[0].changes.changes.push_back(change);
  const Rereading found = read(former, present);
  EXPECT_EQ(found.transitions_of_both, 1u);
  ASSERT_EQ(found.retold.size(), 1u);
  EXPECT_EQ(found.retold[0].former, 1u);
  EXPECT_EQ(found.retold[0].present, 0u);
  EXPECT_FALSE(found.nothing());
  // The same change at another place of the text is the same change.
  History moved = former;
  moved.transitions[0].changes.changes[0].after->index = 7;
  EXPECT_TRUE(read(former, moved).nothing());
}

}  // namespace
}  // namespace waydiff::pipeline
