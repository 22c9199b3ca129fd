#include "crawler/timemap.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace waydiff::crawler {
namespace {

using core::Errc;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const ListQuery all{"https://example.com/terms", "", ""};
const std::string original = "<https://example.com/terms>; rel=\"original\",\n";

std::string memento(const std::string& address, const std::string& date, const std::string& relation = "memento") {
  return "<" + address + ">; rel=\"" + relation + "\"; datetime=\"" + date + "\"";
}

const std::string one = memento("https://h.example/web/20020120142510/http://www.example.com:80/terms?a=1&amp;b=2",
                                "Sun, 20 Jan 2002 14:25:10 GMT", "first last memento");

TEST(TimeMapAddress, AppendsTheAddressOrFillsItIn) {
  EXPECT_EQ(timemap_address("https://h.example/timemap/link/", all),
            "https://h.example/timemap/link/https://example.com/terms");
  EXPECT_EQ(timemap_address("https://h.example/map?u={url}&x", {"http://e.com/a b#c", "", ""}),
            "https://h.example/map?u=http://e.com/a%20b%23c&x");
}

TEST(ParseTimeMap, ReadsMementosBackFromTheirPlaybackAddresses) {
  const auto map = parse_timemap(original + one, all).value();
  ASSERT_EQ(map.page.captures.size(), 1u);
  const core::Capture& capture = map.page.captures[0];
  EXPECT_EQ(capture.raw_timestamp, "20020120142510");
  EXPECT_EQ(capture.original, "http://www.example.com:80/terms?a=1&b=2");
  EXPECT_EQ(capture.urlkey, "com,example)/terms?a=1&b=2");
  EXPECT_EQ(capture.status, std::nullopt);
  EXPECT_EQ(capture.digest, "");
  EXPECT_EQ(capture.length, std::nullopt);
}

TEST(ParseTimeMap, TakesTheDatetimeWhereTheAddressHasNone) {
  const auto map =
      parse_timemap(original + memento("https://h.example/AB-CD", "Sun, 20 Jan 2002 14:25:10 GMT"), all).value();
  EXPECT_EQ(map.page.captures.at(0).raw_timestamp, "20020120142510");
  EXPECT_EQ(map.page.captures.at(0).original, "https://example.com/terms");
}

TEST(ParseTimeMap, KeepsToTheRangeAndToTheFiltersThatItCanTell) {
  const std::string body =
      original + one + ",\n" +
      memento("https://h.example/web/20080101000000mp_/https://example.com/terms", "Tue, 01 Jan 2008 00:00:00 GMT");
  const auto map = parse_timemap(body, {all.url, "2005", "2010"}).value();
  EXPECT_EQ(map.page.captures.size(), 1u);
  EXPECT_EQ(map.page.dropped.at("out_of_range"), 1u);
  ListQuery filtered = all;
  filtered.filters = {"original:https:.*", "statuscode:200"};
  EXPECT_EQ(parse_timemap(body, filtered)->page.captures.size(), 1u) << "status is unknown and holds nothing back";
}

TEST(ParseTimeMap, FindsThePartsThatMayHoldTheRange) {
  const auto part = [](const std::string& address, const std::string& from, const std::string& until) {
    return "<" + address + ">; rel=\"timemap\"; type=\"application/link-format\"; from=\"" + from + "\"; until=\"" +
           until + "\"";
  };
  const std::string body = original +
                           "<https://h.example/timemap/link/x>; rel=\"self\"; type=\"application/link-format\",\n" +
                           part("/1/x", "Mon, 01 Jan 2001 00:00:00 GMT", "Tue, 31 Dec 2002 00:00:00 GMT") + ",\n" +
                           part("/2/x", "Wed, 01 Jan 2003 00:00:00 GMT", "Fri, 31 Dec 2004 00:00:00 GMT");
  EXPECT_THAT(parse_timemap(body, all)->parts, ElementsAre("/1/x", "/2/x"));
  EXPECT_THAT(parse_timemap(body, {all.url, "2003", ""})->parts, ElementsAre("/2/x"));
  EXPECT_THAT(parse_timemap(body, {all.url, "", "2002"})->parts, ElementsAre("/1/x"));
}

TEST(ParseTimeMap, DoesNotTakeAnotherFormOfTheListForAPart) {
  const std::string forms =
      "<https://h.example/timemap/json/x>; rel=\"timemap\"; type=\"application/json\",\n"
      "<https://h.example/timemap/link/x>; rel=\"timemap\"; type=\"application/link-format\",\n";
  EXPECT_THAT(parse_timemap(original + forms + one, all)->parts, IsEmpty());
}

TEST(ParseTimeMap, RefusesWhatIsCutOrNone) {
  const std::string body =
      original +
      memento("https://h.example/web/20010102030405/https://example.com/terms", "Tue, 02 Jan 2001 03:04:05 GMT") +
      ",\n" +
      memento("https://h.example/web/20020102030405/https://example.com/terms", "Wed, 02 Jan 2002 03:04:05 GMT");
  ASSERT_TRUE(parse_timemap(body, all));
  for (std::size_t size = original.size() + 10; size < body.size(); ++size) {
    const auto map = parse_timemap(body.substr(0, size), all);
    const bool whole_entry = body.substr(size).starts_with(",\n");
    EXPECT_TRUE(!map || whole_entry) << body.substr(0, size);
  }
  for (const char* text : {"<html><h1>Sorry</h1></html>", "<!DOCTYPE html><p>x", "hello", "", "{}"}) {
    const auto map = parse_timemap(text, all);
    ASSERT_FALSE(map) << text;
    EXPECT_EQ(map.error().code, Errc::bad_cdx);
  }
}

TEST(ReadTimeMapAnswer, TellsRefusalsApart) {
  const auto read = [](int status, std::string body) {
    return read_timemap_answer({status, {}, std::move(body)}, all);
  };
  EXPECT_TRUE(read(404, "not found")->page.captures.empty());
  EXPECT_EQ(read(404, "<p>This URL has been excluded from the Wayback Machine.</p>").error().code, Errc::excluded);
  EXPECT_EQ(read(451, "").error().code, Errc::excluded);
  EXPECT_EQ(read(429, "").error().code, Errc::rate_limited);
  EXPECT_EQ(read(503, "").error().code, Errc::http_status);
  EXPECT_EQ(read(400, "what?").error().code, Errc::bad_argument);
}

}  // namespace
}  // namespace waydiff::crawler
