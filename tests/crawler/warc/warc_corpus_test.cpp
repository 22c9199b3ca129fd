#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "core/digest.hpp"
#include "core/url.hpp"
#include "recorded.hpp"

namespace waydiff::crawler {
namespace {

using recorded::listed;
using recorded::run;
namespace json = boost::json;

const std::filesystem::path corpus = std::filesystem::path(WAYDIFF_SHARED_DIR) / "corpus";

std::string read_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

TEST(WarcCorpus, ListsAndPlaysEveryCaptureOfTheHistories) {
  const auto folder = corpus / "history";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
  const auto archive = open_warc_archive(
      {.name = "history",
       .files = {folder / "demo.warc.gz", folder / "dating.warc.gz", folder / "demo.cdxj", folder / "dating.cdxj"}});
  const json::value manifest = json::parse(read_file(folder / "manifest.json"));
  std::size_t captures = 0;
  std::map<std::string, std::set<std::string>> wanted;  // urlkey to "timestamp digest"
  for (const json::value& document : manifest.at("documents").as_array()) {
    const std::string url(document.at("url").as_string());
    const Listing listing = listed(*archive, url);
    EXPECT_TRUE(listing.complete);
    EXPECT_THAT(listing.warnings, testing::IsEmpty());
    EXPECT_EQ(listing.rows, listing.captures.size());
    std::map<std::string, core::Capture> by_time;
    for (const core::Capture& capture : listing.captures) by_time.emplace(capture.raw_timestamp, capture);
    for (const json::value& row : document.at("captures").as_array()) {
      const std::string timestamp(row.at("timestamp").as_string());
      const std::string digest(row.at("digest").as_string());
      ASSERT_TRUE(by_time.contains(timestamp)) << url << " " << timestamp;
      const core::Capture& capture = by_time.at(timestamp);
      EXPECT_EQ(capture.digest, digest);
      EXPECT_EQ(capture.offset, row.at("offset").as_int64());
      EXPECT_EQ(capture.length, row.at("length").as_int64());
      EXPECT_EQ(capture.is_revisit(), row.at("record").as_string() == "revisit");
      const auto playback = run(archive->play(capture));
      ASSERT_TRUE(playback) << playback.error().detail;
      EXPECT_EQ(playback->status, 200);
      EXPECT_EQ(playback->digest_check, DigestCheck::verified);
      EXPECT_EQ(core::sha1_base32(playback->body), digest);
      EXPECT_EQ(playback->from_revisit, capture.is_revisit());
      EXPECT_THAT(playback->notes, testing::IsEmpty());
      ++captures;
    }
    EXPECT_EQ(listing.captures.size(), document.at("captures").as_array().size()) << url;
  }
  EXPECT_EQ(captures, 241u);
}

/// What playing each awkward capture gives: status, or the error; then what is worth telling.
std::string outcome(Archive& archive, const core::Capture& capture) {
  const auto playback = run(archive.play(capture));
  if (!playback) return std::string(core::name(playback.error().code));
  std::string text = std::to_string(playback->status) + " " + std::string(name(playback->digest_check));
  if (!playback->location.empty()) text += " to " + playback->location;
  if (playback->from_revisit) text += " revisit";
  if (!playback->cut_short.empty()) text += " cut short: " + playback->cut_short;
  for (const std::string& note : playback->notes) text += "; " + note;
  return text;
}

TEST(WarcCorpus, MakesSenseOfTheAwkwardCaptures) {
  const auto folder = corpus / "edge";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
  const auto archive = open_warc_archive({.name = "edge", .files = {folder / "edge.warc.gz", folder / "edge.cdxj"}});
  const std::map<std::string, std::string> special = {
      {"http://example.com/terms 20200101000000", "301 verified to https://www.example.com/terms"},
      {"https://www.example.com/moved-relative 20200301120100", "302 verified to https://www.example.com/legal/terms"},
      {"https://www.example.com/gone 20190101000000", "404 verified"},
      {"https://www.example.com/gone 20210101000000", "410 verified"},
      {"https://www.example.com/busy 20190501000000", "429 verified"},
      {"https://www.example.com/down 20190501000001", "503 verified"},
      {"https://www.example.com/copy 20200901000000", "200 verified revisit"},
      {"https://www.example.com/lost 20200901000001", "unplayable"},
      {"https://www.example.com/unplayable 20050101000002", "unplayable"},
      {"https://www.example.com/monthly 20000008241731", "unplayable"},
      {"https://www.example.com/cut-short 20200801000007", "200 verified cut short: "},
  };
  std::istringstream cases(read_file(folder / "cases.tsv"));
  std::size_t seen = 0;
  for (std::string line; std::getline(cases, line);) {
    if (line.starts_with('#')) continue;
    const std::string url = line.substr(0, line.find('\t'));
    const std::string timestamp = line.substr(url.size() + 1, 14);
    const Listing listing = listed(*archive, url);
    if (url.starts_with("mailto:") || url.starts_with("http://data:")) {
      EXPECT_THAT(listing.captures, testing::IsEmpty()) << url;
      EXPECT_THAT(listing.dropped, testing::ElementsAre(testing::Pair("not_http", 1u))) << url;
      continue;
    }
    const auto capture = std::ranges::find_if(
        listing.captures, [&](const core::Capture& c) { return c.raw_timestamp == timestamp && c.original == url; });
    ASSERT_NE(capture, listing.captures.end()) << line;
    const std::string got = outcome(*archive, *capture);
    const auto known = special.find(url + " " + timestamp);
    const bool redirect = line.find("redirect") != std::string::npos || line.find("link ") != std::string::npos;
    if (known != special.end()) {
      EXPECT_THAT(got, testing::StartsWith(known->second)) << line;
    } else if (redirect && line.find("target") == std::string::npos) {
      EXPECT_THAT(got, testing::StartsWith("30")) << line;
    } else {
      EXPECT_EQ(got, "200 verified") << line;
    }
    ++seen;
  }
  EXPECT_GT(seen, 50u);

  const Listing monthly = listed(*archive, "http://example.com/monthly");
  EXPECT_EQ(monthly.captures.size(), 241u);
  EXPECT_EQ(monthly.captures.front().timestamp.digits(), "20000824173100");
  for (const core::Capture& capture : monthly.captures) {
    if (capture.raw_timestamp.starts_with("20000008")) continue;
    EXPECT_THAT(outcome(*archive, capture), testing::StartsWith("200 verified")) << capture.raw_timestamp;
  }
  EXPECT_THAT(recorded::shown(listed(*archive, "www.example.com/twins")),
              testing::ElementsAre("20200701000000 http://www.example.com/twins",
                                   "20200701000000 https://www.example.com/twins",
                                   "20200702000000 https://www.example.com/twins"));
}

}  // namespace
}  // namespace waydiff::crawler
