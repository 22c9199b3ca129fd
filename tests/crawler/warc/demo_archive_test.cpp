#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "recorded.hpp"

namespace waydiff::crawler {
namespace {

using recorded::listed;
using recorded::run;

const std::filesystem::path demo = std::filesystem::path(WAYDIFF_SOURCE_DIR) / "config" / "demo" / "demo.warc.gz";

/// Years, statuses and how the body came: "2004:200 2005:200r …".
std::string outcomes(const std::string& url) {
  const auto archive = open_warc_archive({.name = "demo", .files = {demo}});
  const Listing listing = listed(*archive, url);
  EXPECT_TRUE(listing.complete);
  EXPECT_THAT(listing.warnings, testing::IsEmpty());
  std::string text;
  for (const core::Capture& capture : listing.captures) {
    const auto playback = run(archive->play(capture));
    if (!playback) return playback.error().detail;
    EXPECT_EQ(playback->digest_check, DigestCheck::verified) << capture.raw_timestamp;
    EXPECT_THAT(playback->notes, testing::IsEmpty()) << capture.raw_timestamp;
    text += (text.empty() ? "" : " ") + capture.raw_timestamp.substr(0, 4) + ":" + std::to_string(playback->status) +
            (playback->from_revisit ? "r" : "");
  }
  return text;
}

TEST(DemoArchive, PlaysAllOfFotonest) {
  EXPECT_EQ(outcomes("fotonest.example/privacy"),
            "2004:200 2005:200r 2007:200 2009:200 2011:503 2012:200 2014:200 2015:200 2018:200 2019:200 2021:200 "
            "2024:200");
}

TEST(DemoArchive, PlaysAllOfHarbourAndPine) {
  EXPECT_EQ(outcomes("harbourpine.example/legal/terms"),
            "2008:200 2010:200 2010:200 2013:302 2014:200 2015:200r 2017:200 2019:200 2022:200 2024:200");
}

TEST(DemoArchive, PlaysAllOfPacebird) {
  EXPECT_EQ(outcomes("pacebird.example/legal/privacy"),
            "2012:200 2014:200 2015:200 2016:200 2018:200 2019:200r 2020:200 2021:200 2023:200");
}

}  // namespace
}  // namespace waydiff::crawler
