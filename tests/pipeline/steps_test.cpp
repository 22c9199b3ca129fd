#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "captures.hpp"
#include "core/digest.hpp"
#include "pipeline/plan.hpp"

namespace waydiff::pipeline {
namespace {

using storage::CaptureRow;
using storage::Outcome;

/// "0:fetch 1:wait(0)"
std::string shown(const std::vector<CaptureRow>& rows, std::vector<bool> tried = {}) {
  tried.resize(rows.size(), false);
  std::string text;
  for (const Step& step : next_steps(planned(rows).rows, tried)) {
    text += (text.empty() ? "" : " ") + std::to_string(step.row) + ":";
    switch (step.kind) {
      case Step::Kind::fetch:
        text += "fetch";
        break;
      case Step::Kind::share:
        text += "share(" + std::to_string(step.from) + ")";
        break;
      case Step::Kind::wait:
        text += "wait(" + std::to_string(step.from) + ")";
        break;
    }
  }
  return text;
}

TEST(NextSteps, AsksForOneOfEqualCapturesAndLetsTheOthersWait) {
  EXPECT_EQ(shown({pending("2018", "A"), pending("2019", "B"), pending("2020", "A"), pending("2021", "A")}),
            "0:fetch 1:fetch 2:wait(0) 3:wait(0)");
}

TEST(NextSteps, SharesTheBodyOfAnEqualCapture) {
  EXPECT_EQ(shown({fetched("2018", "A", 7), pending("2019", "A"), pending("2020", "B")}), "1:share(0) 2:fetch");
}

TEST(NextSteps, AsksForTheNextEqualCaptureWhenTheFirstFailed) {
  CaptureRow failed = pending("2018", "A");
  failed.outcome = Outcome::failed;
  EXPECT_EQ(shown({failed, pending("2019", "A"), pending("2020", "A")}, {true}), "1:fetch 2:wait(1)");
}

TEST(NextSteps, SharesWithWhatFailedOrIsNotGivenOut) {
  CaptureRow failed = pending("2019", "A");
  failed.outcome = Outcome::failed;
  CaptureRow withheld = pending("2020", "A");
  withheld.outcome = Outcome::unplayable;
  EXPECT_EQ(shown({fetched("2018", "A", 7), failed, withheld}, {false, true, true}), "1:share(0) 2:share(0)");
  EXPECT_EQ(shown({failed, withheld, pending("2021", "A")}, {true, true, false}), "2:fetch");
}

TEST(NextSteps, TriesWhatFailedInAnEarlierRun) {
  CaptureRow failed = pending("2018", "A");
  failed.outcome = Outcome::failed;
  EXPECT_EQ(shown({failed}), "0:fetch");
}

TEST(NextSteps, AsksForTheFullRecordBeforeItsRevisits) {
  EXPECT_EQ(shown({pending_revisit("2018", "A"), pending("2019", "A"), pending_revisit("2020", "A")}),
            "0:wait(1) 1:fetch 2:wait(1)");
}

TEST(NextSteps, AsksForARevisitWhoseOriginalIsNotListed) {
  EXPECT_EQ(shown({pending_revisit("2018", "A"), pending_revisit("2019", "A")}), "0:fetch 1:wait(0)");
}

TEST(NextSteps, TakesTheDigestOfNoBytesForNoProofOfEquality) {
  const std::string empty(core::empty_sha1);
  EXPECT_EQ(shown({fetched("2018", empty, 7), pending("2019", empty), pending("2020", empty)}), "1:fetch 2:fetch");
}

TEST(NextSteps, TakesUnknownDigestsForNoProofOfEquality) {
  EXPECT_EQ(shown({fetched("2018", "", 7), pending("2019"), pending("2020")}), "1:fetch 2:fetch");
}

TEST(NextSteps, SharesNoBodyThatDidNotMatchItsDigest) {
  CaptureRow suspect = fetched("2018", "A", 7);
  suspect.digest_check = "suspect";
  EXPECT_EQ(shown({suspect, pending("2019", "A")}), "1:fetch");
}

TEST(NextSteps, TellsEqualBytesOfAnotherStatusApart) {
  CaptureRow missing = pending("2019", "A");
  missing.capture.status = 404;
  EXPECT_EQ(shown({pending("2018", "A"), missing}), "0:fetch 1:fetch");
}

TEST(NextSteps, LeavesAloneWhatIsNotAskedFor) {
  CaptureRow unselected = pending("2019", "A");
  unselected.outcome = Outcome::unselected;
  CaptureRow withheld = pending("2020", "B");
  withheld.outcome = Outcome::unplayable;
  CaptureRow excluded = pending("2021", "C");
  excluded.outcome = Outcome::excluded;
  EXPECT_EQ(shown({fetched("2018", "A", 7), unselected, withheld, excluded}), "");
}

TEST(NextSteps, AsksThePreferredArchiveForACaptureThatSeveralHave) {
  std::vector<CaptureRow> rows = {pending("2018", "A"), pending("2018", "A")};
  rows[0].archive = 1;
  rows[1].archive = 2;
  const std::vector<storage::Id> second_first = {2, 1};
  const auto steps = next_steps(planned(rows).rows, {false, false}, second_first);
  ASSERT_EQ(steps.size(), 2u);
  EXPECT_EQ(steps[0].kind, Step::Kind::wait);
  EXPECT_EQ(steps[1].kind, Step::Kind::fetch);
}

TEST(NextSteps, SharesBodiesBetweenArchivesOnlyWhenTheDigestWasVerified) {
  std::vector<CaptureRow> rows = {fetched("2018", "A", 7), pending("2019", "A")};
  rows[1].archive = 2;
  EXPECT_EQ(shown(rows), "1:share(0)");
  rows[0].digest_check = "unverifiable";
  EXPECT_EQ(shown(rows), "1:fetch");
}

TEST(ChooseChanges, PassesOverErrorsAndTakesWhatSharesABody) {
  CaptureRow error = pending("2019", "E");
  error.capture.status = 404;
  const auto rows = planned({fetched("2018", "A", 7), error, pending("2020", "A"), pending("2021", "B")}).rows;
  const std::vector<std::uint32_t> texts = {1, 0, 0, 0};
  const std::vector<Sighting> known = sightings(rows, texts, std::vector<bool>(4, false), at("2026").time());
  EXPECT_EQ(known[1].known, Sighting::Known::unfit);
  std::vector<std::size_t> order;
  EXPECT_EQ(choose_changes(rows, known, &order), (std::vector<bool>{false, false, true, true}));
  EXPECT_EQ(order, std::vector<std::size_t>{3});
}

TEST(ChooseChanges, TakesTheFirstRedirectThatAHistoryEndsWith) {
  CaptureRow moved = pending("2020", "M");
  moved.capture.status = 301;
  const auto rows = planned({fetched("2018", "A", 7), moved, moved}).rows;
  const std::vector<std::uint32_t> texts = {1, 0, 0};
  const std::vector<Sighting> known = sightings(rows, texts, std::vector<bool>(3, false), at("2026").time());
  EXPECT_EQ(choose_changes(rows, known), (std::vector<bool>{false, true, false}));
}

TEST(Spread, BeginsWithTheEndsAndHalvesWhatIsBetween) {
  EXPECT_EQ(spread(5), (std::vector<std::size_t>{0, 4, 2, 1, 3}));
  EXPECT_EQ(spread(1), std::vector<std::size_t>{0});
  EXPECT_TRUE(spread(0).empty());
}

TEST(IsFinal, HoldsForWhatIsInTheStore) {
  CaptureRow row = fetched("2018", "A", 7);
  for (const Outcome outcome : {Outcome::fetched, Outcome::duplicate, Outcome::revisit}) {
    row.outcome = outcome;
    EXPECT_TRUE(is_final(row, at("2026").time()));
  }
}

TEST(IsFinal, DoesNotHoldForWhatIsToCome) {
  CaptureRow row = pending("2018");
  for (const Outcome outcome : {Outcome::pending, Outcome::unselected, Outcome::failed}) {
    row.outcome = outcome;
    EXPECT_FALSE(is_final(row, at("2026").time()));
  }
}

TEST(IsFinal, HoldsForWhatIsWithheldUntilItMayBeAskedForAgain) {
  CaptureRow row = pending("2018");
  for (const Outcome outcome : {Outcome::unplayable, Outcome::excluded}) {
    row.outcome = outcome;
    row.retry_after = at("20260108").time();
    EXPECT_TRUE(is_final(row, at("20260107").time()));
    EXPECT_FALSE(is_final(row, at("20260108").time()));
  }
}

TEST(AskAgain, WaitsLongerEachTime) {
  const auto now = at("20260101").time();
  EXPECT_EQ(ask_again(1, now) - now, std::chrono::days(7));
  EXPECT_EQ(ask_again(2, now) - now, std::chrono::days(30));
  EXPECT_EQ(ask_again(3, now) - now, std::chrono::days(90));
  EXPECT_EQ(ask_again(40, now) - now, std::chrono::days(90));
}

}  // namespace
}  // namespace waydiff::pipeline
