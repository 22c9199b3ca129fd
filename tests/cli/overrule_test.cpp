#include <gmock/gmock.h>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A policy, a page that says it is missing, and another policy.
class Overruled : public testing::Test {
 protected:
  Overruled() {
    scene.capture("20180101", policy("We may share your data with advertisers."));
    scene.capture("20180601",
                  "<html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>");
    scene.capture("20190101", policy("We will share your data with advertisers."));
    if (const Ended ended = scene.run(); ended.status != 0) ADD_FAILURE() << ended.err;
  }
  [[nodiscard]] std::size_t transitions() { return lines_of(scene.waydiff({"log", "shop.example", "--json"})).size(); }
  [[nodiscard]] std::string status() { return scene.waydiff({"status", "--quarantined"}).out; }

  CrawlScene scene;
};

TEST_F(Overruled, AReleasedCaptureStandsInTheHistory) {
  ASSERT_EQ(transitions(), 1u);
  const Ended ended =
      scene.waydiff({"release", "shop.example@20180601", "--by", "Ada", "--reason", "they had no policy"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(transitions(), 2u);
  EXPECT_THAT(status(), HasSubstr("released: by Ada on "));
  EXPECT_THAT(status(), HasSubstr("they had no policy (the program: soft_404"));
}

TEST_F(Overruled, AQuarantinedOneDoesNotThroughAllLaterExtractions) {
  const Ended ended = scene.waydiff(
      {"quarantine", "shop.example@20190101", "--as", "consent_wall", "--by", "Ada", "--reason", "a wall"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(transitions(), 0u);
  EXPECT_THAT(status(), HasSubstr("consent_wall: by Ada on "));
  EXPECT_EQ(scene.waydiff({"process", "--all"}).status, 0);
  EXPECT_EQ(transitions(), 0u);
  EXPECT_EQ(scene.waydiff({"verify"}).status, 0);

  EXPECT_EQ(scene.waydiff({"quarantine", "shop.example@20190101", "--take-back"}).status, 0);
  EXPECT_EQ(transitions(), 1u);
  EXPECT_THAT(status(), Not(HasSubstr("consent_wall")));
}

TEST_F(Overruled, DiffTakesAQuarantinedCaptureOnlyWhenAsked) {
  const Ended refused = scene.waydiff({"diff", "shop.example@2018", "shop.example@20180601120000"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("shop.example@20180601120000: the capture of 2018-06-01T12:00:00Z (soft_404: "));
  EXPECT_THAT(refused.err, HasSubstr("--quarantined"));

  const Ended passed = scene.waydiff({"diff", "shop.example@20180301", "shop.example@201807", "--exit-code"});
  EXPECT_EQ(passed.status, 0) << "the capture in force is still the first";
  EXPECT_THAT(passed.err, HasSubstr("passed over the quarantined capture of 2018-06-01T12:00:00Z"));

  const Ended taken =
      scene.waydiff({"diff", "shop.example@20180301", "shop.example@201807", "--quarantined", "--exit-code"});
  EXPECT_EQ(taken.status, 1) << taken.err;
  EXPECT_THAT(taken.err, HasSubstr("not fit to compare: soft_404"));
  EXPECT_THAT(taken.out, HasSubstr("Page not found"));
}

TEST_F(Overruled, WhatCannotBeJudgedIsNamed) {
  EXPECT_THAT(scene.waydiff({"release", "shop.example@2011"}).err,
              HasSubstr("no capture is called \"shop.example@2011\""));
  EXPECT_THAT(scene.waydiff({"release", "shop.example"}).err, HasSubstr("give TARGET@TIME"));
  EXPECT_THAT(scene.waydiff({"release", "shop.example@2018"}).err, HasSubstr("means several pages"));
  EXPECT_THAT(scene.waydiff({"quarantine", "shop.example@20180101"}).err, HasSubstr("--reason"));
  EXPECT_THAT(scene.waydiff({"release", "shop.example@20180101", "--take-back"}).err,
              HasSubstr("nobody has overruled"));
}

}  // namespace
}  // namespace waydiff::cli
