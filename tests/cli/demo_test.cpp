#include <gmock/gmock.h>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

const std::filesystem::path demo = std::filesystem::path(WAYDIFF_SOURCE_DIR) / "config" / "demo";

TEST(Demo, RunsWithoutANetworkAndFindsTheTextThatCameBack) {
  const ScratchFolder folder;
  std::filesystem::create_directories(folder.path() / "config" / "demo");
  for (const char* name : {"demo.toml", "demo.warc.gz"}) {
    std::filesystem::copy_file(demo / name, folder.path() / "config" / "demo" / name);
  }
  const Ended ended = waydiff(folder.path(), {"run", "--config", "config/demo/demo.toml", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  for (std::size_t target = 0; target < 3; ++target) {
    EXPECT_GT(count(receipt_of(ended, target), "listed"), 0);
    EXPECT_GT(count(receipt_of(ended, target), "transitions"), 0);
  }
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "demo-out" / "report" / "index.html"));

  int returned = 0;
  for (const char* target : {"1", "2", "3"}) {
    for (const auto& line : lines_of(waydiff(folder.path(), {"log", target, "--json", "--db", "demo-out/demo.db"}))) {
      returned += line.at("kind").as_string() == "returned";
    }
  }
  EXPECT_GE(returned, 1);
}

}  // namespace
}  // namespace waydiff::cli
