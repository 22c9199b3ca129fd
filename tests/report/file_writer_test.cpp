#include "report/file_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace waydiff::report {
namespace {

class FileWriter : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              (std::string("waydiff_writer_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

TEST_F(FileWriter, WritesAndLeavesNoTemporaryFile) {
  EXPECT_EQ(write_if_changed(folder_ / "a.html", "bytes"), true);
  std::ifstream in(folder_ / "a.html");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "bytes");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(FileWriter, LeavesAFileWithTheSameBytesAlone) {
  ASSERT_EQ(write_if_changed(folder_ / "a.html", "bytes"), true);
  const auto long_ago = std::filesystem::file_time_type() + std::chrono::hours(1);
  std::filesystem::last_write_time(folder_ / "a.html", long_ago);
  EXPECT_EQ(write_if_changed(folder_ / "a.html", "bytes"), false);
  EXPECT_EQ(std::filesystem::last_write_time(folder_ / "a.html"), long_ago);
  EXPECT_EQ(write_if_changed(folder_ / "a.html", "other"), true);
}

TEST_F(FileWriter, NamesTheFileThatCannotBeWritten) {
  const auto missing = write_if_changed(folder_ / "missing" / "a.html", "bytes");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, core::Errc::io);
  EXPECT_THAT(missing.error().detail, testing::HasSubstr("missing/a.html"));

  std::filesystem::create_directories(folder_ / "b.html" / "full");
  const auto blocked = write_if_changed(folder_ / "b.html", "bytes");
  ASSERT_FALSE(blocked);
  EXPECT_THAT(blocked.error().detail, testing::HasSubstr("b.html"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "b.html.tmp"));
}

}  // namespace
}  // namespace waydiff::report
