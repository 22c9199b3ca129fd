#include "pipeline/enumeration.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "captures.hpp"

namespace waydiff::pipeline {
namespace {

using storage::ListingRow;

constexpr const char* url = "https://example.com/privacy";

ListingRow listing(std::string_view listed_at, std::string range = "2000-", std::string since = "") {
  ListingRow row;
  row.archive = 1;
  row.url = url;
  row.query = std::string(url) + " " + std::move(range);
  row.since = std::move(since);
  row.listed_at = at(listed_at).time();
  row.complete = true;
  return row;
}

Wanted wanted(std::string from = "2000", std::string to = "") {
  Wanted out;
  out.url = url;
  out.from = std::move(from);
  out.to = std::move(to);
  return out;
}

/// "FROM-TO since SINCE"
std::vector<std::string> asked(const std::vector<ListingRow>& listings, const Wanted& what, std::string_view now,
                               std::string_view newest = "20200101") {
  std::vector<std::string> out;
  for (const Ask& ask : missing_listings(listings, what, at(newest), at(now).time())) {
    out.push_back(ask.from + "-" + ask.to + (ask.since.empty() ? "" : " since " + ask.since));
  }
  return out;
}

using Asks = std::vector<std::string>;

TEST(MissingListings, AreAllOfItAtFirst) {
  EXPECT_EQ(asked({}, wanted(), "20210101"), Asks{"2000-"});
}

TEST(MissingListings, AreNoneWhileTheLastIsYoung) {
  EXPECT_EQ(asked({listing("20210101")}, wanted(), "20210101190000"), Asks{});
}

TEST(MissingListings, GoOnBeforeTheNewestCapture) {
  EXPECT_EQ(asked({listing("20210101")}, wanted(), "20210102"), Asks{"2000- since 20191218000000"});
}

TEST(MissingListings, GoOnBeforeTheLastListingWhenThatIsEarlier) {
  EXPECT_EQ(asked({listing("20191201")}, wanted(), "20200102"), Asks{"2000- since 20191117000000"});
}

TEST(MissingListings, TakeTheListingsAfterTheFirstTogetherWithIt) {
  EXPECT_EQ(asked({listing("20210101"), listing("20210103", "2000-", "20191218000000")}, wanted(), "20210103120000"),
            Asks{});
}

TEST(MissingListings, AreAllOfItAgainWhenTheWholeOneIsOld) {
  EXPECT_EQ(asked({listing("20200601"), listing("20201130", "2000-", "20191218000000")}, wanted(), "20201201"),
            Asks{"2000-"});
}

TEST(MissingListings, AreAllOfItOnRequest) {
  Wanted what = wanted();
  what.always = true;
  EXPECT_EQ(asked({listing("20210101")}, what, "20210101010000"), Asks{"2000-"});
}

TEST(MissingListings, DoNotCountIncompleteOnes) {
  ListingRow cut = listing("20210101");
  cut.complete = false;
  EXPECT_EQ(asked({cut}, wanted(), "20210101010000"), Asks{"2000-"});
}

TEST(MissingListings, CoverAnEarlierBeginning) {
  EXPECT_EQ(asked({listing("20210101", "2010-")}, wanted("2005"), "20210101010000"), Asks{"2005-20100101000000"});
}

TEST(MissingListings, CoverALaterEnd) {
  EXPECT_EQ(asked({listing("20210101", "2000-2010")}, wanted(), "20210101010000", "20100601"),
            Asks{"2000- since 20100518000000"});
}

TEST(MissingListings, LeaveAClosedRangeAloneOnceItWasListedWellAfterItsEnd) {
  EXPECT_EQ(asked({listing("20210101", "2000-2010")}, wanted("2000", "2010"), "20210301"), Asks{});
}

TEST(MissingListings, AreForEachAddressAlone) {
  Wanted other = wanted();
  other.url = "https://example.com/datenschutz";
  EXPECT_EQ(asked({listing("20210101")}, other, "20210101010000"), Asks{"2000-"});
}

TEST(MissingListings, KnowTheAddressOfOldRowsFromTheirQuery) {
  ListingRow old = listing("20210101");
  old.url.clear();
  EXPECT_EQ(asked({old}, wanted(), "20210101010000"), Asks{});
}

TEST(RefusedListings, AreLeftAloneForLongerEachTime) {
  ListingRow refused = listing("20210101");
  refused.problem = std::string(refused_mark) + "excluded";
  EXPECT_EQ(asked({refused}, wanted(), "20210107"), Asks{});
  EXPECT_EQ(asked({refused}, wanted(), "20210108000001"), Asks{"2000-"});
  ListingRow again = refused;
  again.listed_at = at("20210109").time();
  EXPECT_EQ(asked({refused, again}, wanted(), "20210130"), Asks{});
  EXPECT_EQ(refused_until(std::vector{refused, again}, url), at("20210208").time());
}

storage::CaptureRow stored(std::string_view digits) {
  storage::CaptureRow row = pending(digits, "A");
  row.archive = 1;
  row.capture.urlkey = "com,example)/privacy";
  return row;
}

/// The positions of the rows that Vanished changes.
std::vector<std::size_t> marked(std::vector<storage::CaptureRow>& rows, const Ask& ask,
                                const crawler::CaptureList& listed) {
  std::vector<std::string> offers;
  for (const auto& row : rows) offers.push_back(row.offered);
  const Vanished vanished(1, "com,example)/privacy", ask, listed, offers);
  std::vector<std::size_t> out;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (vanished.mark(rows[at])) out.push_back(at);
  }
  return out;
}

TEST(Vanished, KeepsWhatIsNoLongerListedWithANoteAndTakesItBack) {
  std::vector<storage::CaptureRow> rows = {stored("2018"), stored("2019"), stored("2020")};
  const crawler::CaptureList listed = {rows[0].capture, rows[2].capture};
  const Ask all{"2000", "", ""};
  EXPECT_EQ(marked(rows, all, listed), std::vector<std::size_t>{1});
  EXPECT_EQ(rows[1].cause, "no longer listed");
  EXPECT_TRUE(marked(rows, all, listed).empty());
  const crawler::CaptureList again = {rows[0].capture, rows[1].capture, rows[2].capture};
  EXPECT_EQ(marked(rows, all, again), std::vector<std::size_t>{1});
  EXPECT_EQ(rows[1].cause, "");
}

TEST(Vanished, LeavesOtherArchivesAddressesAndTimesAlone) {
  std::vector<storage::CaptureRow> rows = {stored("2018"), stored("2019"), stored("2020")};
  rows[0].archive = 2;
  rows[1].capture.urlkey = "com,example)/terms";
  EXPECT_TRUE(marked(rows, {"2000", "2019", ""}, {}).empty());
}

TEST(Vanished, LeavesWhatCameAsAnOfferAlone) {
  std::vector<storage::CaptureRow> rows = {stored("2018"), stored("2019")};
  rows[0].offered = rows[1].capture.raw_timestamp + " " + rows[1].capture.original;
  const crawler::CaptureList listed = {rows[0].capture};
  EXPECT_TRUE(marked(rows, {"2000", "", ""}, listed).empty());
}

TEST(Addresses, StandOnceEachWhateverTheirSpelling) {
  storage::AliasRow alias;
  alias.url = "http://example.com:80/privacy/";
  EXPECT_EQ(addresses("https://www.example.com/privacy", {"https://example.com/old"}, std::vector{alias}),
            (std::vector<std::string>{"https://www.example.com/privacy", "https://example.com/old"}));
}

}  // namespace
}  // namespace waydiff::pipeline
