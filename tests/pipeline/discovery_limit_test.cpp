#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "pipeline/crawl.hpp"
#include "support/fake_archive.hpp"

namespace waydiff::pipeline {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class Listener : public Observer {
 public:
  void warning(const std::string& text) override { warnings.push_back(text); }
  void detail(const std::string&) override {}
  void progress(const std::string&, std::size_t, std::size_t) override {}
  std::vector<std::string> warnings;
};

/// A site whose privacy policy has to be found from four home pages.
class DiscoveryLimit : public testing::Test {
 protected:
  DiscoveryLimit() {
    std::string pattern = (std::filesystem::temp_directory_path() / "waydiff-limit-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    for (const char* year : {"2005", "2008", "2012", "2014"}) {
      archive.add({.timestamp = std::string(year) + "0301120000",
                   .original = "https://shop.example/",
                   .body = "<html><body><p>Everything for house and garden.</p><footer><a href=\"/privacy\">Privacy "
                           "Policy</a></footer><!-- " +
                           std::string(year) + " --></body></html>"});
    }
    archive.add({.timestamp = "20120101120000", .original = "https://shop.example/privacy", .body = "<p>Privacy</p>"});
    config.host_state = folder / "hosts.db";
    config::ArchiveConfig fake;
    fake.name = "fake";
    fake.index = archive.index();
    fake.playback = archive.playback();
    fake.index_per_minute = 6000;
    fake.playback_per_minute = 60000;
    config.archives = {fake};
    config::TargetConfig target;
    target.site = "shop.example";
    target.archives = {"fake"};
    config.targets = {target};
  }
  ~DiscoveryLimit() override { std::filesystem::remove_all(folder); }

  CrawlSummary crawled(const CrawlOptions& options) {
    listener.warnings.clear();
    auto store = storage::Store::open(folder / "store.db", storage::Mode::write);
    EXPECT_TRUE(store);
    auto summary = crawl(config, *store, listener, options);
    EXPECT_TRUE(summary) << summary.error().detail;
    return *summary;
  }

  std::filesystem::path folder;
  test::FakeArchive archive;
  config::Config config;
  Listener listener;
};

TEST_F(DiscoveryLimit, OfTimeEndsTheLookAndTheNextRunGoesOn) {
  CrawlOptions options;
  options.max_minutes = 1min;
  auto time = std::chrono::steady_clock::time_point{};
  options.timer = [&time] { return time += 20s; };
  const CrawlSummary first = crawled(options);
  EXPECT_TRUE(first.limited);
  EXPECT_EQ(archive.requests().size(), 2u) << "the index, and a home page; then a minute is over";
  EXPECT_THAT(listener.warnings, Contains(HasSubstr("the limit of this run ended the look through its home pages")));
  EXPECT_TRUE(first.targets.empty()) << "half a look names no document";

  const CrawlSummary second = crawled({});
  EXPECT_FALSE(second.limited);
  EXPECT_THAT(listener.warnings, Not(Contains(HasSubstr("home page"))));
  EXPECT_EQ(second.targets.size(), 1u);
  // Its three home pages, then the listing and the capture of the policy.
  EXPECT_EQ(archive.requests().size(), 2u + 3u + 2u);
}

TEST_F(DiscoveryLimit, LeavesWhatAnEarlierLookFound) {
  ASSERT_FALSE(crawled({}).limited);
  archive.add({.timestamp = "20160301120000", .original = "https://shop.example/", .body = "<p>Closed.</p>"});
  CrawlOptions later;
  later.now = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + 24h * 40; };
  later.max_requests = 1;
  EXPECT_TRUE(crawled(later).limited);
  EXPECT_THAT(listener.warnings, Not(Contains(HasSubstr("home page"))));
}

}  // namespace
}  // namespace waydiff::pipeline
