#include "report/spread.hpp"

#include <gtest/gtest.h>

#include "report/spread_words.hpp"
#include "sample.hpp"

namespace waydiff::report {
namespace {

using core::ChangeKind;

/// Changes by documents, one each: which of them meet in one event.
class Spread {
 public:
  Spread& add(std::string_view site, std::string_view not_before, std::string_view not_after, std::string_view text,
              ChangeKind kind = ChangeKind::added, std::string_view old_text = {}) {
    SpreadMember change;
    change.change = ++changes_;
    change.target = changes_;
    change.not_before = sample::at(std::string(not_before) + "000000");
    change.not_after = sample::at(std::string(not_after) + "000000");
    finder_.add(change, kind, site, kind == ChangeKind::removed ? text : old_text,
                kind == ChangeKind::removed ? std::string_view() : text);
    return *this;
  }
  Spread& reworded(std::string_view site, std::string_view not_after, std::string_view from, std::string_view to) {
    return add(site, "20180101", not_after, to, ChangeKind::modified, from);
  }
  std::vector<SpreadEvent> events(std::size_t documents = 2, int within = 180) {
    return finder_.events({documents, std::chrono::days(within), 5});
  }

 private:
  SpreadFinder finder_;
  storage::Id changes_ = 0;
};

constexpr const char* sharing = "We may share your biometric data with insurers that you have a policy with.";

TEST(SpreadFinder, TellsWhoWasFirstAndWhoCameNext) {
  const auto events = Spread()
                          .add("a.example", "20180101", "20180201", sharing)
                          .add("b.example", "20180301", "20180401", sharing)
                          .add("c.example", "20180215", "20180501", sharing)
                          .events(3);
  ASSERT_EQ(events.size(), 1u);
  ASSERT_EQ(events[0].members.size(), 3u);
  EXPECT_EQ(events[0].members[0].target, 1);
  EXPECT_EQ(events[0].members[2].target, 3);
  EXPECT_TRUE(events[0].members[1].exact);
  EXPECT_TRUE(events[0].first_is_sure);
}

TEST(SpreadFinder, IsNotSureWhoWasFirstWhereIntervalsOverlap) {
  const auto events = Spread()
                          .add("a.example", "20180101", "20180201", sharing)
                          .add("b.example", "20180131", "20180401", sharing)
                          .events();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_FALSE(events[0].first_is_sure);
}

TEST(SpreadFinder, NeedsEnoughDocumentsWithinTheWindow) {
  const auto spread = [] {
    return Spread()
        .add("a.example", "20180101", "20180201", sharing)
        .add("b.example", "20180301", "20180401", sharing)
        .add("c.example", "20200101", "20200201", sharing);
  };
  EXPECT_TRUE(spread().events(3).empty());
  EXPECT_EQ(spread().events(3, 1000).size(), 1u);
  const auto two = spread().events(2);
  ASSERT_EQ(two.size(), 1u);
  EXPECT_EQ(two[0].members.size(), 2u);
}

TEST(SpreadFinder, NamesOfTheCompanyMakeNoDifference) {
  EXPECT_EQ(Spread()
                .add("www.acme.example", "20180101", "20180201", "Acme may share your location with its partners.")
                .add("foo.example", "20180101", "20180202", "Foo Inc. may share your location with its partners.")
                .events()
                .size(),
            1u);
  const auto events =
      Spread()
          .add("x.example", "20180101", "20180201",
               "You agree that the courts of Ireland decide on disputes over Chatterbox and its owners.")
          .add("y.example", "20180101", "20180202",
               "You agree that the courts of Ireland decide on disputes over Picturama and its owners.")
          .events();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_FALSE(events[0].members[1].exact);
  EXPECT_EQ(events[0].members[1].alike, 1.0);
}

TEST(SpreadFinder, AWordMoreIsNearlyTheSame) {
  const auto events =
      Spread()
          .add("a.example", "20180101", "20180201",
               "We may share your biometric data with insurers and advertisers that you have a policy with.")
          .add("b.example", "20180101", "20180202",
               "We may share your biometric data with insurers and other advertisers that you have a policy with.")
          .events();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_GT(events[0].members[1].alike, 0.9);
}

TEST(SpreadFinder, NegationsModalsAndNumbersAreNeverNearlyTheSame) {
  const std::string said = "We sell the personal data that you give us to partners in other countries of the world.";
  for (const char* const other :
       {"We do not sell the personal data that you give us to partners in other countries of the world.",
        "We may sell the personal data that you give us to partners in other countries of the world.",
        "We sell the personal data that you give us to 7 partners in other countries of the world."}) {
    EXPECT_TRUE(Spread()
                    .add("a.example", "20180101", "20180201", said)
                    .add("b.example", "20180101", "20180202", other)
                    .events()
                    .empty())
        << other;
  }
  EXPECT_TRUE(Spread()
                  .add("a.example", "20180101", "20180201", "You may opt-in to the sale of your personal data.")
                  .add("b.example", "20180101", "20180202", "You may opt-out of the sale of your personal data.")
                  .events()
                  .empty());
}

TEST(SpreadFinder, AdditionsAndRemovalsAreDifferentEvents) {
  EXPECT_TRUE(Spread()
                  .add("a.example", "20180101", "20180201", sharing)
                  .add("b.example", "20180101", "20180202", sharing, ChangeKind::removed)
                  .events()
                  .empty());
}

TEST(SpreadFinder, RewordingsMeetWhereTheSameWordsGoAndCome) {
  const std::string before = "We keep your personal data for as long as you have an account with us.";
  const std::string forever = "We keep your personal data for as long as we like.";
  const std::string backup = "We keep your personal data and backups for as long as you have an account with us.";
  EXPECT_EQ(Spread()
                .reworded("a.example", "20180201", before, forever)
                .reworded("b.example", "20180202", before, forever)
                .events()
                .size(),
            1u);
  EXPECT_TRUE(Spread()
                  .reworded("a.example", "20180201", before, before + " Forever.")
                  .reworded("b.example", "20180202", before, backup)
                  .events()
                  .empty());
}

TEST(SpreadFinder, OneDocumentIsNoSpread) {
  SpreadFinder finder;
  for (int day = 1; day < 9; ++day) {
    SpreadMember change;
    change.change = day;
    change.target = 1;
    change.not_after = sample::at("2018010" + std::to_string(day) + "000000");
    finder.add(change, ChangeKind::added, "a.example", "", sharing);
  }
  EXPECT_TRUE(finder.events({2, std::chrono::days(180), 5}).empty());
}

TEST(SpreadWords, KnowWhatASiteCallsItself) {
  EXPECT_EQ(own_names("www.foo.co.uk"), (std::vector<std::string>{"foo"}));
  EXPECT_EQ(own_names("Amazon Advertising"), (std::vector<std::string>{"amazon", "advertising"}));
  EXPECT_TRUE(own_names("").empty());
}

}  // namespace
}  // namespace waydiff::report
