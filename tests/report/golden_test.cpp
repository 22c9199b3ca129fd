// A whole small report as a reader of the Markdown file gets it. UPDATE_GOLDEN=1 rewrites the file.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "report/markdown_report.hpp"
#include "sample.hpp"

namespace waydiff::report {
namespace {

TEST(Golden, SmallReport) {
  const std::filesystem::path file = std::filesystem::path(WAYDIFF_SOURCE_DIR) / "tests/report/golden/small_report.md";
  const std::string got = target_markdown(page_view(sample::dossier(), "paper.example-privacy-policy"));
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(file, std::ios::binary) << got;
  std::ifstream in(file, std::ios::binary);
  ASSERT_TRUE(in) << file;
  EXPECT_EQ(got, std::string(std::istreambuf_iterator<char>(in), {}));
}

}  // namespace
}  // namespace waydiff::report
