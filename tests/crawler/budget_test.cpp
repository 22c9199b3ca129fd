#include "crawler/budget.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace waydiff::crawler {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;
using namespace std::chrono_literals;

const PaceTime start = PaceTime{} + std::chrono::hours(400000);

/// Sends as fast as the budget lets it, for `span`, from `start`.
std::vector<PaceTime> send_all(const Budget& budget, PoolState& pool, PaceTime from, seconds span) {
  std::vector<PaceTime> sent;
  for (PaceTime now = from; now < from + span;) {
    if (const auto wait = budget.wait(pool, 1.0, now); wait > 0us) {
      now += wait;
      continue;
    }
    budget.charge(pool, 1.0, now);
    sent.push_back(now);
  }
  return sent;
}

std::size_t most_in_a_minute(const std::vector<PaceTime>& sent) {
  std::size_t most = 0;
  for (std::size_t first = 0, last = 0; last < sent.size(); ++last) {
    while (sent[first] + 60s <= sent[last]) ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

TEST(Budget, SpacesASlowPoolEvenly) {
  PoolState pool;
  const auto sent = send_all(Budget(24), pool, start, 11s);
  ASSERT_EQ(sent.size(), 5u);
  EXPECT_EQ(std::chrono::round<milliseconds>(sent[1] - sent[0]), 2521ms) << "60.5 s / 24";
}

TEST(Budget, NeverPassesItsCountInAnyMinuteAndUsesNearlyAllOfIt) {
  for (const int per_minute : {1, 2, 24, 59, 60, 119, 120, 480, 600, 1200, 6000, 60000}) {
    const Budget budget(per_minute);
    PoolState pool;
    auto sent = send_all(budget, pool, start, 30s);
    const auto later = send_all(budget, pool, start + 35s, 600s);  // idle in between: a burst may follow
    EXPECT_GE(static_cast<double>(later.size()), per_minute * 10 * 0.95) << per_minute;
    sent.insert(sent.end(), later.begin(), later.end());
    EXPECT_LE(most_in_a_minute(sent), static_cast<std::size_t>(per_minute)) << per_minute;
  }
}

TEST(Budget, LetsAShortBurstThroughAfterIdleTime) {
  const Budget budget(480);
  PoolState pool;
  int sent = 0;
  for (; budget.wait(pool, 1.0, start) == 0us; ++sent) budget.charge(pool, 1.0, start);
  EXPECT_EQ(sent, 8);
}

TEST(Budget, HalvesItsRateAndRecovers) {
  const Budget budget(60);
  PoolState pool;
  Budget::halve(pool, start);
  budget.charge(pool, 1.0, start);
  EXPECT_EQ(budget.wait(pool, 1.0, start), 2 * budget.space());
  EXPECT_EQ(budget.per_minute(pool, 1.0), 30);
  for (int i = 0; i < 61; ++i) budget.recover(pool);
  EXPECT_EQ(pool.rate, 1.0);
  for (int i = 0; i < 10; ++i) Budget::halve(pool, start);
  EXPECT_EQ(pool.rate, 1.0 / 16) << "never slower";
}

TEST(Budget, RecoversFromHalfInAMinuteAndAHalfOfGoodAnswers) {
  for (const int per_minute : {24, 480}) {
    const Budget budget(per_minute);
    PoolState pool;
    pool.rate = 0.5;
    PaceTime now = start;
    while (pool.rate < 1.0) {
      now += budget.wait(pool, 1.0, now);
      budget.charge(pool, 1.0, now);
      budget.recover(pool);
    }
    EXPECT_GT(now - start, 60s);
    EXPECT_LT(now - start, 100s);
  }
}

TEST(Budget, HalvesForWhoCannotShare) {
  const Budget budget(60);
  PoolState pool;
  budget.charge(pool, 0.5, start);
  EXPECT_EQ(budget.wait(pool, 0.5, start), 2 * budget.space());
  EXPECT_EQ(budget.per_minute(pool, 0.5), 30);
}

// Whatever several clients of one state do, no minute sees more than the largest of their budgets. With one budget, and
// always some work, it is nearly used up.
TEST(Budget, HoldsForSeveralClientsThatComeAndGo) {
  std::mt19937 random(7);
  const auto below = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
  for (int round = 0; round < 200; ++round) {
    const int per_minute = 1 + below(round % 2 == 0 ? 100 : 2000);
    const int clients = 2 + below(2);
    const bool mixed = below(3) == 0;
    std::vector<Budget> budgets;
    for (int i = 0; i < clients; ++i) budgets.emplace_back(mixed ? 1 + below(per_minute) : per_minute);
    PoolState pool;
    std::vector<PaceTime> sent;
    std::vector<PaceTime> ready(budgets.size(), start);  // each client's own time of waking
    const PaceTime end = start + 300s;
    for (;;) {
      const auto next = static_cast<std::size_t>(std::min_element(ready.begin(), ready.end()) - ready.begin());
      const PaceTime now = ready[next];
      if (now >= end) break;
      const auto wait = budgets[next].wait(pool, 1.0, now);
      if (wait > 0us) {
        ready[next] = now + wait + microseconds(below(3000));  // timers are late
        continue;
      }
      budgets[next].charge(pool, 1.0, now);
      sent.push_back(now);
      const int mood = below(50);
      if (mood == 0) Budget::halve(pool, now);
      if (mood > 0 && mood < 40) budgets[next].recover(pool);
      if (mood == 49) ready[next] = now + milliseconds(below(20000));  // nothing to do for a while
    }
    EXPECT_LE(most_in_a_minute(sent), static_cast<std::size_t>(per_minute)) << "round " << round;
  }
}

TEST(Budget, IsSharedWithoutLoss) {
  for (const int per_minute : {24, 60, 120, 480, 1200}) {
    const std::vector<Budget> budgets(3, Budget(per_minute));
    PoolState pool;
    std::vector<PaceTime> ready(budgets.size(), start), sent;
    std::mt19937 random(11);
    for (;;) {
      const auto next = static_cast<std::size_t>(std::min_element(ready.begin(), ready.end()) - ready.begin());
      const PaceTime now = ready[next];
      if (now >= start + 600s) break;
      const auto wait = budgets[next].wait(pool, 1.0, now);
      if (wait == 0us) {
        budgets[next].charge(pool, 1.0, now);
        sent.push_back(now);
      }
      ready[next] = now + wait + microseconds(random() % 2000);
    }
    EXPECT_LE(most_in_a_minute(sent), static_cast<std::size_t>(per_minute));
    EXPECT_GE(static_cast<double>(sent.size()), per_minute * 10 * 0.95) << per_minute;
  }
}

TEST(Budget, SurvivesAClockThatIsSetBack) {
  for (const int per_minute : {24, 480}) {
    const Budget budget(per_minute);
    PoolState pool;
    send_all(budget, pool, start, 60s);
    const PaceTime back = start - std::chrono::hours(3);
    EXPECT_GT(budget.wait(pool, 1.0, back), 50s) << "a minute's charges are not forgotten";
    EXPECT_LT(budget.wait(pool, 1.0, back), 70s) << "but it does not wait for three hours";
    const auto sent = send_all(budget, pool, back, 600s);
    EXPECT_GE(static_cast<double>(sent.size()), per_minute * 9 * 0.95);
    EXPECT_LE(most_in_a_minute(sent), static_cast<std::size_t>(per_minute));
  }
}

}  // namespace
}  // namespace waydiff::crawler
