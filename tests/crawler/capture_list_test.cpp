#include "crawler/capture_list.hpp"

#include <gmock/gmock.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace waydiff::crawler {
namespace {

core::Capture capture(std::string_view digits, std::string digest = "AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH") {
  core::Capture out;
  out.urlkey = "com,example)/terms";
  out.raw_timestamp = digits;
  out.timestamp = core::Timestamp::parse(digits).value();
  out.original = "https://example.com/terms";
  out.mime = "text/html";
  out.status = 200;
  out.digest = std::move(digest);
  out.length = 1000;
  return out;
}

std::vector<core::Capture> all(const CaptureList& list) {
  return {list.begin(), list.end()};
}

TEST(CaptureList, GivesBackWhatItWasGiven) {
  core::Capture shifted = capture("20000012170449");
  core::Capture bare;
  bare.raw_timestamp = "19700101000000";
  bare.original = "https://example.com/";
  core::Capture record = capture("20180525103000", "sha256:0123");
  record.file = "one.warc.gz";
  record.offset = 4711;
  core::Capture revisit = capture("20190525103000");
  revisit.mime = "warc/revisit";
  revisit.status.reset();
  revisit.length.reset();
  const std::vector<core::Capture> given = {capture("20180525103000"), shifted, bare, record, revisit};
  CaptureList list;
  for (const core::Capture& one : given) list.push_back(one);
  EXPECT_EQ(all(list), given);
  EXPECT_EQ(list.front(), given.front());
  EXPECT_EQ(list.back(), given.back());
  EXPECT_THROW(static_cast<void>(list.at(5)), std::out_of_range);
}

TEST(CaptureList, AppendsListsThatHaveOtherThingsInCommon) {
  core::Capture other = capture("20190101000000");
  other.original = "http://example.com/terms";
  CaptureList list = {capture("20180101000000")};
  list.append({other, capture("20200101000000")});
  EXPECT_THAT(all(list), testing::ElementsAre(capture("20180101000000"), other, capture("20200101000000")));
}

TEST(CaptureList, DropsRepeatedRowsAndKeepsTheGreaterLength) {
  core::Capture longer = capture("20190101000000");
  longer.length = 2000;
  core::Capture unknown = longer;
  unknown.length.reset();
  CaptureList list = {capture("20200101000000"), unknown, longer, capture("20190101000000"), capture("20180101000000")};
  EXPECT_EQ(list.drop_repeated(), 2u);
  EXPECT_THAT(all(list), testing::ElementsAre(capture("20180101000000"), longer, capture("20200101000000")));
}

TEST(CaptureList, OrdersThoseOfOneSecondByAddressAndDigest) {
  core::Capture insecure = capture("20190101000000");
  insecure.original = "http://example.com/terms";
  const core::Capture b = capture("20190101000000", "B"), a = capture("20190101000000", "A");
  CaptureList list = {b, a, insecure};
  EXPECT_EQ(list.drop_repeated(), 0u);
  EXPECT_THAT(all(list), testing::ElementsAre(insecure, a, b));
}

TEST(CaptureList, KnowsWhatItHas) {
  CaptureList list = {capture("20180101000000", "A"), capture("20180101000000", "B"), capture("20190101000000", "A")};
  EXPECT_TRUE(list.contains(capture("20180101000000", "B")));
  EXPECT_FALSE(list.contains(capture("20190101000000", "B")));
  core::Capture elsewhere = capture("20190101000000", "A");
  elsewhere.original = "http://example.com/terms";
  EXPECT_FALSE(list.contains(elsewhere));
  EXPECT_FALSE(CaptureList().contains(elsewhere));
}

}  // namespace
}  // namespace waydiff::crawler
