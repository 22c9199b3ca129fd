#include <gmock/gmock.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>

#include "soak/care.hpp"
#include "soak/child.hpp"
#include "soak/trial.hpp"

namespace waydiff::soak {
namespace {

/// Not of another run of the tests at the same time.
std::filesystem::path own_folder(const std::string& name) {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("waydiff-" + name + "-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  return folder;
}

/// A few seeds of those that scripts/soak goes through by the hundred.
class Soak : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Soak, EndsWithTheStoreOfAnUndisturbedRunHoweverOftenItIsKilled) {
  const std::filesystem::path folder = own_folder("soak-test-" + std::to_string(GetParam()));
  const Trial trial = attempt(GetParam(), folder);
  for (const std::string& problem : trial.problems) ADD_FAILURE() << "seed " << trial.seed << ": " << problem;
  EXPECT_GT(trial.kills, 0u);
  EXPECT_FALSE(trial.faults.empty());
  if (trial.problems.empty()) std::filesystem::remove_all(folder);
}

/// And one of what is done with whole stores.
class SoakOfCare : public testing::TestWithParam<std::uint64_t> {};

TEST_P(SoakOfCare, LeavesTheOldOrTheNewStoreHoweverOftenItIsKilled) {
  const std::filesystem::path folder = own_folder("care-test-" + std::to_string(GetParam()));
  const Care care = take_care(GetParam(), folder);
  for (const std::string& problem : care.problems) ADD_FAILURE() << "seed " << care.seed << ": " << problem;
  EXPECT_GT(care.kills, 0u);
  EXPECT_GT(care.full_disks, 0u);
  if (care.problems.empty()) std::filesystem::remove_all(folder);
}

TEST(AFullDisk, IsToldAsSuchAndTheNextRunGoesOn) {
  const std::filesystem::path folder = own_folder("full-disk-test");
  std::filesystem::create_directories(folder / "texts/Acme/Terms");
  std::ofstream(folder / "texts/Acme/Terms/20180101000000.md") << "# Terms\n\nYou agree to these terms.\n";
  const auto run = [&](const std::string& name, const std::vector<std::string>& arguments,
                       std::optional<long long> disk) {
    Child child(folder, name, arguments, disk);
    const auto status = child.wait_until(std::chrono::steady_clock::now() + std::chrono::seconds(60));
    return std::pair(status.value_or(-1000), child.err());
  };
  const auto [status, said] = run("full", {"import", "texts", "--db", "store.db"}, 250'000);
  EXPECT_EQ(status, 5) << said;
  EXPECT_THAT(said, testing::HasSubstr("full"));
  EXPECT_EQ(run("again", {"import", "texts", "--db", "store.db"}, {}).first, 0);
  EXPECT_EQ(run("verify", {"verify", "--db", "store.db"}, {}).first, 0);
  std::filesystem::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Soak, testing::Values(1u, 2u, 3u, 4u));
INSTANTIATE_TEST_SUITE_P(Seeds, SoakOfCare, testing::Values(3u));

}  // namespace
}  // namespace waydiff::soak
