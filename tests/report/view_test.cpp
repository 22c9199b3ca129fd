#include "report/view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "report/report.hpp"
#include "sample.hpp"

namespace waydiff::report {
namespace {

using testing::HasSubstr;

TEST(PageView, SaysInOneSentenceWhatHappened) {
  EXPECT_EQ(page_view(sample::dossier(), "p").summary,
            "Followed from 2010-03-01 to 2014-03-01: 7 captures, 2 texts, 2 transitions of which 2 with substantive "
            "changes.");
}

TEST(PageView, GivesEveryTransitionBothDatesAndTheGap) {
  const PageView page = page_view(sample::dossier(), "p");
  EXPECT_EQ(page.transitions[0].title, "Changed between 2012-03-01 and 2012-11-01");
  EXPECT_EQ(page.transitions[0].gap, "245 days");
  EXPECT_EQ(page.transitions[0].before.address,
            "https://archive.example/web/20120301120000id_/http://paper.example/privacy");
  EXPECT_EQ(page.transitions[1].title, "Returned to text 1 between 2012-11-01 and 2014-03-01");
}

TEST(PageView, ListsQuarantinedAndUnreadCapturesWithTheirReasons) {
  const PageView page = page_view(sample::dossier(), "p");
  ASSERT_EQ(page.quarantined.size(), 1u);
  EXPECT_EQ(page.quarantined[0].reason, "soft_404");
  EXPECT_EQ(page.quarantined[0].detail, "title says “Page not found”");
  ASSERT_EQ(page.unread.size(), 1u);
  EXPECT_EQ(page.unread[0].outcome, "failed");
  EXPECT_EQ(page.unread[0].cause, "timed_out: no answer in 60 s");
}

TEST(PageView, ExplainsArchivedErrorsAndRedirectsByTheirStatus) {
  Dossier dossier = sample::dossier();
  dossier.extractions[2].verdict = {};
  dossier.captures[2].http_status = 302;
  dossier.captures[2].location = "http://paper.example/";
  EXPECT_EQ(page_view(dossier, "p").quarantined[0].detail, "archived answer 302 to http://paper.example/");
  dossier.captures[2].http_status = 503;
  EXPECT_EQ(page_view(dossier, "p").quarantined[0].reason, "http_error");
}

TEST(PageView, LedgerAddsUpToWhatWasListed) {
  const PageView page = page_view(sample::dossier(), "p");
  const std::size_t sum = std::accumulate(page.ledger.begin(), page.ledger.end(), std::size_t{0},
                                          [](std::size_t total, const LedgerLine& line) { return total + line.count; });
  EXPECT_EQ(page.ledger.size(), 8u) << "every outcome has its line, also at zero";
  EXPECT_EQ(sum, 7u);
  EXPECT_EQ(page.listed, 7u);
  EXPECT_TRUE(page.warnings.empty());
}

TEST(PageView, WarnsWhenTheLedgerDoesNotAddUp) {
  Dossier dossier = sample::dossier();
  dossier.receipt.listed = 9;
  const PageView page = page_view(dossier, "p");
  ASSERT_EQ(page.warnings.size(), 1u);
  EXPECT_THAT(page.warnings[0], HasSubstr("9 captures listed, 7 accounted for"));
}

TEST(PageView, WarnsOfAnIndexAnswerThatWasCutOffUnlessALaterOneWasWhole) {
  Dossier dossier = sample::dossier();
  storage::ListingRow listing;
  listing.archive = 1;
  listing.query = "http://paper.example/privacy 2000 2020";
  listing.problem = "cut off after 3 pages";
  dossier.listings = {listing};
  EXPECT_THAT(page_view(dossier, "p").warnings, testing::ElementsAre(HasSubstr("cut off after 3 pages")));
  listing.complete = true;
  dossier.listings.push_back(listing);
  EXPECT_TRUE(page_view(dossier, "p").warnings.empty());
}

TEST(PageView, NamesTheOriginOfEveryText) {
  const PageView page = page_view(sample::dossier(), "p");
  ASSERT_EQ(page.texts.size(), 2u);
  EXPECT_EQ(page.texts[0].captures, 3u);
  EXPECT_EQ(page.texts[0].first.time.date(), "2010-03-01");
  EXPECT_EQ(page.texts[0].last.date(), "2014-03-01");
  EXPECT_EQ(page.texts[0].body_sha256, core::sha256_hex("20100301120000"));
  EXPECT_EQ(page.texts[0].generation, extract::generation);
}

TEST(PageView, OfATargetWithoutTextsStillAddsUp) {
  Dossier dossier;
  dossier.target = sample::dossier().target;
  EXPECT_EQ(page_view(dossier, "p").summary, "0 captures listed; no text could be read yet.");
}

TEST(PageView, SurvivesAHistoryThatNamesCapturesOutsideTheStore) {
  Dossier dossier = sample::dossier();
  dossier.captures.clear();
  dossier.archives.clear();
  EXPECT_EQ(page_view(dossier, "p").transitions[0].before.address, "capture not in the store");
}

TEST(GapText, IsInDaysOrHours) {
  EXPECT_EQ(gap_text(sample::at("20180501000000"), sample::at("20180525000000")), "24 days");
  EXPECT_EQ(gap_text(sample::at("20180501000000"), sample::at("20180502050000")), "29 hours");
  EXPECT_EQ(gap_text(sample::at("20180501000000"), sample::at("20180501000100")), "less than an hour");
}

/// A capture whose record stands in a file.
storage::CaptureRow in_file(std::string file, std::int64_t offset) {
  storage::CaptureRow row = sample::capture(1, "20100301120000", storage::Outcome::fetched);
  row.capture.original = "http://paper.example/privacy";
  row.capture.file = std::move(file);
  row.capture.offset = offset;
  row.capture.length = 100;
  return row;
}

storage::ArchiveRow archive(std::string profile, std::string playback) {
  storage::ArchiveRow row;
  row.profile = std::move(profile);
  row.playback = std::move(playback);
  return row;
}

TEST(SnapshotAddress, NamesFileAndOffsetOfAWarcRecordWithoutItsFolders) {
  const storage::ArchiveRow warc = archive("warc", "");
  EXPECT_EQ(snapshot_address(warc, in_file("captures/a.warc.gz", 512)), "a.warc.gz, offset 512");
  EXPECT_EQ(snapshot_address(warc, in_file("/home/me/captures/a.warc.gz", 512)), "a.warc.gz, offset 512");
  EXPECT_EQ(snapshot_address(warc, in_file("", -1)), "http://paper.example/privacy at 20100301120000");
}

TEST(SnapshotAddress, NamesThePartOfAFileWhereAnArchiveGivesOutParts) {
  EXPECT_EQ(snapshot_address(archive("commoncrawl", "https://data.example/"), in_file("crawl/a.warc.gz", 512)),
            "https://data.example/crawl/a.warc.gz, bytes 512-611");
}

TEST(SnapshotAddress, PlaysBackWhereTheIndexNamesFilesThatNobodyElseCanReach) {
  EXPECT_EQ(snapshot_address(archive("pywb", "https://pywb.example/all"), in_file("a.warc.gz", 512)),
            "https://pywb.example/all/20100301120000id_/http://paper.example/privacy");
}

TEST(PageName, NeverLeavesTheFolder) {
  const auto named = [](std::string site, std::string kind) {
    storage::Target target;
    target.id = 7;
    target.site = std::move(site);
    target.kind = std::move(kind);
    return page_name(target);
  };
  EXPECT_EQ(named("Example.com", "privacy policy"), "example.com-privacy-policy");
  EXPECT_EQ(named("../../etc/passwd", "x"), "etc-passwd-x");
  EXPECT_EQ(named("", ""), "target-7");
  EXPECT_EQ(named("index", ""), "target-7");
  EXPECT_LE(named(std::string(5000, 'a'), "x").size(), 120u);
}

}  // namespace
}  // namespace waydiff::report
