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

const std::string url = "https://example.com/terms?a=1&b=2";

void add_years(FakeArchive& fake, int from, int to) {
  for (int year = from; year <= to; ++year) {
    fake.add({.timestamp = std::to_string(year) + "0203040506", .original = url, .body = std::to_string(year)});
  }
}

TEST(TimeMapListing, ListsAndPlays) {
  FakeArchive fake;
  add_years(fake, 2001, 2003);
  Client client(quick(fake, "timemap"));
  const auto listing = client.list(url, "2002").value();
  EXPECT_TRUE(listing.complete);
  ASSERT_EQ(listing.captures.size(), 2u);
  EXPECT_EQ(listing.dropped.at("out_of_range"), 1u);
  EXPECT_EQ(listing.captures[0].original, url);
  const auto playback = client.play(listing.captures[0]).value();
  EXPECT_EQ(playback.body, "2002");
  EXPECT_EQ(playback.digest_check, DigestCheck::none);
}

TEST(TimeMapListing, FollowsItsPartsOnce) {
  FakeArchive fake;
  fake.dialects({.timemap_page = 2});
  add_years(fake, 2001, 2007);
  const auto listing = Client(quick(fake, "timemap")).list(url).value();
  EXPECT_TRUE(listing.complete);
  EXPECT_EQ(listing.captures.size(), 7u);
  EXPECT_EQ(fake.requests().size(), 5u) << "the first, and four parts that each name all the others";
}

TEST(TimeMapListing, PassesOverPartsOfOtherTimes) {
  FakeArchive fake;
  fake.dialects({.timemap_page = 2});
  add_years(fake, 2001, 2007);
  const auto listing = Client(quick(fake, "timemap")).list(url, "2003", "2004").value();
  EXPECT_EQ(listing.captures.size(), 2u);
  EXPECT_EQ(fake.requests().size(), 2u);
}

TEST(TimeMapListing, IsCompleteWhenThereIsNothing) {
  FakeArchive fake;
  EXPECT_TRUE(Client(quick(fake, "timemap")).list(url)->complete);
}

TEST(TimeMapListing, DoesNotGoOnOnAnotherHost) {
  FakeArchive fake;
  fake.script("/timemap/", {Fail::answer(200, "<" + url +
                                                  ">; rel=\"original\",\n<http://other.example/timemap/2>; "
                                                  "rel=\"timemap\"; from=\"Tue, 02 Jan 2001 03:04:05 GMT\"")});
  const auto listing = Client(quick(fake, "timemap")).list(url).value();
  EXPECT_FALSE(listing.complete);
  EXPECT_THAT(listing.problem->detail, HasSubstr("on another host: http://other.example/timemap/2"));
  EXPECT_EQ(fake.requests().size(), 1u);
}

TEST(TimeMapListing, AsksAgainAfterACutAnswer) {
  FakeArchive fake;
  add_years(fake, 2001, 2006);
  fake.script("/timemap/", {Fail::cut_rows(), Fail::html()});
  const auto listing = Client(quick(fake, "timemap")).list(url).value();
  EXPECT_TRUE(listing.complete);
  EXPECT_EQ(listing.captures.size(), 6u);
  EXPECT_EQ(fake.requests().size(), 3u);
}

TEST(TimeMapListing, SaysWhatATimeMapCannotDo) {
  FakeArchive fake;
  add_years(fake, 2001, 2001);
  Client client(quick(fake, "timemap"));
  EXPECT_EQ(client.ask({url, "", "", Match::host}).error().code, Errc::bad_argument);
  const auto listing = client.ask({url, "", "", Match::exact, {"statuscode:200"}}).value();
  EXPECT_EQ(listing.captures.size(), 1u);
  EXPECT_THAT(listing.warnings, ElementsAre(HasSubstr("statuscode:200")));
}

}  // namespace
}  // namespace waydiff::crawler
