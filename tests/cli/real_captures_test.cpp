#include <gmock/gmock.h>

#include <boost/json/parse.hpp>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

const std::filesystem::path corpus = std::filesystem::path(WAYDIFF_SHARED_DIR) / "corpus";

void replace(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

/// Follows what tests/cli/real/NAME.toml follows, out of the corpus of that name, into the test's own folder.
Ended run_corpus(const ScratchFolder& folder, const std::string& name) {
  const auto configuration = std::filesystem::path(WAYDIFF_SOURCE_DIR) / "tests" / "cli" / "real" / (name + ".toml");
  std::string text = bytes_of(configuration);
  replace(text, "../../../../shared/corpus", corpus.lexically_normal().string());
  replace(text, "../../../build/" + name, "out");
  folder.write("waydiff.toml", text);
  return waydiff(folder.path(), {"run", "--json"});
}

/// The receipts, by address, each checked to add up.
std::map<std::string, boost::json::object> receipts_of(const Ended& ended) {
  std::map<std::string, boost::json::object> receipts;
  const std::size_t targets = boost::json::parse(ended.out).as_array().size();
  for (std::size_t n = 0; n < targets; ++n) {
    boost::json::object receipt = receipt_of(ended, n);
    receipts[std::string(receipt.at("url").as_string())] = receipt;
  }
  return receipts;
}

TEST(RealCaptures, OfLongHistoriesAreAllAccountedFor) {
  if (!std::filesystem::exists(corpus / "history")) GTEST_SKIP() << (corpus / "history") << " is not there";
  const ScratchFolder folder;
  const Ended ended = run_corpus(folder, "history");
  ASSERT_EQ(ended.status, 0) << ended.err;
  for (const auto& [url, receipt] : receipts_of(ended)) {
    EXPECT_GT(count(receipt, "listed"), 0) << url;
    EXPECT_EQ(count(receipt, "failed"), 0) << url;
    EXPECT_EQ(count(receipt, "pending"), 0) << url;
    EXPECT_GT(count(receipt, "states"), 0) << url;
    const auto bodies = count(receipt, "fetched") + count(receipt, "duplicate") + count(receipt, "revisit");
    EXPECT_LE(count(receipt, "states"), bodies - count(receipt, "quarantined")) << url;
    EXPECT_LE(count(receipt, "transitions"), bodies - count(receipt, "quarantined") - 1) << url;
  }
  EXPECT_EQ(waydiff(folder.path(), {"verify"}).status, 0);
}

TEST(RealCaptures, ThatAreAwkwardAreAllAccountedFor) {
  if (!std::filesystem::exists(corpus / "edge")) GTEST_SKIP() << (corpus / "edge") << " is not there";
  const ScratchFolder folder;
  const Ended ended = run_corpus(folder, "edge");
  EXPECT_GE(ended.status, 0) << ended.err;
  EXPECT_TRUE(ended.status == 0 || ended.status == 3) << ended.status << ended.err;
  for (const auto& [url, receipt] : receipts_of(ended)) EXPECT_EQ(count(receipt, "pending"), 0) << url;
  EXPECT_EQ(waydiff(folder.path(), {"verify"}).status, 0);
}

}  // namespace
}  // namespace waydiff::cli
