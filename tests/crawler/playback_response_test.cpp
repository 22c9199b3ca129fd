#include "crawler/playback_response.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/digest.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;
using ::testing::HasSubstr;
using Headers = decltype(Response::headers);

const std::string playback = "https://web.archive.org/web";
const std::string body = "<p>Privacy</p>";

core::Capture asked() {
  core::Capture capture;
  capture.raw_timestamp = "20171124151315";
  capture.timestamp = core::Timestamp::parse(capture.raw_timestamp).value();
  capture.original = "https://www.example.com/privacy";
  capture.digest = core::sha1_base32(body);
  return capture;
}

core::Result<Playback> read(int status, Headers headers, std::string text) {
  return read_playback(asked(), {playback}, Response{status, std::move(headers), std::move(text)});
}

Headers memento(Headers more = {}) {
  more.emplace_back("memento-datetime", "Fri, 24 Nov 2017 15:13:15 GMT");
  return more;
}

TEST(ReadPlayback, ReadsACapture) {
  const auto result = read(200, memento({{"content-type", "text/html; charset=x"}}), body).value();
  EXPECT_EQ(result.status, 200);
  EXPECT_EQ(result.content_type, "text/html; charset=x");
  EXPECT_EQ(result.body, body);
  EXPECT_EQ(result.served.digits(), "20171124151315");
  EXPECT_EQ(result.digest_check, DigestCheck::verified);
  EXPECT_TRUE(result.notes.empty());
}

TEST(ReadPlayback, TakesArchivedErrorsForData) {
  for (const int status : {403, 404, 429, 500, 503}) {
    const auto result = read(status, memento({{"retry-after", "6"}}), "sorry");
    ASSERT_TRUE(result) << status;
    EXPECT_EQ(result->status, status);
  }
}

TEST(ReadPlayback, RecoversTheTargetOfAnArchivedRedirect) {
  for (const char* location :
       {"https://web.archive.org/web/20171124151315id_/https://example.com/new?a=1",
        "/web/20171124151315id_/https://example.com/new?a=1",
        "//web.archive.org/web/20171124151315id_/https://example.com/new?a=1", "https://example.com/new?a=1"}) {
    const auto result = read(301, memento({{"location", location}}), "");
    EXPECT_EQ(result->status, 301);
    EXPECT_EQ(result->location, "https://example.com/new?a=1") << location;
  }
}

TEST(ReadPlayback, UnderstandsAnotherArchivesPlaybackPath) {
  const Response response{301, memento({{"location", "/noFrame/replay/20171124151315id_/https://example.com/new"}}),
                          ""};
  EXPECT_EQ(read_playback(asked(), {"https://arquivo.pt/noFrame/replay"}, response)->location,
            "https://example.com/new");
}

TEST(ReadPlayback, ResolvesARedirectThatTheArchiveLeftAsItWas) {
  EXPECT_EQ(read(301, memento({{"location", "/new?a=1"}}), "")->location, "https://www.example.com/new?a=1");
  EXPECT_EQ(read(302, memento({{"location", "//other.example/web/x"}}), "")->location, "https://other.example/web/x");
}

TEST(ReadPlayback, NamesTheCaptureThatIsOfferedInstead) {
  for (const char* location : {"https://web.archive.org/web/20180101000000id_/http://example.com/privacy",
                               "/web/20180101000000id_/http://example.com/privacy",
                               "//web.archive.org/web/20180101000000id_/http://example.com/privacy"}) {
    const auto result = read(302, {{"location", location}}, "").value();
    ASSERT_TRUE(result.offered) << location;
    EXPECT_EQ(result.offered->raw_timestamp, "20180101000000");
    EXPECT_EQ(result.offered->time.digits(), "20180101000000");
    EXPECT_EQ(result.offered->original, "http://example.com/privacy");
    EXPECT_EQ(result.body, "");
  }
}

TEST(ReadPlayback, RefusesTheOfferOfAnotherPageAndOfItself) {
  for (const char* location : {"/web/20180101000000id_/http://example.com/", "/web/2018id_/http://example.com/privacy",
                               "/web/20171124151315id_/https://www.example.com/privacy"}) {
    const auto result = read(302, {{"location", location}}, "");
    ASSERT_FALSE(result) << location;
    EXPECT_EQ(result.error().code, Errc::unplayable);
    EXPECT_THAT(result.error().detail, HasSubstr("leads to"));
  }
}

TEST(ReadPlayback, TakesTheCaptureOfAnotherTimeForAnOffer) {
  const auto result = read(200, {{"memento-datetime", "Sat, 25 Nov 2017 15:13:15 GMT"}}, body).value();
  ASSERT_TRUE(result.offered);
  EXPECT_EQ(result.offered->raw_timestamp, "20171125151315");
  EXPECT_EQ(result.body, "") << "is not given out as what was asked for";
  const auto elsewhere =
      read(200, {{"memento-datetime", "Sat, 25 Nov 2017 15:13:15 GMT"}, {"link", "<http://b.org/>; rel=\"original\""}},
           body);
  EXPECT_EQ(elsewhere.error().code, Errc::unplayable);
}

TEST(ReadPlayback, BelievesContentLocationWhereTheNearestIsSent) {
  const PlaybackRules rules{"https://h.example/coll", {}, core::ReplayPolicy::nearest};
  const auto sent = [&](const char* location) {
    return read_playback(asked(), rules, {200, memento({{"content-location", location}}), body});
  };
  EXPECT_EQ(sent("https://h.example/coll/20171124151315id_/http://example.com/privacy")->body, body);
  const auto other = sent("https://h.example/coll/20190101000000id_/http://example.com/privacy").value();
  ASSERT_TRUE(other.offered);
  EXPECT_EQ(other.offered->raw_timestamp, "20190101000000");
}

TEST(ReadPlayback, SaysWhenASiblingOfTheSameSecondWasSent) {
  core::Capture capture = asked();
  capture.digest = core::sha1_base32("another body");
  PlaybackRules rules{playback};
  rules.siblings = {core::sha1_base32(body)};
  const auto result = read_playback(capture, rules, {200, memento(), body}).value();
  EXPECT_EQ(result.digest_check, DigestCheck::suspect);
  EXPECT_THAT(result.notes.at(0), HasSubstr("same second"));
}

TEST(ReadPlayback, NotesABodyShorterThanTheSiteDeclared) {
  const auto cut = read(200, memento({{"x-archive-orig-content-length", "900"}}), "other");
  EXPECT_THAT(cut->cut_short, HasSubstr("5 of 900 bytes"));
  EXPECT_TRUE(read(200, memento({{"x-archive-orig-content-length", "900"}}), body)->cut_short.empty()) << "the digest fits";
  EXPECT_TRUE(read(200, memento({{"x-archive-orig-content-length", "-1"}}), "other")->cut_short.empty());
}

TEST(ReadPlayback, TakesAFewMissingBytesForTheWorkOfAProxy) {
  const std::string page(1000, 'x');
  const auto nearly = read(200, memento({{"x-archive-orig-content-length", "1005"}}), page);
  EXPECT_EQ(nearly->cut_short, "");
  EXPECT_THAT(nearly->notes.at(0), HasSubstr("1000 of 1005 bytes"));
  EXPECT_THAT(read(200, memento({{"x-archive-orig-content-length", "1100"}}), page)->cut_short,
              HasSubstr("1000 of 1100 bytes"));
}

TEST(ReadPlayback, AcceptsHeadersInWhateverOrderAndNumber) {
  const auto result =
      read(200, memento({{"set-cookie", "a"}, {"set-cookie", "b"}, {"content-type", "text/html"}}), body);
  EXPECT_EQ(result->content_type, "text/html");
  EXPECT_EQ(read(302, memento({{"location", "/web/20171124151315id_/http://example.com/x"}}), "")->content_type, "");
}

TEST(ReadPlayback, ReadsTheArchivesOwnAnswers) {
  const std::string sorry = "<h2>Sorry.</h2><p>This URL has been excluded from the Wayback Machine.</p>";
  EXPECT_EQ(read(200, {}, sorry).error().code, Errc::excluded);
  EXPECT_EQ(read(403, {}, sorry).error().code, Errc::excluded);
  EXPECT_EQ(
      read(403, {{"x-archive-wayback-runtime-error", "AdministrativeAccessControlException: x"}}, "").error().code,
      Errc::excluded);
  EXPECT_EQ(read(403, {}, "org.archive.wayback.exception.AdministrativeAccessControlException").error().code,
            Errc::excluded);
  EXPECT_EQ(read(403, {}, "<html>forbidden</html>").error().code, Errc::rate_limited);
  EXPECT_EQ(read(429, {}, "").error().code, Errc::rate_limited);
  EXPECT_EQ(read(404, {}, "<h2>Hrm.</h2>").error().code, Errc::unplayable);
  EXPECT_EQ(read(503, {}, "").error().code, Errc::http_status);
  EXPECT_EQ(read(200, {}, "<h1>Scheduled Maintenance</h1>").error().code, Errc::http_status);
  EXPECT_EQ(read(302, {{"location", "https://archive.org/offline"}}, "").error().code, Errc::http_status);
  EXPECT_EQ(read(302, {{"location", "https://www.example.com/privacy"}}, "").error().code, Errc::http_status)
      << "the live site is not the archive";
}

TEST(ReadPlayback, DoesNotBelieveAnEmptyBodyThatTheIndexContradicts) {
  EXPECT_EQ(read(200, memento(), "").error().code, Errc::unplayable);
  core::Capture empty = asked();
  empty.digest = core::empty_sha1;
  EXPECT_TRUE(read_playback(empty, {playback}, Response{200, memento(), ""}));
}

TEST(ReadPlayback, SuspectsAPlainBodyWithAnotherDigest) {
  EXPECT_EQ(read(200, memento({{"x-archive-orig-content-length", "5"}}), "other")->digest_check, DigestCheck::suspect);
  EXPECT_EQ(read(200, memento({{"x-archive-orig-transfer-encoding", "chunked"}}), "other")->digest_check,
            DigestCheck::unverifiable);
}

TEST(ReadPlayback, NotesAnotherOriginal) {
  const auto same = read(200, memento({{"link", "<http://example.com:80/privacy>; rel=\"original\""}}), body);
  EXPECT_TRUE(same->notes.empty()) << "the same urlkey";
  const auto other = read(
      200, memento({{"link", "<https://a.org/t>; rel=\"timemap\", <https://b.org/?x=1&amp;y=2>; rel=\"original\""}}),
      body);
  EXPECT_THAT(other->notes.at(0), HasSubstr("https://b.org/?x=1&y=2"));
}

}  // namespace
}  // namespace waydiff::crawler
