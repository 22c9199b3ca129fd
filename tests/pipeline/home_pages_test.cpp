#include "pipeline/home_pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "captures.hpp"

namespace waydiff::pipeline {
namespace {

using testing::ElementsAre;

/// The days of the chosen ones.
std::vector<std::string> chosen(const std::vector<storage::CaptureRow>& rows, std::size_t most) {
  std::vector<std::string> out;
  for (const std::size_t row : choose_home_pages(rows, most)) out.push_back(rows[row].capture.timestamp.date());
  return out;
}

storage::CaptureRow answered(std::string_view digits, int status) {
  storage::CaptureRow row = pending(digits);
  row.capture.status = status;
  return row;
}

TEST(HomePages, AreTheFirstTheLastAndAboutOneAYear) {
  EXPECT_THAT(
      chosen({pending("20010101"), pending("20010601"), pending("20011230"), pending("20021231"), pending("20030101")},
             12),
      ElementsAre("2001-01-01", "2001-12-30", "2003-01-01"));
}

TEST(HomePages, AreNoMoreThanAskedFor) {
  std::vector<storage::CaptureRow> rows;
  for (int year = 2001; year <= 2020; ++year) rows.push_back(pending(std::to_string(year)));
  EXPECT_EQ(choose_home_pages(rows, 5).size(), 5U);
  EXPECT_THAT(chosen(rows, 1), ElementsAre("2020-01-01"));
  EXPECT_TRUE(choose_home_pages({}, 5).empty());
}

TEST(HomePages, AreNeitherErrorsNorWithheldAndPagesRatherThanRedirects) {
  storage::CaptureRow withheld = pending("20060101");
  withheld.outcome = storage::Outcome::unplayable;
  EXPECT_THAT(chosen({answered("20010101", 503), pending("20020101"), answered("20030101", 302), pending("20030301"),
                      pending("20040101"), withheld},
                     12),
              ElementsAre("2002-01-01", "2003-03-01", "2004-01-01"));
  EXPECT_THAT(chosen({answered("20010101", 302), answered("20020101", 404)}, 12), ElementsAre("2001-01-01"));
}

TEST(HomePages, AreRatherThoseThatAreStored) {
  EXPECT_THAT(chosen({pending("20010101"), fetched("20020301", "", 7), pending("20020101"), pending("20030101")}, 12),
              ElementsAre("2001-01-01", "2002-03-01", "2003-01-01"));
}

RankedPage page(std::string_view digits, std::vector<std::pair<const char*, double>> links) {
  RankedPage out;
  out.time = at(digits);
  for (const auto& [url, score] : links) out.links.push_back({url, score, {"footer link"}, false});
  return out;
}

/// "the chosen one", its predecessors.
std::vector<std::string> verdict(const Consensus& consensus) {
  std::vector<std::string> out;
  if (!consensus.found.empty() && consensus.found.front().chosen) out.push_back(consensus.found.front().url);
  for (const std::size_t row : consensus.earlier) out.push_back(consensus.found[row].url);
  return out;
}

TEST(Consensus, ChoosesTheLatestAddressAndNamesThoseBefore) {
  const Consensus consensus = agree(std::vector<RankedPage>{
      page("2001", {{"http://e.example/priv.htm", 0.9}}), page("2005", {{"http://e.example/legal/privacy", 0.9}}),
      page("2006", {{"http://e.example/legal/privacy", 0.9}}), page("2015", {{"https://www.e.example/privacy", 0.95}}),
      page("2016", {{"http://e.example/privacy", 0.95}})});
  EXPECT_THAT(verdict(consensus),
              ElementsAre("http://e.example/privacy", "http://e.example/priv.htm", "http://e.example/legal/privacy"));
  EXPECT_EQ(consensus.found.front().first_seen, at("2015"));
  EXPECT_EQ(consensus.found.front().last_seen, at("2016"));
  EXPECT_EQ(consensus.found.front().pages, 2U);
}

TEST(Consensus, IsNotMovedByOneDoubtfulPageAtTheEnd) {
  EXPECT_THAT(verdict(agree(std::vector<RankedPage>{page("2001", {{"http://e.example/privacy", 0.9}}),
                                                    page("2002", {{"http://e.example/privacy", 0.9}}),
                                                    page("2003", {{"http://parking.example/privacy", 0.55}})})),
              ElementsAre("http://e.example/privacy"));
}

TEST(Consensus, TakesTwinsForTwins) {
  EXPECT_THAT(verdict(agree(std::vector<RankedPage>{
                  page("2001", {{"http://e.example/p.pdf", 0.92}, {"http://e.example/p", 0.9}}),
                  page("2002", {{"http://e.example/p", 0.9}, {"http://e.example/p.pdf", 0.8}})})),
              ElementsAre("http://e.example/p"));
}

TEST(Consensus, ChoosesNothingWhereNothingIsGoodEnough) {
  const Consensus consensus =
      agree(std::vector<RankedPage>{page("2001", {{"http://e.example/legal", 0.4}}), page("2002", {})});
  EXPECT_TRUE(verdict(consensus).empty());
  ASSERT_EQ(consensus.found.size(), 1U);
  EXPECT_FALSE(consensus.found.front().chosen);
}

}  // namespace
}  // namespace waydiff::pipeline
