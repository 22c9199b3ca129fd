#include "crawler/pacing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

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

PaceTime at(std::chrono::milliseconds time) {
  return PaceTime{} + 400000h + time;
}

std::chrono::sys_seconds second_at(seconds time) {
  return std::chrono::floor<seconds>(at(time));
}

/// A host, and one who asks it.
struct Asked {
  explicit Asked(HttpSettings given = settings()) : pacer(std::move(given)) {}

  Pacer pacer;
  PaceState state;

  Pacer::Turn turn(Pool pool, milliseconds time) { return pacer.turn(state, pool, at(time)); }
  void send(Pool pool, milliseconds time) {
    EXPECT_EQ(turn(pool, time).wait, 0s);
    pacer.sent(state, pool, at(time));
  }
  /// How a request ended that was sent at `sent`.
  static Ended ended(Pool pool, milliseconds sent, milliseconds now, std::optional<seconds> retry_after = {}) {
    return {pool, at(sent), now - sent, retry_after, false, "detail"};
  }
  std::string answered(Pool pool, milliseconds sent, milliseconds now) {
    return pacer.answered(state, ended(pool, sent, now), at(now));
  }
  std::string limited(Pool pool, milliseconds sent, milliseconds now, std::optional<seconds> retry_after = {}) {
    return pacer.limited(state, ended(pool, sent, now, retry_after), at(now));
  }
  std::string refused(Pool pool, milliseconds sent, milliseconds now) {
    return pacer.refused(state, ended(pool, sent, now), at(now));
  }
  std::string failed(Pool pool, milliseconds sent, milliseconds now, std::optional<seconds> retry_after = {}) {
    return pacer.failed(state, ended(pool, sent, now, retry_after), at(now));
  }
  std::string unavailable(Pool pool, milliseconds sent, milliseconds now) {
    Ended end = ended(pool, sent, now);
    end.overburdened = true;
    return pacer.failed(state, end, at(now));
  }
};

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
  Asked host;
  host.send(Pool::index, 0s);
  EXPECT_EQ(host.limited(Pool::index, 0s, 1s), "wayback: index pauses for 60 s: detail");
  EXPECT_EQ(host.turn(Pool::index, 2s).wait, 59s);
  EXPECT_EQ(host.turn(Pool::playback, 2s).wait, 0s);
}

TEST(Pacer, ObeysALongerRetryAfter) {
  Asked host;
  host.send(Pool::playback, 0s);
  host.limited(Pool::playback, 0s, 1s, 100s);
  EXPECT_EQ(host.turn(Pool::playback, 1s).wait, 100s);
}

TEST(Pacer, SendsOneProbeAfterAPause) {
  Asked host;
  host.send(Pool::playback, 0s);
  host.limited(Pool::playback, 0s, 1s);
  host.send(Pool::playback, 61s);
  EXPECT_EQ(host.turn(Pool::playback, 100s).wait, 1s) << "look again: the answer may come to another process";
  host.answered(Pool::playback, 61s, 100s);
  EXPECT_EQ(host.turn(Pool::playback, 100s).wait, 0s);
}

TEST(Pacer, SendsAnotherProbeWhenTheFirstIsLost) {
  Asked host;
  host.limited(Pool::playback, 0s, 1s);
  host.send(Pool::playback, 61s);  // and its process is killed
  EXPECT_EQ(host.turn(Pool::playback, 120s).wait, 1s);
  host.send(Pool::playback, 121s);
  EXPECT_EQ(host.turn(Pool::playback, 122s).wait, 1s) << "again alone";
  host.pacer.lost(host.state, Asked::ended(Pool::playback, 121s, 122s));  // interrupted
  EXPECT_EQ(host.turn(Pool::playback, 122s).wait, 0s);
}

TEST(Pacer, IsNotMisledByAnswersToWhatWasSentBeforeThePause) {
  Asked host;
  host.send(Pool::playback, 0s);
  host.limited(Pool::playback, 0s, 1s);
  host.answered(Pool::playback, 0s, 2s);
  EXPECT_EQ(host.turn(Pool::playback, 2s).wait, 59s);
  host.limited(Pool::playback, 62s, 62s);
  EXPECT_EQ(host.turn(Pool::playback, 62s).wait, 120s) << "the second in a row";
}

TEST(Pacer, DoublesThePauseThenStops) {
  Asked host;
  host.limited(Pool::index, 0s, 1s);
  host.limited(Pool::index, 61s, 62s);
  EXPECT_EQ(host.turn(Pool::index, 62s).wait, 120s);
  EXPECT_FALSE(host.state.not_before);
  host.limited(Pool::index, 182s, 183s);
  EXPECT_EQ(host.state.not_before, second_at(183s + 240s + 1s));
  const auto turn = host.turn(Pool::playback, 184s);
  ASSERT_TRUE(turn.stop);
  EXPECT_EQ(turn.stop->code, Errc::rate_limited);
  EXPECT_FALSE(host.turn(Pool::playback, 500s).stop) << "the time has come";
}

TEST(Pacer, CountsRequestsSentTogetherAsOneOffence) {
  Asked host;
  for (int i = 0; i < 4; ++i) host.limited(Pool::playback, 0s, 1s);
  EXPECT_EQ(host.turn(Pool::playback, 1s).wait, 60s);
  EXPECT_EQ(host.state.playback.rate, 0.5);
  EXPECT_FALSE(host.state.not_before);
}

TEST(Pacer, PausesFromTheLastOfTheRequestsSentTogether) {
  Asked host;
  host.limited(Pool::playback, 0s, 1s);
  host.limited(Pool::playback, 0s, 3s);
  EXPECT_EQ(host.turn(Pool::playback, 3s).wait, 60s);
  host.limited(Pool::playback, 0s, 4s, 100s);
  EXPECT_EQ(host.turn(Pool::playback, 4s).wait, 100s);
}

TEST(Pacer, StopsInsteadOfWaitingLongerThanItsPatience) {
  Asked host;
  host.limited(Pool::index, 0s, 1s, 3600s);
  EXPECT_EQ(host.state.not_before, second_at(3602s));
}

TEST(Pacer, HalvesTheRateOnceAMinuteWhenTheArchiveIsOverburdened) {
  Asked host;
  EXPECT_EQ(host.unavailable(Pool::playback, 0s, 1s), "wayback: playback slows down to 240 requests a minute: detail");
  EXPECT_EQ(host.unavailable(Pool::playback, 2s, 3s), "");
  EXPECT_EQ(host.unavailable(Pool::playback, 0s, 70s), "") << "sent before the rate was halved";
  EXPECT_EQ(host.state.playback.rate, 0.5);
  EXPECT_EQ(host.state.index.rate, 1.0);
  host.unavailable(Pool::playback, 71s, 72s);
  EXPECT_EQ(host.state.playback.rate, 0.25);
}

TEST(Pacer, HalvesTheRateOnSlowAnswers) {
  Asked host;
  EXPECT_EQ(host.answered(Pool::playback, 0s, 30s), "");
  EXPECT_EQ(host.answered(Pool::playback, 0s, 31s),
            "wayback: playback slows down to 240 requests a minute: an answer took 31 s");
  EXPECT_EQ(host.answered(Pool::index, 0s, 60s), "") << "the index may take longer";
  host.failed(Pool::index, 0s, 120s);
  EXPECT_EQ(host.state.index.rate, 0.5) << "a request that timed out was slow, too";
}

TEST(Pacer, SpeedsUpByTheSameStepWithEachGoodAnswer) {
  Asked host;
  host.state.playback.rate = 0.5;
  host.answered(Pool::playback, 0s, 1s);
  const double step = host.state.playback.rate - 0.5;
  EXPECT_GT(step, 0);
  host.answered(Pool::playback, 1s, 2s);
  EXPECT_DOUBLE_EQ(host.state.playback.rate, 0.5 + 2 * step);
  for (int i = 0; i < 1000; ++i) host.answered(Pool::playback, 3s, 4s);
  EXPECT_EQ(host.state.playback.rate, 1.0);
}

TEST(Pacer, ObeysTheRetryAfterOfA503) {
  Asked host;
  EXPECT_EQ(host.failed(Pool::playback, 0s, 1s, 90s), "wayback: playback pauses for 90 s: detail");
  EXPECT_EQ(host.turn(Pool::playback, 1s).wait, 90s);
  EXPECT_EQ(host.turn(Pool::index, 1s).wait, 0s);
  host.failed(Pool::playback, 92s, 93s, 3600s);
  EXPECT_EQ(host.state.not_before, second_at(93s + 3600s + 1s)) << "longer than patience";
}

TEST(Pacer, TakesThreeRefusalsInARowForABan) {
  Asked host;
  host.refused(Pool::playback, 0s, 0s);
  EXPECT_EQ(host.turn(Pool::index, 0s).wait, 2s) << "both services are behind one firewall";
  host.refused(Pool::playback, 9s, 10s);
  EXPECT_EQ(host.refused(Pool::playback, 9s, 10s), "") << "at the same time";
  EXPECT_FALSE(host.state.not_before);
  host.refused(Pool::index, 19s, 20s);
  EXPECT_EQ(host.state.not_before, second_at(20s + 3600s + 1s));
  EXPECT_EQ(host.turn(Pool::index, 21s).stop->code, Errc::refused);
}

TEST(Pacer, DoublesTheCoolDownOfABanUntilAGoodAnswer) {
  Asked host;
  host.refused(Pool::playback, 0s, 0s);
  host.refused(Pool::playback, 10s, 10s);
  host.refused(Pool::playback, 20s, 20s);
  milliseconds now = 20s;
  for (const auto wanted : {2h, 4h, 8h, 16h, 24h, 24h}) {
    now = std::chrono::round<milliseconds>(*host.state.not_before - at(0s));
    host.send(Pool::playback, now);
    EXPECT_GT(host.turn(Pool::playback, now).wait, 0s) << "one probe, not all at once";
    host.refused(Pool::playback, now, now);
    EXPECT_EQ(*host.state.not_before - at(now), wanted + 1s) << "and its refusal is enough";
  }
  now = std::chrono::round<milliseconds>(*host.state.not_before - at(0s));
  host.send(Pool::playback, now);
  host.answered(Pool::playback, now, now);
  host.refused(Pool::playback, now + 1s, now + 1s);
  host.refused(Pool::playback, now + 10s, now + 10s);
  EXPECT_FALSE(host.state.not_before);
  host.refused(Pool::playback, now + 20s, now + 20s);
  EXPECT_EQ(*host.state.not_before - at(now + 20s), 3601s) << "it begins anew";
}

TEST(Pacer, ForgetsRefusalsAfterAnAnswer) {
  Asked host;
  for (const seconds second : {0s, 10s, 20s, 30s}) {
    host.refused(Pool::playback, second, second);
    host.answered(Pool::playback, second, second);
  }
  EXPECT_FALSE(host.state.not_before);
}

TEST(Pacer, PausesInAnOutageAndGivesUpWhenItLasts) {
  Asked host;
  for (int i = 0; i < 19; ++i) host.failed(Pool::playback, 0s, 0s);
  EXPECT_EQ(host.turn(Pool::playback, 0s).wait, 0s);
  host.failed(Pool::playback, 0s, 0s);
  EXPECT_EQ(host.turn(Pool::playback, 0s).wait, 300s);
  host.failed(Pool::playback, 300s, 301s);
  EXPECT_EQ(host.turn(Pool::playback, 301s).wait, 600s);
  host.failed(Pool::playback, 901s, 902s);
  EXPECT_TRUE(host.state.not_before);
}

TEST(Pacer, AgreesOnSeveralRequestsAtOnceOnlyWhenTheyFallDueTogether) {
  HttpSettings given = settings();
  given.index_per_minute = 2000;
  given.playback_per_minute = 60000;
  Asked asked(given);
  EXPECT_EQ(asked.pacer.at_once(asked.state, Pool::index), 1);
  EXPECT_EQ(asked.pacer.at_once(asked.state, Pool::playback), 19) << "20 ms at 60,500 us for 59,993";
  asked.state.share = 0.5;
  EXPECT_EQ(asked.pacer.at_once(asked.state, Pool::playback), 9);
  asked.state.share = 1.0;
  asked.limited(Pool::playback, 0ms, 10ms);
  EXPECT_EQ(asked.pacer.at_once(asked.state, Pool::playback), 1) << "a probe goes alone, and while the host recovers";
}

TEST(Pacer, KeepsToTheBudgetWithSeveralRequestsAtOnce) {
  for (const int per_minute : {12000, 60000, 600000}) {
    HttpSettings given = settings();
    given.playback_per_minute = per_minute;
    Asked asked(given);
    std::vector<milliseconds> leases;
    const int each = asked.pacer.at_once(asked.state, Pool::playback);
    EXPECT_GT(each, 1) << per_minute;
    for (milliseconds now{0}; now < 130s; now += 1ms) {
      while (asked.turn(Pool::playback, now).wait <= 0s) {
        asked.pacer.sent(asked.state, Pool::playback, at(now), each);
        leases.push_back(now);
      }
    }
    // Late with the first of them, early with the last.
    std::size_t most = 0;
    for (std::size_t first = 0, last = 0; last < leases.size(); ++last) {
      while (leases[last] - (leases[first] + Pacer::lease) >= 60s) ++first;
      most = std::max(most, (last - first + 1) * static_cast<std::size_t>(each));
    }
    EXPECT_LE(most, static_cast<std::size_t>(per_minute));
    EXPECT_GE(most, static_cast<std::size_t>(per_minute) * 95 / 100);
  }
}

TEST(Pacer, TellsTheRateOfEachPool) {
  Asked host;
  host.state.playback.rate = 0.25;
  host.state.share = 0.5;
  EXPECT_EQ(host.pacer.per_minute(host.state, Pool::index), 12);
  EXPECT_EQ(host.pacer.per_minute(host.state, Pool::playback), 60);
}

}  // namespace
}  // namespace waydiff::crawler
