#include "pipeline/allowance.hpp"

#include <gtest/gtest.h>

namespace waydiff::pipeline {
namespace {

using Clock = Allowance::Clock;
constexpr Clock::time_point start{};

TEST(Allowance, HasNoLimitOfItsOwn) {
  Allowance allowance(0, std::chrono::minutes(0), start);
  EXPECT_TRUE(allowance.take(1000000, start + std::chrono::hours(1000)));
  EXPECT_FALSE(allowance.refused());
}

TEST(Allowance, CountsCallsUnderWayAsOneRequestEach) {
  Allowance allowance(3, std::chrono::minutes(0), start);
  EXPECT_TRUE(allowance.take(0, start));
  EXPECT_TRUE(allowance.take(0, start));
  EXPECT_TRUE(allowance.take(0, start));
  EXPECT_FALSE(allowance.take(0, start));
  EXPECT_TRUE(allowance.refused());
}

TEST(Allowance, CountsWhatWasReallySent) {
  Allowance allowance(3, std::chrono::minutes(0), start);
  ASSERT_TRUE(allowance.take(0, start));
  allowance.ended();
  EXPECT_EQ(allowance.left(2), 1u);  // it was tried twice
  EXPECT_TRUE(allowance.take(2, start));
  allowance.ended();
  EXPECT_FALSE(allowance.take(3, start));
}

TEST(Allowance, EndsWithItsTime) {
  Allowance allowance(0, std::chrono::minutes(2), start);
  EXPECT_TRUE(allowance.take(0, start + std::chrono::seconds(119)));
  EXPECT_FALSE(allowance.take(0, start + std::chrono::seconds(120)));
  EXPECT_TRUE(allowance.refused());
}

}  // namespace
}  // namespace waydiff::pipeline
