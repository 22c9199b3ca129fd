#include "diff/alignment.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace waydiff::diff {
namespace {

std::string common(std::string_view before, std::string_view after) {
  std::vector<std::uint32_t> a(before.begin(), before.end()), b(after.begin(), after.end());
  const std::vector<double> weights(256, 1.0);
  std::string out;
  for (const Link& link : common_subsequence(a, b, weights)) out += before[link.before];
  return out;
}

TEST(CommonSubsequence, KeepsWhatBothHaveInOrder) {
  EXPECT_EQ(common("abcd", "abxcd"), "abcd");
  EXPECT_EQ(common("abcdef", "bcdefa"), "bcdef");
  EXPECT_EQ(common("aabbaabb", "abab"), "abab");
  EXPECT_EQ(common("abc", "xyz"), "");
  EXPECT_EQ(common("", "a"), "");
}

TEST(CommonSubsequence, IsValidForAnyInput) {
  std::mt19937 engine(7);
  const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
  for (int round = 0; round < 300; ++round) {
    const std::uint32_t letters = 1 + random() % 30;
    std::vector<std::uint32_t> a(random() % 1500), b(random() % 1500);
    for (auto& id : a) id = random() % letters;
    for (auto& id : b) id = random() % letters;
    const std::vector<double> weights(letters, 1.0);
    const std::vector<Link> links = common_subsequence(a, b, weights);
    for (std::size_t k = 0; k < links.size(); ++k) {
      ASSERT_EQ(a[links[k].before], b[links[k].after]);
      if (k > 0) {
        ASSERT_LT(links[k - 1].before, links[k].before);
        ASSERT_LT(links[k - 1].after, links[k].after);
      }
    }
  }
}

TEST(InOrder, PrefersTheHeavierChain) {
  EXPECT_EQ(in_order({{0, 2, 1.0}, {1, 0, 5.0}, {2, 1, 1.0}}), (std::vector<std::size_t>{1, 2}));
  EXPECT_EQ(in_order({{0, 2, 9.0}, {1, 0, 5.0}, {2, 1, 1.0}}), (std::vector<std::size_t>{0}));
  EXPECT_TRUE(in_order({}).empty());
}

}  // namespace
}  // namespace waydiff::diff
