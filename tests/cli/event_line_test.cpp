#include "cli/event_line.hpp"

#include <gmock/gmock.h>

#include <boost/json/parse.hpp>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

TEST(EventLine, IsOneObjectWithTimeNameAndFields) {
  const pipeline::Fields fields = {
      {"target", std::string("a \"b\"\n")}, {"rows", std::int64_t{3}}, {"complete", true}, {"share", 0.5}};
  EXPECT_EQ(
      event_line(std::chrono::sys_days(std::chrono::year(2026) / 1 / 2), "listed", fields),
      R"({"time":"2026-01-02T00:00:00Z","event":"listed","target":"a \"b\"\n","rows":3,"complete":true,"share":5E-1})"
      "\n");
}

TEST(EventLine, CanBeParsedWhateverBytesItTells) {
  const std::string line = event_line({}, "warning", {{"text", std::string("http://x.test/\xFF\xC3(")}});
  boost::system::error_code invalid;
  const auto value = boost::json::parse(line, invalid);
  ASSERT_FALSE(invalid) << line;
  EXPECT_EQ(value.at("event").as_string(), "warning");
}

TEST(LogJson, TurnsAllTalkIntoLinesOfJson) {
  CrawlScene scene;
  scene.capture("20180101", policy_number(1));
  const Ended ended = scene.waydiff({"run", "--log-json", "--verbose"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  const auto lines = lines_of({0, ended.err, ""});
  EXPECT_GT(lines.size(), 1u);
  for (const auto& line : lines) {
    EXPECT_TRUE(line.contains("time"));
    EXPECT_TRUE(line.contains("event"));
  }
}

}  // namespace
}  // namespace waydiff::cli
