#include "crawler/budget.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace waydiff::crawler {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Time = Budget::Clock::time_point;

/// Sends as fast as the budget lets it, for `span`, from `start`.
std::vector<Time> send_all(Budget& budget, Time start, seconds span) {
  std::vector<Time> sent;
  for (Time now = start; now < start + span; now += budget.wait(now)) {
    if (budget.wait(now) > Budget::Clock::duration::zero()) continue;
    budget.charge(now);
    sent.push_back(now);
  }
  return sent;
}

std::size_t most_in_a_minute(const std::vector<Time>& sent) {
  std::size_t most = 0;
  for (std::size_t first = 0, last = 0; last < sent.size(); ++last) {
    while (sent[first] + seconds(60) <= sent[last]) ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

const Time start = Time{} + seconds(1000000);

TEST(Budget, SpacesASlowPoolEvenly) {
  Budget budget(24);
  const auto sent = send_all(budget, start, seconds(11));
  ASSERT_EQ(sent.size(), 5u);
  EXPECT_EQ(sent[1] - sent[0], milliseconds(2500));
}

TEST(Budget, NeverPassesItsCountInAnyMinute) {
  for (const int per_minute : {1, 24, 480, 600}) {
    Budget budget(per_minute);
    auto sent = send_all(budget, start, seconds(30));
    const auto later = send_all(budget, start + seconds(35), seconds(180));  // idle in between: a burst may follow
    sent.insert(sent.end(), later.begin(), later.end());
    EXPECT_LE(most_in_a_minute(sent), static_cast<std::size_t>(per_minute));
    EXPECT_GE(sent.size(), static_cast<std::size_t>(per_minute) * 3) << "nearly all of it is used";
  }
}

TEST(Budget, LetsAShortBurstThroughAfterIdleTime) {
  Budget budget(480);
  int sent = 0;
  for (; budget.wait(start) == Budget::Clock::duration::zero(); ++sent) budget.charge(start);
  EXPECT_EQ(sent, 8);
}

TEST(Budget, SlowsDownAndRecovers) {
  Budget budget(60);
  budget.slow_down();
  budget.charge(start);
  EXPECT_EQ(budget.wait(start), seconds(2));
  for (int i = 0; i < 100; ++i) budget.recover();
  budget.charge(start + seconds(10));
  EXPECT_EQ(budget.wait(start + seconds(10)), seconds(1));
}

}  // namespace
}  // namespace waydiff::crawler
