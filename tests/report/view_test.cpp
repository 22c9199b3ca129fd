#include "report/view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "report/html_report.hpp"
#include "report/markdown_report.hpp"
#include "report/report.hpp"
#include "sample.hpp"

namespace waydiff::report {
namespace {

using testing::HasSubstr;

TEST(PageView, SaysInOneSentenceWhatHappened) {
  EXPECT_EQ(page_view(sample::dossier(), "p").summary,
            "Followed from 2010-03-01 to 2014-03-01: 7 captures, 2 texts, 2 transitions of which 2 with substantive "
            "changes, 1 back to an earlier text.");
}

TEST(PageView, GivesEveryTransitionBothDatesAndTheGap) {
  const PageView page = page_view(sample::dossier(), "p");
  EXPECT_EQ(page.transitions[0].title, "Changed between 2012-03-01 and 2012-11-01");
  EXPECT_EQ(page.transitions[0].gap, "245 days");
  EXPECT_EQ(page.transitions[0].before.address,
            "https://archive.example/web/20120301120000id_/http://paper.example/privacy");
  EXPECT_EQ(page.transitions[1].title, "Returned to text 1 between 2012-11-01 and 2014-03-01");
}

TEST(PageView, SaysOfEveryTransitionWhatWidenedItAndWhatTheDocumentSays) {
  const PageView page = page_view(sample::dossier(), "p");
  EXPECT_EQ(page.transitions[0].missed, "1 capture between shows no text: 1 soft_404");
  EXPECT_EQ(page.transitions[0].dates, "dated: updated 2012-10-01 (before: 2010-02-01)");
  EXPECT_EQ(page.transitions[0].stood, "Text 1 stood for at least 731 days");
  EXPECT_EQ(page.transitions[1].missed, "");
  EXPECT_EQ(page.transitions[1].announced, "earlier date restored");
  EXPECT_TRUE(page.alternations.empty()) << "a single return is told by itself";
}

TEST(PageView, TellsReturnsInARowAsOne) {
  Dossier dossier = sample::dossier();
  auto& rows = dossier.captures;
  rows[5] = sample::capture(6, "20150301120000", storage::Outcome::fetched);
  rows[6] = sample::capture(7, "20160301120000", storage::Outcome::fetched);
  dossier.history.placements.push_back({6, 2, 2});
  dossier.history.placements.push_back({7, 1, 1});
  const auto returned = storage::TransitionKind::returned;
  dossier.history.transitions.push_back(
      sample::transition(3, returned, 1, 2, rows[4], rows[5], 0, sample::change_set({sample::added()})));
  dossier.history.transitions.push_back(
      sample::transition(4, returned, 2, 1, rows[5], rows[6], 0, sample::change_set({sample::removed()})));
  const PageView page = page_view(dossier, "p");
  ASSERT_EQ(page.alternations.size(), 1u);
  EXPECT_EQ(page.alternations[0].title, "Texts 1 and 2 alternate 3 times between 2012-11-01 and 2016-03-01");
  EXPECT_THAT(page.alternations[0].lines,
              testing::ElementsAre("Text 1: 2 times, 2 captures, an unknown time in all",
                                   "Text 2: 2 times, 2 captures, at most 1461 days in all"));
  EXPECT_EQ(page.transitions[3].same_as, 2u);
  for (const std::string& shown : {target_html(page), target_markdown(page)}) {
    EXPECT_THAT(shown, HasSubstr("Texts 1 and 2 alternate 3 times between 2012-11-01 and 2016-03-01"));
  }
  const std::string index = index_html({page});
  EXPECT_THAT(index, HasSubstr("#t1\""));
  EXPECT_THAT(index, testing::Not(HasSubstr("#t2\""))) << "to and fro is no news";
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
