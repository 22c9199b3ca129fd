#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/pace_keeper.hpp"
#include "support/fake_archive.hpp"
#include "with_fake.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;
using test::Fail;
using test::FakeArchive;
using test::FakeCapture;
using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

FakeCapture page() {
  return {.timestamp = "20180203040506", .original = "https://example.com/terms", .body = "<p>You may use it.</p>"};
}

/// The fake archive with one page, and a keeper that outlives its clients.
class PaceSession : public testing::Test {
 protected:
  PaceSession() {
    fake.add(page());
    settings = quick(fake);
    settings.pace = keeper;
  }

  PaceState state() {
    PaceState copy;
    keeper->with(host_of(fake.index()), [&](PaceState& found) { copy = found; });
    return copy;
  }
  void set(const std::function<void(PaceState&)>& change) { keeper->with(host_of(fake.index()), change); }
  static PaceTime now() { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); }

  FakeArchive fake;
  std::shared_ptr<MemoryPaceKeeper> keeper = std::make_shared<MemoryPaceKeeper>();
  HttpSettings settings;
};

TEST_F(PaceSession, SendsNothingWhenAnotherHasBeenToldToStayAway) {
  set([](PaceState& found) { stay_away(found, now() + 100s, Errc::refused, "connection refused"); });
  Client client(settings);
  EXPECT_TRUE(client.archive().not_before()) << "known before anything is asked";
  const auto outcome = client.play(row_of(page()));
  EXPECT_EQ(outcome.error().code, Errc::refused);
  EXPECT_THAT(outcome.error().detail, HasSubstr("connection refused"));
  EXPECT_EQ(client.list("https://example.com/terms").error().code, Errc::refused);
  EXPECT_TRUE(fake.requests().empty());
}

TEST_F(PaceSession, HearsOfAStopWhileItRuns) {
  settings.playback_per_minute = 2000;  // thousands more would be charged 20 ms ahead
  Client client(settings);
  EXPECT_TRUE(client.play(row_of(page())));
  set([](PaceState& found) { stay_away(found, now() + 100s, Errc::rate_limited, "429"); });
  EXPECT_EQ(client.play(row_of(page())).error().code, Errc::rate_limited);
  EXPECT_TRUE(client.archive().not_before());
  EXPECT_EQ(fake.requests().size(), 1u);
}

TEST_F(PaceSession, ForgetsAStopThatHasPassed) {
  set([](PaceState& found) { stay_away(found, now() - 1s, Errc::refused, "connection refused"); });
  Client client(settings);
  EXPECT_FALSE(client.archive().not_before());
  EXPECT_TRUE(client.play(row_of(page())));
}

TEST_F(PaceSession, LeavesItsStopToTheNext) {
  fake.script("/web/", {Fail::too_many(3600s)});
  EXPECT_EQ(Client(settings).play(row_of(page())).error().code, Errc::rate_limited);
  Client next(settings);
  EXPECT_TRUE(next.archive().not_before());
  EXPECT_EQ(next.play(row_of(page())).error().code, Errc::rate_limited);
  EXPECT_EQ(fake.requests().size(), 1u);
}

TEST_F(PaceSession, ObeysNoRetryAfterOfThePast) {
  FakeCapture limited = page();
  limited.timestamp = "20190203040506";
  limited.status = 429;
  limited.headers = {{"Retry-After", "3600"}};
  fake.add(limited);
  Client client(settings);
  EXPECT_EQ(client.play(row_of(limited))->status, 429);
  EXPECT_TRUE(client.play(row_of(page())));
  EXPECT_EQ(state().playback.strikes, 0);
  EXPECT_EQ(state().playback.rate, 1.0);
}

TEST_F(PaceSession, SlowsDownOnALive503ButNotOnAnArchivedOne) {
  FakeCapture unavailable = page();
  unavailable.timestamp = "20190203040506";
  unavailable.status = 503;
  fake.add(unavailable);
  Client client(settings);
  EXPECT_EQ(client.play(row_of(unavailable))->status, 503);
  EXPECT_EQ(state().playback.rate, 1.0);

  fake.script("/web/", {Fail::unavailable()});
  EXPECT_TRUE(client.play(row_of(page())));
  EXPECT_LT(state().playback.rate, 0.6);
  EXPECT_EQ(state().index.rate, 1.0);
  EXPECT_LT(client.archive().pace().playback_per_minute, settings.playback_per_minute * 0.6);
  EXPECT_EQ(client.archive().pace().index_per_minute, settings.index_per_minute);
}

TEST_F(PaceSession, SlowsDownOnSlowAnswers) {
  settings.slow_playback = 0s;
  Client client(settings);
  EXPECT_TRUE(client.play(row_of(page())));
  EXPECT_EQ(state().playback.rate, 0.5);
  EXPECT_THAT(client.talk(), ElementsAre(HasSubstr("playback slows down to 500000 requests a minute")));
}

TEST_F(PaceSession, ChargesEveryRequestToTheSharedBudget) {
  settings.playback_per_minute = 1;
  Client client(settings);
  EXPECT_TRUE(client.play(row_of(page())));
  EXPECT_GT(state().playback.next, now() + 50s);
  EXPECT_EQ(state().index.next, PaceTime{});
}

TEST_F(PaceSession, WaitsForAnotherTurnWhenAKeptConnectionWasClosed) {
  settings.playback_per_minute = 119;  // the greatest budget without a burst: half a second between requests
  Client client(settings);
  EXPECT_TRUE(client.play(row_of(page())));
  fake.script("/web/", {Fail::close()});
  const PaceTime asked = now();
  EXPECT_TRUE(client.play(row_of(page())));
  const auto seen = fake.requests();
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(seen[0].connection, seen[1].connection) << "else nothing was kept";
  EXPECT_NE(seen[1].connection, seen[2].connection);
  EXPECT_GT(seen[2].at - seen[1].at, 450ms) << "sent again, but not before its turn";
  EXPECT_GT(state().playback.next, asked + 1000ms) << "and charged";
  EXPECT_EQ(state().failures, 0) << "nobody's fault";
}

TEST_F(PaceSession, SaysHowLongItIsHeld) {
  set([](PaceState& found) { found.playback.held_until = now() + 50s; });
  const auto held = Client(settings).archive().pace().held_until;
  ASSERT_TRUE(held);
  EXPECT_GT(*held, now() + 40s);
  EXPECT_LE(*held, now() + 51s);
}

TEST_F(PaceSession, KeepsTheServicesOfTwoHostsApart) {
  FakeArchive other;
  other.add(page());
  settings.playback = other.playback();
  other.script("/web/", {Fail::too_many(3600s)});
  Client client(settings);
  EXPECT_EQ(client.play(row_of(page())).error().code, Errc::rate_limited);
  EXPECT_TRUE(client.archive().not_before());
  EXPECT_FALSE(state().not_before) << "the index is elsewhere";
  EXPECT_TRUE(client.list("https://example.com/terms"));
}

TEST_F(PaceSession, IsNotLedOutOfTheArchive) {
  FakeArchive elsewhere;
  settings.attempts = 2;
  for (const std::string& place :
       {elsewhere.base_url() + "/", std::string("ftp://127.0.0.1/"), std::string("file:///etc/passwd")}) {
    for (const char* const where : {"/web/", "/cdx/"}) {
      fake.script(where, std::vector<Fail>(2, Fail::answer(302, "", {{"Location", place}})));
    }
    Client client(settings);
    const auto playback = client.play(row_of(page()));
    EXPECT_EQ(playback.error().code, Errc::http_status) << playback.error().detail;
    EXPECT_THAT(playback.error().detail, HasSubstr(place));
    const auto listing = client.list("https://example.com/terms");
    ASSERT_TRUE(listing);
    EXPECT_FALSE(listing->complete) << place;
  }
  EXPECT_TRUE(elsewhere.requests().empty());
}

TEST_F(PaceSession, SpeaksOnlyHttpAndHttps) {
  for (const std::string& base : {std::string("ftp://127.0.0.1"), std::string("file:///tmp")}) {
    HttpSettings wrong = settings;
    wrong.playback = base;
    wrong.attempts = 1;
    EXPECT_FALSE(Client(wrong).play(row_of(page())));
  }
}

}  // namespace
}  // namespace waydiff::crawler
