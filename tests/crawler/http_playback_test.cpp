#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "support/fake_archive.hpp"
#include "with_fake.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;
using test::Fail;
using test::FakeArchive;
using test::FakeCapture;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

const std::string url = "https://example.com/terms?lang=en&x=[1]";

FakeCapture terms(std::string timestamp = "20180203040506") {
  return {.timestamp = std::move(timestamp), .original = url, .body = "<h1>Terms</h1><p>You may use it.</p>"};
}

TEST(HttpPlayback, FetchesACaptureInEachWireForm) {
  for (const auto wire : {test::Wire::identity, test::Wire::gzip, test::Wire::gzip_undeclared, test::Wire::gzip_twice,
                          test::Wire::gzip_only_declared}) {
    for (const bool chunked : {false, true}) {
      FakeArchive fake;
      FakeCapture capture = terms();
      capture.wire = wire;
      capture.chunked = chunked;
      fake.add(capture);
      const auto playback = Client(quick(fake)).play(row_of(capture)).value();
      EXPECT_EQ(playback.body, capture.body);
      EXPECT_EQ(playback.digest_check, DigestCheck::verified);
    }
  }
}

TEST(HttpPlayback, TakesArchivedErrorsAndRedirectsForData) {
  FakeArchive fake;
  FakeCapture limited = terms("20180203040506");
  limited.status = 429;
  FakeCapture moved = terms("20190203040506");
  moved.status = 301;
  moved.headers = {{"Location", "https://example.com/new"}};
  fake.add(limited);
  fake.add(moved);
  Client client(quick(fake));
  EXPECT_EQ(client.play(row_of(limited))->status, 429);
  const auto playback = client.play(row_of(moved)).value();
  EXPECT_EQ(playback.status, 301);
  EXPECT_EQ(playback.location, "https://example.com/new");
  EXPECT_EQ(client.archive().requests(), 2u);
}

TEST(HttpPlayback, DoesNotFollowToAnotherCapture) {
  FakeArchive fake;
  FakeCapture gone = terms("20180203040506");
  gone.unplayable = true;
  fake.add(gone);
  fake.add(terms("20190203040506"));
  const auto playback = Client(quick(fake)).play(row_of(gone)).value();
  ASSERT_TRUE(playback.offered);
  EXPECT_EQ(playback.offered->raw_timestamp, "20190203040506");
  EXPECT_EQ(playback.body, "");
  EXPECT_EQ(fake.requests().size(), 1u);
}

TEST(HttpPlayback, SaysWhatIsNotThere) {
  FakeArchive fake;
  EXPECT_EQ(Client(quick(fake)).play(row_of(terms())).error().code, Errc::unplayable);
  EXPECT_EQ(fake.requests().size(), 1u);
}

TEST(HttpPlayback, RecognisesExclusionInItsFourForms) {
  for (const auto how :
       {test::Exclusion::page_200, test::Exclusion::page_403, test::Exclusion::header_403, test::Exclusion::java_403}) {
    FakeArchive fake;
    fake.exclude(url, how);
    EXPECT_EQ(Client(quick(fake)).play(row_of(terms())).error().code, Errc::excluded);
    EXPECT_EQ(fake.requests().size(), 1u);
  }
}

TEST(HttpPlayback, TriesAgainAfterWhatMayPass) {
  FakeArchive fake;
  fake.add(terms());
  fake.script("/web/", {Fail::unavailable(), Fail::reset_mid_body(), Fail::cut_body(), Fail::html()});
  Client client(quick(fake));
  const auto playback = client.play(row_of(terms()));
  ASSERT_TRUE(playback) << playback.error().detail;
  EXPECT_EQ(playback->body, terms().body);
  EXPECT_EQ(client.archive().requests(), 5u);
}

TEST(HttpPlayback, AsksForTheRestOfAnAnswerThatWasCut) {
  FakeArchive fake;
  FakeCapture capture = terms();
  capture.wire = test::Wire::identity;
  capture.ranges = true;
  fake.add(capture);
  fake.script("/web/", {Fail::cut_body(), Fail::cut_body()});
  const auto playback = Client(quick(fake)).play(row_of(capture)).value();
  EXPECT_EQ(playback.body, capture.body);
  EXPECT_EQ(playback.digest_check, DigestCheck::verified);
  const auto requests = fake.requests();
  ASSERT_EQ(requests.size(), 3u);
  EXPECT_EQ(requests[0].header("range"), "");
  const std::size_t half = capture.body.size() / 2;
  EXPECT_EQ(requests[1].header("range"), "bytes=" + std::to_string(half) + "-");
  EXPECT_EQ(requests[1].header("accept-encoding"), "identity");
  EXPECT_EQ(requests[2].header("range"), "bytes=" + std::to_string(half + (capture.body.size() - half) / 2) + "-");
}

TEST(HttpPlayback, AsksForAllAgainWhereNoRangesAreGiven) {
  FakeArchive fake;
  fake.add(terms());
  fake.script("/web/", {Fail::cut_body()});
  EXPECT_EQ(Client(quick(fake)).play(row_of(terms()))->body, terms().body);
  EXPECT_EQ(fake.requests().at(1).header("range"), "");
}

TEST(HttpPlayback, TellsSiblingsOfOneSecondByTheirDigests) {
  FakeArchive fake;
  FakeCapture one = terms(), two = terms();
  two.body = "<h1>Terms</h1><p>You may not.</p>";
  fake.add(one);  // playback gives this one for both
  fake.add(two);
  Client client(quick(fake));
  ASSERT_EQ(client.list(url)->captures.size(), 2u);
  const auto right = client.play(row_of(two)).value();
  const auto wrong = client.play(row_of(one)).value();
  const auto& sibling = right.digest_check == DigestCheck::verified ? wrong : right;
  EXPECT_EQ(sibling.digest_check, DigestCheck::suspect);
  EXPECT_THAT(sibling.notes.at(0), HasSubstr("another capture of the same second"));
}

TEST(HttpPlayback, LeavesTheWayOfAnAddressAsItWasCaptured) {
  FakeArchive fake;
  FakeCapture capture = terms();
  capture.original = "https://example.com/a/../b/./c//d%2Fe?x=%20y&u=http://f.com/?z+1";
  fake.add(capture);
  ASSERT_TRUE(Client(quick(fake)).play(row_of(capture)));
  EXPECT_EQ(fake.requests().at(0).target,
            "/web/20180203040506id_/https://example.com/a/../b/./c//d%2Fe?x=%20y&u=http://f.com/?z+1");
}

TEST(HttpPlayback, GivesUpAfterItsAttempts) {
  FakeArchive fake;
  fake.add(terms());
  fake.script(url, std::vector<Fail>(9, Fail::unavailable()));
  HttpSettings settings = quick(fake);
  settings.attempts = 3;
  EXPECT_EQ(Client(settings).play(row_of(terms())).error().code, Errc::http_status);
  EXPECT_EQ(fake.requests().size(), 3u);
}

TEST(HttpPlayback, CountsEachRequestThatGoesOverTheWire) {
  FakeArchive fake;
  fake.add(terms());
  Client client(quick(fake));
  ASSERT_TRUE(client.play(row_of(terms())));
  fake.script("/web/", {Fail::close()});  // on the kept-alive connection: sent again at once
  ASSERT_TRUE(client.play(row_of(terms())));
  EXPECT_EQ(client.archive().requests(), fake.requests().size());
  EXPECT_EQ(client.archive().requests(), 3u);
}

TEST(HttpPlayback, KeepsToItsConnections) {
  FakeArchive fake;
  std::vector<core::Capture> rows;
  for (int day = 10; day < 30; ++day) {
    fake.add(terms("201802" + std::to_string(day) + "040506"));
    if (day < 29) rows.push_back(row_of(terms("201802" + std::to_string(day) + "040506")));
  }
  HttpSettings settings = quick(fake);
  settings.connections = 2;
  Client client(settings);
  for (const auto& playback : client.play_all(rows)) EXPECT_TRUE(playback);
  EXPECT_LE(fake.connections(), 2u);
  EXPECT_EQ(fake.requests().size(), rows.size());
}

TEST(HttpPlayback, KeepsToItsBudget) {
  FakeArchive fake;
  std::vector<core::Capture> rows;
  for (int day = 10; day < 14; ++day) {
    fake.add(terms("201802" + std::to_string(day) + "040506"));
    rows.push_back(row_of(terms("201802" + std::to_string(day) + "040506")));
  }
  HttpSettings settings = quick(fake);
  settings.playback_per_minute = 60 * 12;  // 8 at once, then one in 83 ms
  Client client(settings);
  for (int round = 0; round < 3; ++round) {
    for (const auto& playback : client.play_all(rows)) EXPECT_TRUE(playback);
  }
  const auto requests = fake.requests();
  ASSERT_EQ(requests.size(), 12u);
  EXPECT_GE(requests[11].at - requests[0].at, 300ms);
}

TEST(HttpPlayback, PausesForA429AndSendsOneProbe) {
  FakeArchive fake;
  std::vector<core::Capture> rows;
  for (int day = 10; day < 16; ++day) {
    fake.add(terms("201802" + std::to_string(day) + "040506"));
    rows.push_back(row_of(terms("201802" + std::to_string(day) + "040506")));
  }
  fake.script("/web/", std::vector<Fail>(4, Fail::too_many()));
  Client client(quick(fake));
  for (const auto& playback : client.play_all(rows)) EXPECT_TRUE(playback);
  EXPECT_FALSE(client.archive().not_before());
}

TEST(HttpPlayback, TakesRepeatedRefusalsForABan) {
  FakeArchive fake;
  fake.refuse_connections();
  Client client(quick(fake));
  const auto before = std::chrono::system_clock::now();
  EXPECT_EQ(client.play(row_of(terms())).error().code, Errc::refused);
  ASSERT_TRUE(client.archive().not_before());
  EXPECT_GE(*client.archive().not_before(), before + 3598s);
  fake.accept_connections();
  EXPECT_EQ(client.play(row_of(terms())).error().code, Errc::refused);
  EXPECT_TRUE(fake.requests().empty());
}

TEST(HttpPlayback, SendsNothingBeforeTheTimeOfAnEarlierRun) {
  FakeArchive fake;
  HttpSettings settings = quick(fake);
  settings.not_before = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + 100s;
  EXPECT_EQ(Client(settings).play(row_of(terms())).error().code, Errc::rate_limited);
  EXPECT_TRUE(fake.requests().empty());
}

TEST(HttpPlayback, RefusesABodyOverItsLimit) {
  FakeArchive fake;
  FakeCapture capture = terms();
  capture.body = std::string(5000, 'x');
  for (const auto wire : {test::Wire::identity, test::Wire::gzip}) {
    capture.wire = wire;
    fake.add(capture);
    HttpSettings settings = quick(fake);
    settings.max_body = 4000;
    EXPECT_EQ(Client(settings).play(row_of(capture)).error().code, Errc::too_large);
  }
}

TEST(HttpPlayback, NoticesAStalledAnswer) {
  FakeArchive fake;
  fake.script("/web/", {Fail::stall()});
  HttpSettings settings = quick(fake);
  settings.stall_timeout = 1s;
  settings.attempts = 1;
  EXPECT_EQ(Client(settings).play(row_of(terms())).error().code, Errc::timed_out);
}

TEST(HttpPlayback, EndsSoonWhenStopped) {
  FakeArchive fake;
  fake.script("/web/", {Fail::stall()});
  HttpSettings settings = quick(fake);
  settings.stall_timeout = 60s;
  Client client(settings);
  EXPECT_EQ(client.play_and_stop(row_of(terms()), 20ms).error().code, Errc::interrupted);
  EXPECT_EQ(client.play(row_of(terms())).error().code, Errc::interrupted);
}

TEST(HttpPlayback, EndsAPauseWhenStopped) {
  FakeArchive fake;
  fake.script("/web/", {Fail::too_many(600s)});
  Client client(quick(fake));
  EXPECT_EQ(client.play_and_stop(row_of(terms()), 50ms).error().code, Errc::interrupted);
}

}  // namespace
}  // namespace waydiff::crawler
