#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_archive.hpp"
#include "with_fake.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;
using test::Fail;
using test::FakeArchive;
using test::FakeCapture;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string url = "https://example.com/terms";

FakeCapture terms(int year) {
  return {.timestamp = std::to_string(year) + "0203040506",
          .original = url,
          .body = "<p>Terms of " + std::to_string(year) + "</p>"};
}

/// A crawl in each year.
void add_crawls(FakeArchive& fake, int from, int to) {
  test::FakeDialects manners;
  for (int year = to; year >= from; --year) {
    const std::string digits = std::to_string(year);
    manners.crawls.push_back({"CC-MAIN-" + digits + "-05", digits + "0120", digits + "0210"});
  }
  fake.dialects(manners);
}

std::size_t count(const FakeArchive& fake, std::string_view part) {
  std::size_t found = 0;
  for (const auto& request : fake.requests()) found += request.target.find(part) != std::string::npos;
  return found;
}

TEST(CommonCrawl, ListsEachCrawlAndPlaysRecordsOutOfItsFiles) {
  FakeArchive fake;
  add_crawls(fake, 2013, 2015);
  fake.add(terms(2013));
  fake.add(terms(2015));
  Client client(quick(fake, "commoncrawl"));
  const auto listing = client.list(url).value();
  EXPECT_TRUE(listing.complete) << listing.problem->detail;
  ASSERT_EQ(listing.captures.size(), 2u);
  EXPECT_EQ(count(fake, "-index?"), 3u);
  EXPECT_EQ(listing.captures[1].file, "crawl-data/CC-MAIN-2015-05/all.warc.gz");
  for (std::size_t i : {0u, 1u}) {
    const auto playback = client.play(listing.captures[i]);
    ASSERT_TRUE(playback) << playback.error().detail;
    EXPECT_EQ(playback->body, terms(i == 0 ? 2013 : 2015).body);
    EXPECT_EQ(playback->digest_check, DigestCheck::verified);
    EXPECT_EQ(playback->served, listing.captures[i].timestamp);
  }
  EXPECT_THAT(fake.requests().back().header("range"), HasSubstr("bytes=0-"));
}

TEST(CommonCrawl, AsksForTheListOnceAndOnlyForCrawlsOfTheRange) {
  FakeArchive fake;
  add_crawls(fake, 2010, 2020);
  fake.add(terms(2013));
  Client client(quick(fake, "commoncrawl"));
  for (const auto& listing :
       client.ask_all({{url, "2013", "2014"}, {url + "2", "2013", "2013"}, {url, "2013", "2013"}})) {
    EXPECT_TRUE(listing->complete);
  }
  EXPECT_EQ(count(fake, "/collinfo.json"), 1u);
  EXPECT_EQ(count(fake, "-index?"), 4u);
}

TEST(CommonCrawl, IsIncompleteWhenOneIndexCannotBeRead) {
  FakeArchive fake;
  add_crawls(fake, 2013, 2014);
  fake.add(terms(2013));
  fake.add(terms(2014));
  fake.script("/CC-MAIN-2013-05-index", std::vector<Fail>(5, Fail::unavailable()));
  const auto listing = Client(quick(fake, "commoncrawl")).list(url).value();
  EXPECT_FALSE(listing.complete);
  EXPECT_THAT(listing.problem->detail, HasSubstr("CC-MAIN-2013-05: https://example.com/terms: "));
  EXPECT_EQ(listing.captures.size(), 1u) << "the other crawl was asked all the same";
}

TEST(CommonCrawl, SaysWhenTheListCannotBeRead) {
  FakeArchive fake;
  fake.script("/collinfo.json", std::vector<Fail>(5, Fail::html()));
  const auto listing = Client(quick(fake, "commoncrawl")).list(url).value();
  EXPECT_FALSE(listing.complete);
  EXPECT_EQ(listing.problem->code, Errc::bad_cdx);
}

TEST(CommonCrawl, ReadsRedirectsErrorsAndCutBodies) {
  FakeArchive fake;
  add_crawls(fake, 2013, 2016);
  FakeCapture moved = terms(2013), gone = terms(2014), cut = terms(2015), again = terms(2016);
  moved.status = 301;
  moved.headers = {{"Location", "/new"}};
  gone.status = 404;
  cut.truncated = true;
  again.revisit = true;
  for (const auto& capture : {moved, gone, cut, again}) fake.add(capture);
  Client client(quick(fake, "commoncrawl"));
  const auto rows = client.list(url)->captures;
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(client.play(rows[0])->status, 301);
  EXPECT_EQ(client.play(rows[0])->location, "https://example.com/new");
  EXPECT_EQ(client.play(rows[1])->status, 404);
  EXPECT_THAT(client.play(rows[2])->cut_short, HasSubstr("WARC-Truncated: length"));
  EXPECT_EQ(client.play(rows[3]).error().code, Errc::unplayable);
}

TEST(CommonCrawl, PlaysARevisitWithTheBodyOfItsOriginal) {
  FakeArchive fake;
  add_crawls(fake, 2013, 2016);
  FakeCapture same = terms(2015), unmodified = terms(2016);
  same.body = terms(2013).body;
  same.revisit = unmodified.revisit = true;
  unmodified.body = "";
  unmodified.refers_to = terms(2014).timestamp;
  for (const auto& capture : {terms(2013), terms(2014), same, unmodified}) fake.add(capture);
  Client client(quick(fake, "commoncrawl"));
  const auto rows = client.list(url)->captures;
  ASSERT_EQ(rows.size(), 4u);
  const auto by_digest = client.play(rows[2]);
  ASSERT_TRUE(by_digest) << by_digest.error().detail;
  EXPECT_EQ(by_digest->body, terms(2013).body);
  EXPECT_TRUE(by_digest->from_revisit);
  EXPECT_EQ(by_digest->digest_check, DigestCheck::verified);
  EXPECT_EQ(by_digest->served, rows[2].timestamp);
  const auto by_date = client.play(rows[3]);
  ASSERT_TRUE(by_date) << by_date.error().detail;
  EXPECT_EQ(by_date->body, terms(2014).body);
  EXPECT_EQ(by_date->status, 200);
}

TEST(CommonCrawl, SaysWhereTheBodyOfARevisitWouldBe) {
  FakeArchive fake;
  add_crawls(fake, 2015, 2016);
  FakeCapture same = terms(2015), unmodified = terms(2016);
  same.revisit = unmodified.revisit = true;
  unmodified.body = "";
  unmodified.refers_to = terms(2014).timestamp;
  fake.add(same);
  fake.add(unmodified);
  Client client(quick(fake, "commoncrawl"));
  const auto rows = client.list(url)->captures;
  ASSERT_EQ(rows.size(), 2u);
  const auto by_digest = client.play(rows[0]);
  EXPECT_EQ(by_digest.error().code, Errc::unplayable);
  EXPECT_THAT(
      by_digest.error().detail,
      HasSubstr("20150203040506 of https://example.com/terms: revisit of a payload that no capture known holds; "
                "it names no other record, and its digest is " +
                rows[0].digest));
  EXPECT_THAT(client.play(rows[1]).error().detail,
              HasSubstr("holds: that of https://example.com/terms at 20140203040506"));
}

TEST(CommonCrawl, TriesAgainWhenItIsAskedToSlowDown) {
  FakeArchive fake;
  add_crawls(fake, 2013, 2013);
  fake.add(terms(2013));
  fake.script("/crawl-data/", {Fail::answer(503, "<Error><Code>SlowDown</Code></Error>"), Fail::cut_body()});
  Client client(quick(fake, "commoncrawl"));
  const auto rows = client.list(url)->captures;
  EXPECT_EQ(client.play(rows.at(0))->body, terms(2013).body);
}

}  // namespace
}  // namespace waydiff::crawler
