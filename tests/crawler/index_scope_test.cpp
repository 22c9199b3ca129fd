#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/key_range.hpp"
#include "crawler/replay_address.hpp"
#include "crawler/time_window.hpp"

namespace waydiff::crawler {
namespace {

bool means(const char* url, Match match, const char* key) {
  return key_range(url, match).holds(key);
}

TEST(KeyRange, IsOneKeyForAnExactQuery) {
  EXPECT_TRUE(means("http://www.Example.com:80/A/", Match::exact, "com,example)/a"));
  EXPECT_FALSE(means("http://example.com/a", Match::exact, "com,example)/a?x"));
  EXPECT_FALSE(means("http://example.com/a", Match::exact, "com,example)/ab"));
}

TEST(KeyRange, KeepsTheSlashOfAPrefix) {
  EXPECT_TRUE(means("example.com/pri", Match::prefix, "com,example)/private"));
  EXPECT_TRUE(means("example.com/a/", Match::prefix, "com,example)/a/b"));
  EXPECT_FALSE(means("example.com/a/", Match::prefix, "com,example)/a"));
  EXPECT_FALSE(means("example.com/a/", Match::prefix, "com,example)/about"));
  EXPECT_TRUE(means("example.com/", Match::prefix, "com,example)/anything"));
}

TEST(KeyRange, KnowsHostsAndDomains) {
  EXPECT_TRUE(means("example.com/x", Match::host, "com,example)/"));
  EXPECT_FALSE(means("example.com", Match::host, "com,example,shop)/"));
  EXPECT_TRUE(means("example.com", Match::domain, "com,example,shop)/a"));
  EXPECT_FALSE(means("example.com", Match::domain, "com,example:8080)/"));
  EXPECT_FALSE(means("example.com", Match::domain, "com,examples)/"));
}

TEST(ReplayAddress, IsReadInEveryShape) {
  const char* const playback = "https://web.archive.org/web";
  for (const char* address :
       {"https://web.archive.org/web/20180102030405id_/http://e.com/a?b=1", "/web/20180102030405/http://e.com/a?b=1",
        "//web.archive.org/web/20180102030405if_/http://e.com/a?b=1",
        "http://web.archive.org:80/web/20180102030405id_/http%3A//e.com/a%3Fb=1",
        "/web/20180102030405id_/http:/e.com/a?b=1", "/web/20180102030405id_/e.com/a?b=1"}) {
    const auto read = replay_address(address, playback);
    EXPECT_EQ(read.timestamp, "20180102030405") << address;
    EXPECT_EQ(read.original, "http://e.com/a?b=1") << address;
  }
}

TEST(ReplayAddress, IsNoneThatLeadsOffTheArchive) {
  const char* const playback = "https://web.archive.org/web";
  for (const char* address :
       {"https://example.com/new", "https://evil.example/web/20180102030405id_/http://e.com/", "/privacy", "new.html",
        "https://archive.org/offline", "", "/2018/terms", "/terms/20180102/of-use", "/save/http://e.com/",
        "https://web.archive.org.evil.example/web/2018/http://e.com"}) {
    EXPECT_EQ(replay_address(address, playback).original, "") << address;
  }
}

TEST(ReplayAddress, UnderstandsOtherTreesAndTemplates) {
  EXPECT_EQ(replay_address("/wayback/20180102030405/http://e.com/", "https://arquivo.pt/noFrame/replay").original,
            "http://e.com/");
  const char* const filled = "https://h.example/c/{timestamp}mp_/{url}";
  EXPECT_EQ(replay_address("/c/20180102030405mp_/http://e.com/", filled).timestamp, "20180102030405");
  EXPECT_EQ(core::playback_url(filled, "20180102030405", "http://e.com/a b"),
            "https://h.example/c/20180102030405mp_/http://e.com/a%20b");
}

TEST(TimeWindow, IsHalvedDownToASecond) {
  const auto now = core::Timestamp::parse("20200101000000").value();
  TimeWindow window = window_of({"u", "2004", "2004"}, now);
  EXPECT_EQ(window.from.digits(), "20040101000000");
  EXPECT_EQ(window.to.digits(), "20041231235959");
  int steps = 0;
  while (const auto both = halves(window)) {
    EXPECT_EQ(both->first.to.time() + std::chrono::seconds(1), both->second.from.time());
    window = steps++ % 2 == 0 ? both->first : both->second;
  }
  EXPECT_LE(steps, 26);
  EXPECT_EQ(window_of({"u", "", ""}, now).to.digits(), "20200102000000");
}

}  // namespace
}  // namespace waydiff::crawler
