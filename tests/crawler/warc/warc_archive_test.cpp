#include "crawler/warc_archive.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/digest.hpp"
#include "recorded.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;
using recorded::Folder;
using recorded::gzip;
using recorded::listed;
using recorded::page;
using recorded::record;
using recorded::response;
using recorded::run;
using recorded::shown;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* terms = "https://fotonest.example/terms";

std::unique_ptr<Archive> archive_of(std::vector<std::filesystem::path> files) {
  return open_warc_archive({.name = "local", .files = std::move(files)});
}

/// The only capture of `url`, played.
core::Result<Playback> played(Archive& archive, const std::string& url, std::size_t index = 0) {
  const Listing listing = listed(archive, url);
  if (listing.captures.size() <= index) return core::fail(Errc::not_found, "not listed");
  return run(archive.play(listing.captures[index]));
}

std::string revisit(std::string_view url, std::string_view date, std::string_view payload, std::string_view fields = {},
                    std::string_view head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n") {
  return record("revisit", url, date, head,
                "Content-Type: application/http; msgtype=response\r\nWARC-Profile: "
                "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\nWARC-Payload-Digest: sha1:" +
                    core::sha1_base32(payload) + "\r\n" + std::string(fields));
}

TEST(WarcArchive, ListsTheCapturesOfOneAddressByTime) {
  const Folder folder;
  const auto archive = archive_of(
      {folder.write("a.warc", record("warcinfo", "", "2020-01-01T00:00:00Z", "software: none\r\n") +
                                  page("http://www.fotonest.example:80/terms", "2021-03-04T05:06:07.890Z", "later") +
                                  page("https://fotonest.example/other", "2020-01-01T00:00:00Z", "other") +
                                  page("<https://fotonest.example/terms>", "2020-01-02T03:04:05Z", "earlier") +
                                  record("metadata", terms, "2020-01-02T03:04:05Z", "x: y\r\n") +
                                  record("response", "dns:fotonest.example", "2020-01-01T00:00:00Z", "1.2.3.4",
                                         "Content-Type: text/dns\r\n"))});
  const Listing listing = listed(*archive, "fotonest.example/terms/");
  EXPECT_TRUE(listing.complete);
  EXPECT_THAT(listing.warnings, IsEmpty());
  EXPECT_EQ(listing.rows, 2u);
  EXPECT_THAT(shown(listing), ElementsAre("20200102030405 https://fotonest.example/terms",
                                          "20210304050607 http://www.fotonest.example:80/terms"));
  EXPECT_EQ(listing.captures[0].mime, "text/html");
  EXPECT_EQ(listing.captures[0].status, 200);
  EXPECT_EQ(listing.captures[0].digest, core::sha1_base32("earlier"));
}

TEST(WarcArchive, ListsHostsAndPrefixesAndKeepsToFilters) {
  const Folder folder;
  const auto archive = archive_of(
      {folder.write("a.warc", page("https://fotonest.example/terms", "2021-01-01T00:00:00Z", "a") +
                                  page("https://www.fotonest.example/terms/old", "2020-01-01T00:00:00Z", "b") +
                                  page("https://shop.fotonest.example/", "2019-01-01T00:00:00Z", "c"))});
  const auto count = [&](Match match, std::vector<std::string> filters) {
    ListQuery query{"fotonest.example/terms", "", "", match, std::move(filters)};
    return run(archive->list(std::move(query)))->captures.size();
  };
  EXPECT_EQ(count(Match::exact, {}), 1u);
  EXPECT_EQ(count(Match::prefix, {}), 2u);
  EXPECT_EQ(count(Match::host, {}), 2u);
  EXPECT_EQ(count(Match::domain, {}), 3u);
  EXPECT_EQ(count(Match::domain, {"!original:.*terms.*", "statuscode:200"}), 1u);
}

TEST(WarcArchive, CountsRowsOutsideTheRangeOfTime) {
  const Folder folder;
  const auto archive = archive_of(
      {folder.write("a.warc", page(terms, "2003-12-31T23:59:59Z", "a") + page(terms, "2004-12-31T23:59:59Z", "b") +
                                  page(terms, "2005-01-01T00:00:00Z", "c"))});
  const Listing listing = listed(*archive, terms, "2004", "2004");
  EXPECT_THAT(shown(listing), ElementsAre("20041231235959 https://fotonest.example/terms"));
  EXPECT_THAT(listing.dropped, ElementsAre(testing::Pair("out_of_range", 2u)));
  EXPECT_EQ(listing.rows, 3u);
}

TEST(WarcArchive, CountsARecordThatIsInTwoFilesOnce) {
  const Folder folder;
  const std::string once = gzip(page(terms, "2020-01-01T00:00:00Z", "text"));
  const auto archive = archive_of({folder.write("a.warc.gz", once), folder.write("b.warc.gz", once)});
  const Listing listing = listed(*archive, terms);
  EXPECT_EQ(listing.captures.size(), 1u);
  EXPECT_EQ(listing.rows, 2u);
  EXPECT_THAT(listing.dropped, ElementsAre(testing::Pair("repeated", 1u)));
}

TEST(WarcArchive, KeepsTwoCapturesOfOneSecondWithDifferentDigests) {
  const Folder folder;
  const auto archive = archive_of({folder.write(
      "a.warc", page(terms, "2020-01-01T00:00:00Z", "one") + page(terms, "2020-01-01T00:00:00Z", "two"))});
  const Listing listing = listed(*archive, terms);
  ASSERT_EQ(listing.captures.size(), 2u);
  for (const core::Capture& capture : listing.captures) {
    const auto playback = run(archive->play(capture));
    ASSERT_TRUE(playback);
    EXPECT_EQ(core::sha1_base32(playback->body), capture.digest);
  }
}

TEST(WarcArchive, GivesARecordWithoutDigestOurOwn) {
  const Folder folder;
  const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const auto archive = archive_of(
      {folder.write("a.warc", record("response", terms, "2020-01-01T00:00:00Z", head + "4\r\ntext\r\n0\r\n\r\n",
                                     "Content-Type: application/http\r\nWARC-Payload-Digest: md5:0123\r\n"))});
  EXPECT_EQ(listed(*archive, terms).captures.at(0).digest, core::sha1_base32("text"));
}

TEST(WarcArchive, UndoesChunksAndContentCoding) {
  const Folder folder;
  const std::string packed = gzip("<p>packed</p>");
  char size[16];
  std::snprintf(size, sizeof size, "%zx\r\n", packed.size());
  const std::string http = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n" +
                           std::string(size) + packed + "\r\n0\r\n\r\n";
  const auto archive =
      archive_of({folder.write("a.warc.gz", gzip(response(terms, "2020-01-01T00:00:00Z", http, packed)))});
  const auto playback = played(*archive, terms);
  ASSERT_TRUE(playback) << playback.error().detail;
  EXPECT_EQ(playback->body, "<p>packed</p>");
  EXPECT_EQ(playback->digest_check, DigestCheck::verified);
}

TEST(WarcArchive, GivesARedirectsTargetAsAnAbsoluteAddress) {
  const Folder folder;
  const auto archive = archive_of({folder.write(
      "a.warc", response(terms, "2020-01-01T00:00:00Z", "HTTP/1.1 301 Moved\r\nLocation: legal\r\n\r\n", ""))});
  const auto playback = played(*archive, terms);
  ASSERT_TRUE(playback);
  EXPECT_EQ(playback->status, 301);
  EXPECT_EQ(playback->location, "https://fotonest.example/legal");
}

TEST(WarcArchive, PlaysAResourceAsAPlainAnswer) {
  const Folder folder;
  const auto archive = archive_of({folder.write("a.warc", record("resource", terms, "2020-01-01T00:00:00Z", "text",
                                                                 "Content-Type: text/plain; charset=utf-8\r\n"))});
  const auto playback = played(*archive, terms);
  ASSERT_TRUE(playback);
  EXPECT_EQ(playback->status, 200);
  EXPECT_EQ(playback->content_type, "text/plain; charset=utf-8");
  EXPECT_EQ(playback->body, "text");
}

TEST(WarcArchive, PlaysARevisitThroughTheAddressAndDateItRefersTo) {
  const Folder folder;
  const auto archive =
      archive_of({folder.write("a.warc", page("https://fotonest.example/legal", "2019-01-01T00:00:00Z", "text") +
                                             revisit(terms, "2020-01-01T00:00:00Z", "text",
                                                     "WARC-Refers-To-Target-URI: https://fotonest.example/legal\r\n"
                                                     "WARC-Refers-To-Date: 2019-01-01T00:00:00Z\r\n"))});
  const auto playback = played(*archive, terms);
  ASSERT_TRUE(playback) << playback.error().detail;
  EXPECT_EQ(playback->body, "text");
  EXPECT_TRUE(playback->from_revisit);
  EXPECT_EQ(playback->served.digits(), "20200101000000");
  EXPECT_EQ(playback->digest_check, DigestCheck::verified);
}

TEST(WarcArchive, PlaysARevisitByDigestWhenWhatItRefersToIsNotThere) {
  const Folder folder;
  const auto archive =
      archive_of({folder.write("a.warc", page("https://other.example/", "2019-01-01T00:00:00Z", "text") +
                                             revisit(terms, "2020-01-01T00:00:00Z", "text", {}, ""))});
  const auto playback = played(*archive, terms);
  ASSERT_TRUE(playback) << playback.error().detail;
  EXPECT_EQ(playback->body, "text");
  EXPECT_EQ(playback->content_type, "text/html; charset=utf-8");
}

TEST(WarcArchive, DoesNotPlayARevisitWhosePayloadIsNowhere) {
  const Folder folder;
  const auto archive = archive_of({folder.write(
      "a.warc", page(terms, "2019-01-01T00:00:00Z", "another text") + revisit(terms, "2020-01-01T00:00:00Z", "text"))});
  const auto playback = played(*archive, terms, 1);
  ASSERT_FALSE(playback);
  EXPECT_EQ(playback.error().code, Errc::unplayable);
}

TEST(WarcArchive, GivesUpOnRevisitsThatReferToEachOther) {
  const Folder folder;
  const auto archive = archive_of({folder.write(
      "a.warc", revisit(terms, "2019-01-01T00:00:00Z", "text", "WARC-Refers-To-Date: 2020-01-01T00:00:00Z\r\n") +
                    revisit(terms, "2020-01-01T00:00:00Z", "text", "WARC-Refers-To-Date: 2019-01-01T00:00:00Z\r\n"))});
  const auto playback = played(*archive, terms);
  ASSERT_FALSE(playback);
  EXPECT_EQ(playback.error().code, Errc::unplayable);
}

TEST(WarcArchive, LeavesOutAnswersToPostRequests) {
  const Folder folder;
  const auto archive = archive_of(
      {folder.write("a.warc", record("response", terms, "2020-01-01T00:00:00Z", "HTTP/1.1 200 OK\r\n\r\nyes",
                                     "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\n") +
                                  record("request", terms, "2020-01-01T00:00:00Z", "POST /terms HTTP/1.1\r\n\r\n",
                                         "WARC-Record-ID: <urn:uuid:2>\r\nWARC-Concurrent-To: <urn:uuid:1>\r\n") +
                                  record("response", terms, "2021-01-01T00:00:00Z", "HTTP/1.1 200 OK\r\n\r\ntext",
                                         "WARC-Record-ID: <urn:uuid:3>\r\nContent-Type: application/http\r\n") +
                                  record("request", terms, "2021-01-01T00:00:00Z", "GET /terms HTTP/1.1\r\n\r\n",
                                         "WARC-Concurrent-To: <urn:uuid:3>\r\n"))});
  const Listing listing = listed(*archive, terms);
  EXPECT_THAT(shown(listing), ElementsAre("20210101000000 https://fotonest.example/terms"));
  EXPECT_THAT(listing.dropped, ElementsAre(testing::Pair("not_get", 1u)));
}

TEST(WarcArchive, ReadsAFileThatIsOneGzipMemberAndWarns) {
  const Folder folder;
  const auto archive = archive_of({folder.write(
      "a.warc.gz", gzip(page(terms, "2020-01-01T00:00:00Z", "one") + page(terms, "2021-01-01T00:00:00Z", "two")))});
  EXPECT_THAT(listed(*archive, terms).warnings, ElementsAre(HasSubstr("several records in one gzip member")));
  EXPECT_EQ(played(*archive, terms, 0)->body, "one");
  EXPECT_EQ(played(*archive, terms, 1)->body, "two");
}

TEST(WarcArchive, ListsIndexLinesWithoutARecordAsUnplayable) {
  const Folder folder;
  const std::string good = gzip(page(terms, "2020-01-01T00:00:00Z", "text"));
  const std::string digest = core::sha1_base32("text");
  const std::string index =
      "example,fotonest)/terms 20200101000000 {\"url\": \"https://fotonest.example/terms\", \"digest\": \"" + digest +
      "\", \"offset\": \"0\", \"filename\": \"a.warc.gz\"}\n"
      "example,fotonest)/terms 20000008241731 {\"url\": \"https://fotonest.example/terms\", \"length\": \"-\"}\n"
      "example,fotonest)/terms 20200300 {\"url\": \"https://fotonest.example/terms\"}\n"
      "mailto:a@fotonest.example 20200101000000 {\"url\": \"mailto:a@fotonest.example\"}\n"
      "no index line\n";
  const auto archive = archive_of({folder.write("a.cdxj", index), folder.write("a.warc.gz", good)});
  const Listing listing = listed(*archive, terms);
  EXPECT_THAT(shown(listing), ElementsAre("20000008241731 https://fotonest.example/terms",
                                          "20200101000000 https://fotonest.example/terms"));
  EXPECT_EQ(listing.captures[0].timestamp.digits(), "20000824173100");
  EXPECT_THAT(listing.dropped, ElementsAre(testing::Pair("malformed", 1u)));
  EXPECT_THAT(listing.warnings, ElementsAre(HasSubstr("line 5: no index line")));
  EXPECT_EQ(played(*archive, terms, 0).error().code, Errc::unplayable);
  EXPECT_EQ(played(*archive, terms, 1)->body, "text");
  EXPECT_THAT(listed(*archive, "mailto:a@fotonest.example").dropped, ElementsAre(testing::Pair("not_http", 1u)));
}

TEST(WarcArchive, PlaysFromTheFileThatAnIndexNames) {
  const Folder folder;
  const std::string first = gzip(page("https://other.example/", "2020-01-01T00:00:00Z", "other"));
  folder.write("a.warc.gz", first + gzip(page(terms, "2020-01-01T00:00:00Z", "text")));
  const auto archive = archive_of(
      {folder.write("a.cdx",
                    " CDX N b a m s k r M S V g\nexample,fotonest)/terms 20200101000000 https://fotonest.example/terms "
                    "text/html 200 - - - 99 " +
                        std::to_string(first.size()) + " a.warc.gz\n")});
  const auto playback = played(*archive, terms);
  ASSERT_TRUE(playback) << playback.error().detail;
  EXPECT_EQ(playback->body, "text");
}

TEST(WarcArchive, NamesAMissingFileAndListsWhatTheOthersHave) {
  const Folder folder;
  const auto archive =
      archive_of({"/nowhere/b.warc.gz", folder.write("a.warc", page(terms, "2020-01-01T00:00:00Z", "text"))});
  const Listing listing = listed(*archive, terms);
  EXPECT_FALSE(listing.complete);
  ASSERT_TRUE(listing.problem);
  EXPECT_EQ(listing.problem->code, Errc::io);
  EXPECT_THAT(listing.problem->detail, HasSubstr("/nowhere/b.warc.gz"));
  EXPECT_EQ(listing.captures.size(), 1u);
}

TEST(WarcArchive, RefusesABodyOverTheLimit) {
  const Folder folder;
  const auto file = folder.write("a.warc.gz", gzip(page(terms, "2020-01-01T00:00:00Z", std::string(3u << 20, 'x'))));
  const auto archive = open_warc_archive({.name = "local", .files = {file}, .max_body = 1u << 20});
  const auto playback = played(*archive, terms);
  ASSERT_FALSE(playback);
  EXPECT_EQ(playback.error().code, Errc::too_large);
}

TEST(WarcArchive, EndsWithInterruptedAfterStop) {
  const Folder folder;
  const auto archive = archive_of({folder.write("a.warc", page(terms, "2020-01-01T00:00:00Z", "text"))});
  archive->stop();
  const auto listing = run(archive->list({terms, "", ""}));
  ASSERT_FALSE(listing);
  EXPECT_EQ(listing.error().code, Errc::interrupted);
}

}  // namespace
}  // namespace waydiff::crawler
