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
  for (const Step& step : next_steps(rows, tried)) {
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
