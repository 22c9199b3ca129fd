#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_archive.hpp"
#include "with_fake.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;
using test::Fail;
using test::FakeArchive;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string url = "https://example.com/terms";

void add_years(FakeArchive& fake, int from, int to) {
  for (int year = from; year <= to; ++year) {
    fake.add({.timestamp = std::to_string(year) + "0203040506", .original = url, .body = std::to_string(year)});
  }
}

HttpSettings with_rows(const FakeArchive& fake, int rows) {
  HttpSettings settings = quick(fake, "pywb");
  settings.page_rows = rows;
  return settings;
}

TEST(PywbListing, ListsRowsOfEitherShape) {
  for (const bool cdxj : {false, true}) {
    FakeArchive fake;
    fake.dialects({.cdxj = cdxj});
    add_years(fake, 2001, 2003);
    const auto listing = Client(quick(fake, "pywb")).list(url, "2002").value();
    EXPECT_TRUE(listing.complete);
    ASSERT_EQ(listing.captures.size(), 2u);
    EXPECT_EQ(listing.captures[0].raw_timestamp, "20020203040506");
    EXPECT_EQ(listing.captures[0].status, 200);
  }
}

TEST(PywbListing, IsCompleteWhenThereIsNothing) {
  FakeArchive fake;
  const auto listing = Client(quick(fake, "arquivo")).list(url).value();
  EXPECT_TRUE(listing.complete);
  EXPECT_TRUE(listing.captures.empty());
}

TEST(PywbListing, SaysThatAnAddressIsExcluded) {
  FakeArchive fake;
  fake.exclude(url, test::Exclusion::page_403);
  EXPECT_EQ(Client(quick(fake, "pywb")).list(url).error().code, Errc::excluded);
}

TEST(PywbListing, AsksOnFromTheLastRowOfAFullPage) {
  FakeArchive fake;
  add_years(fake, 2001, 2009);
  const auto listing = Client(with_rows(fake, 4)).list(url, "2001", "2008").value();
  EXPECT_TRUE(listing.complete);
  EXPECT_EQ(listing.captures.size(), 8u);
  const auto requests = fake.requests();
  ASSERT_EQ(requests.size(), 3u);
  EXPECT_THAT(requests[1].target, HasSubstr("&from=20040203040506&to=20081231235959&"));
}

TEST(PywbListing, DividesTheTimeOfManyAddresses) {
  FakeArchive fake;
  for (const char* page : {"a", "b", "c"}) {
    for (int year = 2001; year <= 2006; ++year) {
      fake.add({.timestamp = std::to_string(year) + "0203040506",
                .original = "https://example.com/" + std::string(page),
                .body = page});
    }
  }
  const auto listing = Client(with_rows(fake, 5)).ask({"example.com", "2000", "2010", Match::host}).value();
  EXPECT_TRUE(listing.complete);
  EXPECT_EQ(listing.captures.size(), 18u);
}

TEST(PywbListing, TakesMoreRowsThanAskedForForAll) {
  FakeArchive fake;
  fake.dialects({.ignore_limit = true});
  add_years(fake, 2001, 2009);
  const auto listing = Client(with_rows(fake, 4)).list(url).value();
  EXPECT_TRUE(listing.complete);
  EXPECT_EQ(listing.captures.size(), 9u);
  EXPECT_EQ(fake.requests().size(), 1u);
}

TEST(PywbListing, StopsWhenOneSecondIsFull) {
  FakeArchive fake;
  for (const char* body : {"a", "b", "c"}) fake.add({.timestamp = "20010203040506", .original = url, .body = body});
  const auto listing = Client(with_rows(fake, 2)).list(url, "2001", "2001").value();
  EXPECT_FALSE(listing.complete);
  EXPECT_THAT(listing.problem->detail, HasSubstr("in the second 20010203040506"));
}

TEST(PywbListing, SendsFiltersInItsOwnWordsAndChecksThem) {
  FakeArchive fake;
  add_years(fake, 2001, 2002);
  fake.add({.timestamp = "20030203040506", .original = url, .body = "x", .status = 404});
  ListQuery query{url, "", "", Match::exact, {"!statuscode:4..", "mimetype:text/html"}};
  EXPECT_EQ(Client(quick(fake, "pywb")).ask(query)->captures.size(), 2u);
  EXPECT_THAT(fake.requests().back().target, HasSubstr("filter=%21~status%3A4..%24&filter=%3Dmime%3Atext%2Fhtml"));
  EXPECT_EQ(Client(quick(fake, "arquivo")).ask(query)->captures.size(), 2u);
  EXPECT_THAT(fake.requests().back().target, Not(HasSubstr("status%3A4"))) << "a regex may bring it down";
}

TEST(PywbListing, AsksAgainAfterACutAnswer) {
  FakeArchive fake;
  add_years(fake, 2001, 2005);  // half of it ends inside a row
  fake.script("/pywb/cdx", {Fail::cut_rows(), Fail::html(), Fail::unavailable()});
  const auto listing = Client(quick(fake, "pywb")).list(url).value();
  EXPECT_TRUE(listing.complete);
  EXPECT_EQ(listing.captures.size(), 5u);
}

TEST(PywbPlayback, PlaysTheCaptureThatWasAskedFor) {
  FakeArchive fake;
  add_years(fake, 2001, 2003);
  Client client(quick(fake, "pywb"));
  const auto listing = client.list(url).value();
  EXPECT_EQ(client.play(listing.captures.at(1))->body, "2002");
}

TEST(PywbPlayback, DoesNotTakeTheNearestForIt) {
  FakeArchive fake;
  add_years(fake, 2001, 2001);
  test::FakeCapture gone{.timestamp = "20020203040506", .original = url, .body = "gone", .unplayable = true};
  fake.add(gone);
  const auto playback = Client(quick(fake, "pywb")).play(row_of(gone)).value();
  ASSERT_TRUE(playback.offered);
  EXPECT_EQ(playback.offered->raw_timestamp, "20010203040506");
  EXPECT_EQ(playback.body, "");
}

TEST(PywbPlayback, SaysWhatIsNotThere) {
  FakeArchive fake;
  const test::FakeCapture gone{.timestamp = "20020203040506", .original = url, .body = "gone"};
  EXPECT_EQ(Client(quick(fake, "pywb")).play(row_of(gone)).error().code, Errc::unplayable);
}

}  // namespace
}  // namespace waydiff::crawler
