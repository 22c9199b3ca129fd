#include "crawler/common_crawl.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace waydiff::crawler {
namespace {

using core::Errc;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string asked = "https://index.commoncrawl.org/collinfo.json";

std::string crawl(const std::string& id, const std::string& rest = "") {
  return R"({"id": ")" + id + R"(", "cdx-api": "https://index.commoncrawl.org/)" + id + "-index\"" + rest + "}";
}

const std::string list =
    "[" + crawl("CC-MAIN-2025-33", R"(, "from": "2025-08-02T22:09:12", "to": "2025-08-17T05:36:10")") + "," +
    crawl("CC-MAIN-2013-20") + "," + crawl("CC-MAIN-2009-2010") + "," + crawl("CC-NEWS") + "]";

std::vector<std::string> names(const ListQuery& query) {
  std::vector<std::string> ids;
  for (const CrawlIndex& one : crawls_of(parse_crawls(list, asked).value(), query)) ids.push_back(one.id);
  return ids;
}

TEST(CrawlsOf, AreThoseOfTheRange) {
  EXPECT_THAT(names({"u", "", ""}), ElementsAre("CC-NEWS", "CC-MAIN-2009-2010", "CC-MAIN-2013-20", "CC-MAIN-2025-33"));
  EXPECT_THAT(names({"u", "2012", "2014"}), ElementsAre("CC-NEWS", "CC-MAIN-2013-20"));
  EXPECT_THAT(names({"u", "201001", "201002"}), ElementsAre("CC-NEWS", "CC-MAIN-2009-2010"));
  EXPECT_THAT(names({"u", "20250818", ""}), ElementsAre("CC-NEWS", "CC-MAIN-2025-33")) << "a day of margin";
  EXPECT_THAT(names({"u", "20250819", ""}), ElementsAre("CC-NEWS"));
}

TEST(ParseCrawls, RefusesWhatIsNoListOrLeadsAway) {
  for (const std::string& body : {std::string("<html>"), std::string("[]"), std::string("{}"), list.substr(0, 90),
                                  std::string(R"([{"id": "x", "cdx-api": "https://evil.example/x-index"}])")}) {
    const auto crawls = parse_crawls(body, asked);
    ASSERT_FALSE(crawls) << body;
    EXPECT_EQ(crawls.error().code, Errc::bad_cdx);
  }
}

core::Capture capture() {
  core::Capture out;
  out.raw_timestamp = "20250802232428";
  out.timestamp = core::Timestamp::parse(out.raw_timestamp).value();
  out.original = "http://www.example.com/";
  out.file = "crawl-data/x.warc.gz";
  out.offset = 1000;
  out.length = 50;
  return out;
}

TEST(RecordRequest, AsksForTheBytesOfOneRecord) {
  const auto request = record_request("https://data.commoncrawl.org/", capture(), {}).value();
  EXPECT_EQ(request.url, "https://data.commoncrawl.org/crawl-data/x.warc.gz");
  EXPECT_EQ(request.range, "1000-1049");
  EXPECT_EQ(request.max_bytes, 50u);
}

TEST(RecordRequest, NeedsToKnowThePlace) {
  core::Capture lost = capture();
  lost.offset = -1;
  EXPECT_EQ(record_request("https://d", lost, {}).error().code, Errc::unplayable);
  BodyLimits small;
  small.max_body = 10;
  EXPECT_EQ(record_request("https://d", capture(), small).error().code, Errc::too_large);
}

TEST(ReadRecordAnswer, TellsRefusalsApart) {
  const auto code = [](int status, std::string body) {
    return read_record_answer(capture(), {status, {}, std::move(body)}, {}).error().code;
  };
  EXPECT_EQ(code(404, "<Code>NoSuchKey</Code>"), Errc::unplayable);
  EXPECT_EQ(code(416, ""), Errc::unplayable);
  EXPECT_EQ(code(403, "AccessDenied"), Errc::rate_limited) << "how it says: too fast";
  EXPECT_EQ(code(503, "<Code>SlowDown</Code>"), Errc::rate_limited);
  EXPECT_EQ(code(503, "x"), Errc::http_status);
  EXPECT_EQ(code(200, std::string(50, 'x')), Errc::http_status) << "no range";
  EXPECT_EQ(code(206, std::string(49, 'x')), Errc::http_status) << "another length";
  EXPECT_EQ(code(206, std::string(50, 'x')), Errc::bad_body);
  EXPECT_EQ(
      read_record_answer(capture(), {206, {{"content-range", "bytes 0-49/99"}}, std::string(50, 'x')}, {}).error().code,
      Errc::http_status);
}

}  // namespace
}  // namespace waydiff::crawler
