// Pairs of texts and what is reported of them: tests/golden/diff/CASE/{before.md, after.md, wanted.txt}.
// UPDATE_GOLDEN=1 rewrites the wanted texts; read what git says then.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "documents.hpp"
#include "extract/extract.hpp"

namespace waydiff::diff {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> cases() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(WAYDIFF_SOURCE_DIR "/tests/golden/diff")) {
    if (entry.is_directory()) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

class DiffGolden : public testing::TestWithParam<fs::path> {};

TEST_P(DiffGolden, ReportsWhatIsWanted) {
  const fs::path& folder = GetParam();
  const auto before = clauses(extract::read_markdown(read(folder / "before.md")));
  const auto after = clauses(extract::read_markdown(read(folder / "after.md")));
  const std::string report = shown(compare(before, after));
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(folder / "wanted.txt", std::ios::binary) << report;
  EXPECT_EQ(report, read(folder / "wanted.txt"));
}

INSTANTIATE_TEST_SUITE_P(Cases, DiffGolden, testing::ValuesIn(cases()), [](const auto& test) {
  std::string name = test.param.filename().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace waydiff::diff
