#include <gmock/gmock.h>
#include <zstd.h>

#include <fstream>
#include <iterator>

#include "crawl_scene.hpp"
#include "storage/body_codec.hpp"
#include "storage/schema.hpp"

namespace waydiff::cli {
namespace {

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A store of an earlier form, written back to a file.
class KeptStore : public testing::TestWithParam<int> {
 protected:
  KeptStore() {
    const std::filesystem::path kept = std::filesystem::path(WAYDIFF_SOURCE_DIR) / "tests" / "cli" / "kept";
    const std::string frame = read(kept / ("version_" + std::to_string(GetParam()) + ".db.zst"));
    const auto bytes = storage::decompress(frame, ZSTD_getFrameContentSize(frame.data(), frame.size()));
    if (!bytes) ADD_FAILURE() << bytes.error().detail;
    if (bytes) std::ofstream(folder.path() / "kept.db", std::ios::binary) << *bytes;
  }

  /// What the demo's documents are told to have been, in the store of this name.
  std::vector<std::string> told(const std::string& store) const {
    std::vector<std::string> out;
    for (const char* const site : {"fotonest.example", "harbourpine.example", "pacebird.example"}) {
      out.push_back(waydiff(folder.path(), {"log", site, "--json", "--db", store}).out);
      out.push_back(waydiff(folder.path(), {"blame", site, "--json", "--db", store}).out);
    }
    return out;
  }

  ScratchFolder folder;
};

TEST_P(KeptStore, IsBroughtUpToDateAndTellsWhatOneMadeTodayTells) {
  std::filesystem::create_directories(folder.path() / "config" / "demo");
  for (const char* const name : {"demo.toml", "demo.warc.gz"}) {
    std::filesystem::copy_file(std::filesystem::path(WAYDIFF_SOURCE_DIR) / "config" / "demo" / name,
                               folder.path() / "config" / "demo" / name);
  }
  ASSERT_EQ(waydiff(folder.path(), {"run", "--config", "config/demo/demo.toml"}).status, 0);

  const Ended verified = waydiff(folder.path(), {"verify", "--db", "kept.db"});
  EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
  const Ended processed = waydiff(folder.path(), {"process", "--db", "kept.db"});
  EXPECT_EQ(processed.status, 0) << processed.err;
  EXPECT_EQ(told("kept.db"), told("demo-out/demo.db"));
  EXPECT_EQ(waydiff(folder.path(), {"verify", "--db", "kept.db"}).status, 0);
  // What the program of that time made of it is not lost, where it was another generation.
  const Ended generations = waydiff(folder.path(), {"generations", "--db", "kept.db", "--json"});
  EXPECT_EQ(lines_of(generations).size(), GetParam() < 4 ? 2u : 1u) << generations.out;
}

INSTANTIATE_TEST_SUITE_P(Versions, KeptStore, testing::Range(1, static_cast<int>(storage::migrations().size())));

}  // namespace
}  // namespace waydiff::cli
