#include "pipeline/timeline.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "captures.hpp"

namespace waydiff::pipeline {
namespace {

/// Readings of a year each, from 2001: a state key each ("A"), with a number for another text of it ("A2"), "-" for
/// one that is not fit to compare.
std::vector<Reading> readings(const std::vector<std::string>& texts) {
  std::vector<Reading> out;
  for (const std::string& text : texts) {
    Reading reading;
    reading.capture = static_cast<storage::Id>(out.size() + 1);
    reading.time = at(std::to_string(2000 + reading.capture));
    reading.good = text != "-";
    if (reading.good) {
      reading.state_key = text.substr(0, 1);
      reading.text = 100 * text[0] + (text.size() > 1 ? text[1] : 0);
      reading.clauses = 5;
    }
    out.push_back(reading);
  }
  return out;
}

/// "changed 1>2 2001..2003 q1"
std::vector<std::string> transitions(const std::vector<std::string>& texts) {
  std::vector<std::string> out;
  for (const storage::TransitionRow& row : timeline(readings(texts)).transitions) {
    EXPECT_EQ(row.sequence, static_cast<int>(out.size()) + 1);
    EXPECT_TRUE(row.changes.changes.empty());
    out.push_back(std::string(storage::name(row.kind)) + " " + std::to_string(row.old_state) + ">" +
                  std::to_string(row.new_state) + " " + row.not_before.digits().substr(0, 4) + ".." +
                  row.not_after.digits().substr(0, 4) + " q" + std::to_string(row.quarantined_between));
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(Timeline, SeesATextThatComesBackAsTheSameState) {
  EXPECT_EQ(transitions({"A", "A", "B", "B", "A"}), (Lines{"changed 1>2 2002..2003 q0", "returned 2>1 2004..2005 q0"}));
  const storage::History history = timeline(readings({"A", "A", "B", "B", "A"}));
  ASSERT_EQ(history.states.size(), 2u);
  EXPECT_EQ(history.states[0].ordinal, 1);
  EXPECT_EQ(history.states[0].key, "A");
  EXPECT_EQ(history.states[0].clauses, 5u);
  EXPECT_EQ(history.states[1].ordinal, 2);
  std::vector<int> places;
  for (const storage::Placement& place : history.placements) places.push_back(place.state);
  EXPECT_EQ(places, (std::vector<int>{1, 1, 2, 2, 1}));
}

TEST(Timeline, CountsQuarantinedCapturesWithoutLettingThemTightenDates) {
  EXPECT_EQ(transitions({"A", "-", "-", "B"}), Lines{"changed 1>2 2001..2004 q2"});
}

TEST(Timeline, ForgetsQuarantinedCapturesOnceTheTextProvesUnchanged) {
  EXPECT_EQ(transitions({"A", "-", "A", "B"}), Lines{"changed 1>2 2003..2004 q0"});
}

TEST(Timeline, IgnoresQuarantinedCapturesAtTheEnds) {
  EXPECT_EQ(transitions({"-", "A", "B", "-"}), Lines{"changed 1>2 2002..2003 q0"});
}

TEST(Timeline, NamesAnotherDressOfTheSameStateEditorial) {
  EXPECT_EQ(transitions({"A1", "A2", "B"}), (Lines{"editorial 1>1 2001..2002 q0", "changed 1>2 2002..2003 q0"}));
}

TEST(Timeline, ComparesWithTheDressThatWasSeenLast) {
  const storage::History history = timeline(readings({"A1", "A2", "B"}));
  EXPECT_EQ(history.transitions[1].old_text, readings({"A2"})[0].text);
  EXPECT_EQ(history.transitions[1].old_capture, 2);
  EXPECT_EQ(history.transitions[1].new_capture, 3);
}

TEST(Timeline, HasNothingToSayOfUnfitCaptures) {
  const storage::History history = timeline(readings({"-", "-"}));
  EXPECT_TRUE(history.states.empty());
  EXPECT_TRUE(history.placements.empty());
  EXPECT_TRUE(history.transitions.empty());
  EXPECT_TRUE(timeline({}).placements.empty());
}

}  // namespace
}  // namespace waydiff::pipeline
