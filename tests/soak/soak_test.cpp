#include <gtest/gtest.h>

#include <filesystem>

#include "soak/trial.hpp"

namespace waydiff::soak {
namespace {

/// A few seeds of those that scripts/soak goes through by the hundred.
class Soak : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Soak, EndsWithTheStoreOfAnUndisturbedRunHoweverOftenItIsKilled) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("waydiff-soak-test-" + std::to_string(GetParam()));
  std::filesystem::remove_all(folder);
  const Trial trial = attempt(GetParam(), folder);
  for (const std::string& problem : trial.problems) ADD_FAILURE() << "seed " << trial.seed << ": " << problem;
  EXPECT_GT(trial.kills, 0u);
  EXPECT_FALSE(trial.faults.empty());
  if (trial.problems.empty()) std::filesystem::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Soak, testing::Values(1u, 2u, 3u, 4u));

}  // namespace
}  // namespace waydiff::soak
