#include "crawler/pacing.hpp"

#include <gtest/gtest.h>

namespace waydiff::crawler {
namespace {

using core::Errc;
using std::chrono::milliseconds;
using std::chrono::seconds;
using namespace std::chrono_literals;

HttpSettings settings() {
  HttpSettings result;
  result.name = "wayback";
  result.pause = 60s;
  result.patience = 900s;
  result.backoff = 2000ms;
  return result;
}

Now at(seconds second) {
  return {std::chrono::steady_clock::time_point{} + 1000h + second, std::chrono::sys_seconds{} + 400000h + second};
}

/// Sends one request; its time.
std::chrono::steady_clock::time_point send(Pacer& pacer, Pool pool, seconds second) {
  EXPECT_EQ(pacer.turn(pool, at(second)).wait, seconds(0));
  pacer.sent(pool, at(second));
  return at(second).steady;
}

TEST(PauseBefore, DoublesWithJitterUpToACap) {
  EXPECT_EQ(pause_before(2, Errc::http_status, settings(), 0), 2000ms);
  EXPECT_EQ(pause_before(3, Errc::transport, settings(), 0), 4000ms);
  EXPECT_EQ(pause_before(3, Errc::timed_out, settings(), 1), 6000ms);
  HttpSettings patient = settings();
  patient.attempts = 1000;
  EXPECT_EQ(pause_before(900, Errc::http_status, patient, 0), 300s);
}

TEST(PauseBefore, GivesUpAfterTheLastAttemptAndOnWhatIsFinal) {
  EXPECT_TRUE(pause_before(5, Errc::http_status, settings(), 0));
  EXPECT_FALSE(pause_before(6, Errc::http_status, settings(), 0));
  for (const Errc code : {Errc::excluded, Errc::unplayable, Errc::too_large, Errc::bad_argument, Errc::interrupted}) {
    EXPECT_FALSE(pause_before(2, code, settings(), 0));
  }
}

TEST(RetryAfter, IsSecondsOrADate) {
  const auto now = core::Timestamp::parse("20200101000000")->time();
  EXPECT_EQ(parse_retry_after("120", now), 120s);
  EXPECT_EQ(parse_retry_after(" Wed, 01 Jan 2020 00:01:30 GMT", now), 90s);
  EXPECT_EQ(parse_retry_after("Tue, 31 Dec 2019 00:00:00 GMT", now), 0s);
  EXPECT_EQ(parse_retry_after("99999999999999999999", now), 24h);
  EXPECT_EQ(parse_retry_after("soon", now), std::nullopt);
  EXPECT_EQ(parse_retry_after("", now), std::nullopt);
}

TEST(Pacer, HoldsOnlyThePoolThatWasLimited) {
  Pacer pacer(settings());
  const auto sent = send(pacer, Pool::index, 0s);
  EXPECT_EQ(pacer.limited(Pool::index, at(1s), sent, {}, "429"), "wayback: index pauses for 60 s: 429");
  EXPECT_EQ(pacer.turn(Pool::index, at(2s)).wait, 59s);
  EXPECT_EQ(pacer.turn(Pool::playback, at(2s)).wait, 0s);
}

TEST(Pacer, ObeysALongerRetryAfter) {
  Pacer pacer(settings());
  const auto sent = send(pacer, Pool::playback, 0s);
  pacer.limited(Pool::playback, at(1s), sent, 100s, "429");
  EXPECT_EQ(pacer.turn(Pool::playback, at(1s)).wait, 100s);
}

TEST(Pacer, SendsOneProbeAfterAPause) {
  Pacer pacer(settings());
  const auto sent = send(pacer, Pool::playback, 0s);
  pacer.limited(Pool::playback, at(1s), sent, {}, "429");
  send(pacer, Pool::playback, 61s);
  EXPECT_EQ(pacer.turn(Pool::playback, at(100s)).wait, Pacer::Clock::duration::max());
  pacer.answered(Pool::playback);
  EXPECT_EQ(pacer.turn(Pool::playback, at(100s)).wait, 0s);
}

TEST(Pacer, DoublesThePauseThenStops) {
  Pacer pacer(settings());
  pacer.limited(Pool::index, at(1s), send(pacer, Pool::index, 0s), {}, "429");
  pacer.limited(Pool::index, at(62s), send(pacer, Pool::index, 61s), {}, "429");
  EXPECT_EQ(pacer.turn(Pool::index, at(62s)).wait, 120s);
  EXPECT_FALSE(pacer.not_before());
  pacer.limited(Pool::index, at(183s), send(pacer, Pool::index, 182s), {}, "429 again");
  EXPECT_EQ(pacer.not_before(), at(183s + 240s + 1s).system);
  const auto turn = pacer.turn(Pool::playback, at(184s));
  ASSERT_TRUE(turn.stop);
  EXPECT_EQ(turn.stop->code, Errc::rate_limited);
  EXPECT_FALSE(pacer.turn(Pool::playback, at(500s)).stop) << "the time has come";
}

TEST(Pacer, CountsRequestsSentTogetherAsOneOffence) {
  Pacer pacer(settings());
  const auto sent = send(pacer, Pool::playback, 0s);
  for (int i = 0; i < 4; ++i) pacer.limited(Pool::playback, at(1s), sent, {}, "429");
  EXPECT_EQ(pacer.turn(Pool::playback, at(1s)).wait, 60s);
  EXPECT_FALSE(pacer.not_before());
}

TEST(Pacer, StopsInsteadOfWaitingLongerThanItsPatience) {
  Pacer pacer(settings());
  pacer.limited(Pool::index, at(1s), send(pacer, Pool::index, 0s), 3600s, "429");
  EXPECT_EQ(pacer.not_before(), at(3602s).system);
}

TEST(Pacer, TakesThreeRefusalsInARowForABan) {
  Pacer pacer(settings());
  pacer.refused(Pool::playback, at(0s), at(0s).steady, "refused");
  EXPECT_EQ(pacer.turn(Pool::index, at(0s)).wait, 2s) << "both services are behind one firewall";
  pacer.refused(Pool::playback, at(10s), at(9s).steady, "refused");
  EXPECT_EQ(pacer.refused(Pool::playback, at(10s), at(9s).steady, "refused"), "") << "at the same time";
  EXPECT_FALSE(pacer.not_before());
  pacer.refused(Pool::index, at(20s), at(19s).steady, "refused");
  EXPECT_EQ(pacer.not_before(), at(20s + 3600s + 1s).system);
  EXPECT_EQ(pacer.turn(Pool::index, at(21s)).stop->code, Errc::refused);
}

TEST(Pacer, ForgetsRefusalsAfterAnAnswer) {
  Pacer pacer(settings());
  for (const seconds second : {0s, 10s, 20s, 30s}) {
    pacer.refused(Pool::playback, at(second), at(second).steady, "refused");
    pacer.answered(Pool::playback);
  }
  EXPECT_FALSE(pacer.not_before());
}

TEST(Pacer, PausesInAnOutageAndGivesUpWhenItLasts) {
  Pacer pacer(settings());
  for (int i = 0; i < 19; ++i) pacer.failed(Pool::playback, at(0s), at(0s).steady, "503");
  EXPECT_EQ(pacer.turn(Pool::playback, at(0s)).wait, 0s);
  pacer.failed(Pool::playback, at(0s), at(0s).steady, "503");
  EXPECT_EQ(pacer.turn(Pool::playback, at(0s)).wait, 300s);
  pacer.failed(Pool::playback, at(301s), at(300s).steady, "503");
  EXPECT_EQ(pacer.turn(Pool::playback, at(301s)).wait, 600s);
  pacer.failed(Pool::playback, at(902s), at(901s).steady, "503");
  EXPECT_TRUE(pacer.not_before());
}

TEST(Pacer, SendsNothingBeforeTheTimeOfAnEarlierRun) {
  HttpSettings held = settings();
  held.not_before = at(100s).system;
  Pacer pacer(held);
  EXPECT_EQ(pacer.turn(Pool::index, at(99s)).stop->code, Errc::rate_limited);
  EXPECT_FALSE(pacer.turn(Pool::index, at(100s)).stop);
}

}  // namespace
}  // namespace waydiff::crawler
