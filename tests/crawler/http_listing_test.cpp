#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/digest.hpp"
#include "support/fake_archive.hpp"
#include "with_fake.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;
using test::Fail;
using test::FakeArchive;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

const std::string url = "https://example.com/terms";

void add_years(FakeArchive& fake, int from, int to) {
  for (int year = from; year <= to; ++year) {
    fake.add({.timestamp = std::to_string(year) + "0203040506", .original = url, .body = std::to_string(year)});
  }
}

std::vector<std::string> timestamps(const Listing& listing) {
  std::vector<std::string> result;
  for (const auto& capture : listing.captures) result.push_back(capture.raw_timestamp);
  return result;
}

TEST(HttpListing, ListsTheVariantsOfOneAddress) {
  FakeArchive fake;
  fake.add({.timestamp = "20020120142510", .original = "http://www.example.com:80/terms/", .body = "a"});
  fake.add({.timestamp = "20010120142510", .original = url, .body = "b", .revisit = true});
  fake.add({.timestamp = "20010120142510", .original = "https://example.com/other", .body = "c"});
  Client client(quick(fake));
  const auto listing = client.list(url).value();
  EXPECT_TRUE(listing.complete);
  EXPECT_THAT(timestamps(listing), ElementsAre("20010120142510", "20020120142510"));
  EXPECT_TRUE(listing.captures[0].is_revisit());
  EXPECT_EQ(listing.captures[1].digest, core::sha1_base32("a"));
  EXPECT_EQ(client.archive().requests(), 1u);
}

TEST(HttpListing, IsCompleteWhenThereIsNothing) {
  FakeArchive fake;
  Client client(quick(fake));
  const auto listing = client.list(url).value();
  EXPECT_TRUE(listing.complete);
  EXPECT_TRUE(listing.captures.empty());
}

TEST(HttpListing, FollowsResumeKeysOfEachStyle) {
  for (const auto style : {test::KeyStyle::readable, test::KeyStyle::repeating, test::KeyStyle::opaque}) {
    FakeArchive fake;
    fake.key_style(style);
    add_years(fake, 2001, 2006);
    HttpSettings settings = quick(fake);
    settings.page_rows = 2;
    const auto listing = Client(settings).list(url).value();
    EXPECT_TRUE(listing.complete);
    EXPECT_EQ(listing.captures.size(), 6u);
  }
}

TEST(HttpListing, FindsWhatAResumeKeySkips) {
  FakeArchive fake;
  add_years(fake, 2000, 2000);
  for (const char* body : {"a", "b"}) fake.add({.timestamp = "20010203040506", .original = url, .body = body});
  add_years(fake, 2002, 2002);
  HttpSettings settings = quick(fake);
  settings.page_rows = 2;  // the first page ends between the two captures of one second
  const auto listing = Client(settings).list(url).value();
  EXPECT_EQ(listing.captures.size(), 4u);
  EXPECT_TRUE(listing.complete);
}

TEST(HttpListing, StopsWhenKeysGoInCircles) {
  FakeArchive fake;
  const std::string page = R"([[],["again"]])";
  fake.script("/cdx/", {Fail::answer(200, page), Fail::answer(200, R"([[],["other"]])"), Fail::answer(200, page)});
  const auto listing = Client(quick(fake)).list(url).value();
  EXPECT_FALSE(listing.complete);
  EXPECT_THAT(listing.problem->detail, HasSubstr("again"));
}

TEST(HttpListing, GoesOnAfterAnEmptyPageWithAKey) {
  FakeArchive fake;
  add_years(fake, 2001, 2002);
  fake.script("/cdx/", {Fail::answer(200, R"([[],["com%2Cexample%29%2Fterms%2B2001"]])")});
  const auto listing = Client(quick(fake)).list(url).value();
  EXPECT_TRUE(listing.complete);
  EXPECT_EQ(listing.pages, 2u);
}

TEST(HttpListing, AsksForHostsAndPrefixes) {
  FakeArchive fake;
  for (const char* original : {"https://example.com/terms", "http://www.example.com/terms/old",
                               "https://shop.example.com/terms", "https://example.com/about"}) {
    fake.add({.timestamp = "20010203040506", .original = original, .body = original});
  }
  Client client(quick(fake));
  const auto count = [&](Match match, std::vector<std::string> filters) {
    ListQuery query{"example.com/terms", "", "", match, std::move(filters)};
    return client.ask(query)->captures.size();
  };
  EXPECT_EQ(count(Match::exact, {}), 1u);
  EXPECT_EQ(count(Match::prefix, {}), 2u);
  EXPECT_EQ(count(Match::host, {}), 3u);
  EXPECT_EQ(count(Match::domain, {}), 4u);
  EXPECT_EQ(count(Match::domain, {"original:.*terms.*"}), 3u);
}

TEST(HttpListing, FiltersTheSameWhateverTheServerTakesAMatchFor) {
  for (const bool begins : {false, true}) {
    FakeArchive fake;
    fake.dialects({.prefix_filters = begins});
    add_years(fake, 2001, 2002);
    fake.add({.timestamp = "20030203040506", .original = url, .body = "x", .status = 404});
    fake.add({.timestamp = "20040203040506", .original = url, .body = "x", .mime = "text/html5"});
    ListQuery query{url, "", "", Match::exact, {"!statuscode:[45]..", "mimetype:text/html"}};
    const auto listing = Client(quick(fake)).ask(query).value();
    EXPECT_THAT(timestamps(listing), ElementsAre("20010203040506", "20020203040506"));
    EXPECT_TRUE(listing.complete);
    query.filters = {"!mimetype:text/html"};
    EXPECT_THAT(timestamps(Client(quick(fake)).ask(query).value()), ElementsAre("20040203040506"));
  }
}

TEST(HttpListing, FindsTheTailOfAFilteredListThatTheServerCutsSilently) {
  FakeArchive fake;
  fake.dialects({.scan_cap = 8});
  add_years(fake, 1996, 2023);
  HttpSettings settings = quick(fake);
  settings.scan_ceiling = 8;
  const ListQuery query{url, "", "", Match::exact, {"statuscode:200"}};
  const auto listing = Client(settings).ask(query).value();
  EXPECT_TRUE(listing.complete);
  EXPECT_EQ(listing.captures.size(), 28u);
}

TEST(HttpListing, WarnsOfALongFilteredListThatTimeCannotDivide) {
  FakeArchive fake;
  add_years(fake, 1996, 2023);
  HttpSettings settings = quick(fake);
  settings.scan_ceiling = 8;
  const ListQuery query{url, "", "", Match::host, {"statuscode:200"}};
  const auto listing = Client(settings).ask(query).value();
  EXPECT_TRUE(listing.complete);
  EXPECT_THAT(listing.warnings, ElementsAre(HasSubstr("may lack its end")));
}

TEST(HttpListing, GoesOnPastTheMostPagesThatOneQueryMayHave) {
  FakeArchive fake;
  add_years(fake, 1996, 2023);
  HttpSettings settings = quick(fake);
  settings.page_rows = 2;
  settings.max_pages = 3;
  const auto listing = Client(settings).list(url, "1998", "2020").value();
  EXPECT_TRUE(listing.complete);
  EXPECT_EQ(listing.captures.size(), 23u);
}

TEST(HttpListing, RefusesAFilterThatIsNone) {
  FakeArchive fake;
  EXPECT_EQ(Client(quick(fake)).ask({url, "", "", Match::exact, {"colour:red"}}).error().code, Errc::bad_argument);
  EXPECT_TRUE(fake.requests().empty());
}

TEST(HttpListing, IsCompleteWithOneRowAndWithJustOnePage) {
  for (const int years : {1, 2}) {
    FakeArchive fake;
    add_years(fake, 2001, 2000 + years);
    HttpSettings settings = quick(fake);
    settings.page_rows = 2;  // two rows: a key follows, and an empty page
    const auto listing = Client(settings).list(url).value();
    EXPECT_TRUE(listing.complete);
    EXPECT_EQ(listing.captures.size(), static_cast<std::size_t>(years));
  }
}

TEST(HttpListing, KeepsToTheRange) {
  FakeArchive fake;
  add_years(fake, 2001, 2006);
  EXPECT_THAT(timestamps(Client(quick(fake)).list(url, "2002", "2003").value()),
              ElementsAre("20020203040506", "20030203040506"));
}

TEST(HttpListing, AsksForFewerRowsAfterACutAnswer) {
  FakeArchive fake;
  add_years(fake, 2001, 2006);
  fake.script("/cdx/", {Fail::cut_rows(), Fail::html(), Fail::reset_mid_body()});
  HttpSettings settings = quick(fake);
  settings.page_rows = 800;
  const auto listing = Client(settings).list(url).value();
  EXPECT_TRUE(listing.complete);
  EXPECT_EQ(listing.captures.size(), 6u);
  const auto requests = fake.requests();
  ASSERT_EQ(requests.size(), 4u);
  EXPECT_THAT(requests[0].target, HasSubstr("limit=800&"));
  EXPECT_THAT(requests[3].target, HasSubstr("limit=100&"));
}

TEST(HttpListing, KeepsItsRowsWhenALaterPageFails) {
  FakeArchive fake;
  add_years(fake, 2001, 2006);
  HttpSettings settings = quick(fake);
  settings.page_rows = 2;
  settings.attempts = 3;
  fake.script("/cdx/", {Fail::none(), Fail::none(), Fail::html(), Fail::html(), Fail::html()});
  const auto listing = Client(settings).list(url).value();
  EXPECT_FALSE(listing.complete);
  EXPECT_EQ(listing.problem->code, Errc::bad_cdx);
  EXPECT_EQ(listing.captures.size(), 2u);
}

TEST(HttpListing, DoesNotTakeAnOutageForAnEmptyIndex) {
  FakeArchive fake;
  fake.script("/cdx/", std::vector<Fail>(5, Fail::unavailable()));
  const auto listing = Client(quick(fake)).list(url).value();
  EXPECT_FALSE(listing.complete);
  EXPECT_EQ(listing.problem->code, Errc::http_status);
  EXPECT_EQ(fake.requests().size(), 5u);
}

TEST(HttpListing, WaitsAsLongAsA429Asks) {
  FakeArchive fake;
  add_years(fake, 2001, 2001);
  fake.script("/cdx/", {Fail::too_many(1s)});
  Client client(quick(fake));
  EXPECT_TRUE(client.list(url)->complete);
  const auto requests = fake.requests();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_GE(requests[1].at - requests[0].at, 1s);
  EXPECT_THAT(client.talk(), ElementsAre(HasSubstr("index pauses for 1 s")));
}

TEST(HttpListing, StopsWhenThe429sGoOn) {
  FakeArchive fake;
  fake.script("/cdx/", std::vector<Fail>(10, Fail::too_many()));
  Client client(quick(fake));
  EXPECT_EQ(client.list(url).error().code, Errc::rate_limited);
  EXPECT_TRUE(client.archive().not_before());
  EXPECT_EQ(fake.requests().size(), 3u);
}

TEST(HttpListing, DoesNotWaitLongerThanItsPatience) {
  FakeArchive fake;
  fake.script("/cdx/", {Fail::too_many(3600s)});
  Client client(quick(fake));
  const auto before = std::chrono::system_clock::now();
  EXPECT_EQ(client.list(url).error().code, Errc::rate_limited);
  EXPECT_GE(*client.archive().not_before(), before + 3598s);
  EXPECT_EQ(client.list(url).error().code, Errc::rate_limited);
  EXPECT_EQ(fake.requests().size(), 1u) << "nothing is sent while it must stay away";
}

TEST(HttpListing, SaysThatAnAddressIsExcluded) {
  for (const auto how : {test::Exclusion::java_403, test::Exclusion::header_403}) {
    FakeArchive fake;
    fake.exclude(url, how);
    EXPECT_EQ(Client(quick(fake)).list(url).error().code, Errc::excluded);
    EXPECT_EQ(fake.requests().size(), 1u);
  }
}

TEST(HttpListing, IdentifiesItself) {
  FakeArchive fake;
  ASSERT_TRUE(Client(quick(fake)).list(url)->complete);
  EXPECT_EQ(fake.requests().at(0).header("user-agent"), "waydiff-test/1 (+mailto:test@example.org)");
  EXPECT_EQ(fake.requests().at(0).header("accept-encoding"), "gzip");
}

}  // namespace
}  // namespace waydiff::crawler
