#include <gmock/gmock.h>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

using test::Fail;
using testing::HasSubstr;

class Trouble : public testing::Test {
 protected:
  Trouble() {
    scene.capture("20180101", policy_number(1));
    scene.capture("20190101", policy_number(2));
  }

  void expect_complete(const Ended& ended) const {
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_EQ(count(receipt_of(ended), "fetched"), 2);
    EXPECT_EQ(count(receipt_of(ended), "transitions"), 1);
  }

  CrawlScene scene;
};

TEST_F(Trouble, GoesOnAfterAnOverloadedAnswer) {
  scene.archive.script("/web/", {Fail::unavailable()});
  expect_complete(scene.waydiff({"run", "--json"}));
  EXPECT_EQ(scene.playback_requests(), 3u);
}

TEST_F(Trouble, GoesOnAfterAResetInTheMiddleOfABody) {
  scene.archive.script("/web/", {Fail::reset_mid_body()});
  expect_complete(scene.waydiff({"run", "--json"}));
}

TEST_F(Trouble, GoesOnAfterABodyThatEndsEarly) {
  scene.archive.script("/web/", {Fail::cut_body()});
  expect_complete(scene.waydiff({"run", "--json"}));
}

TEST_F(Trouble, GoesOnAfterAConnectionClosedWithoutAnAnswer) {
  scene.archive.script("/cdx/", {Fail::close()});
  expect_complete(scene.waydiff({"run", "--json"}));
}

TEST_F(Trouble, TakesAPageInsteadOfRowsForNoListing) {
  scene.attempts = 2;
  scene.archive.script("/cdx/", {Fail::html(), Fail::html()});
  const Ended ended = scene.run();
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.err, HasSubstr("shop.example"));
  EXPECT_THAT(ended.err, HasSubstr("incomplete"));
  expect_complete(scene.waydiff({"run", "--json"}));
}

TEST_F(Trouble, TakesHalfAnAnswerForNoWholeListing) {
  scene.attempts = 1;
  scene.archive.script("/cdx/", {Fail::cut_rows()});
  EXPECT_EQ(scene.run().status, 3);
  expect_complete(scene.waydiff({"run", "--json"}));
}

TEST_F(Trouble, KeepsTheCauseOfACaptureThatFailedAndTriesItAgain) {
  scene.attempts = 2;
  scene.archive.script("/web/20190101120000id_/", {Fail::unavailable(), Fail::unavailable()});
  const Ended ended = scene.waydiff({"run", "--json"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_EQ(count(receipt_of(ended), "fetched"), 1);
  EXPECT_EQ(count(receipt_of(ended), "failed"), 1);
  EXPECT_THAT(scene.waydiff({"status"}).out, HasSubstr("20190101120000"));
  EXPECT_THAT(scene.waydiff({"status"}).out, HasSubstr("503"));

  scene.archive.forget_requests();
  expect_complete(scene.waydiff({"run", "--json"}));
  EXPECT_EQ(scene.playback_requests(), 1u);
}

TEST_F(Trouble, EndsIncompleteWhenTheArchiveIsDownAndCompletesLater) {
  scene.attempts = 1;
  scene.archive.refuse_connections();
  EXPECT_EQ(scene.run().status, 3);
  scene.archive.accept_connections();
  expect_complete(scene.waydiff({"run", "--json"}));
}

}  // namespace
}  // namespace waydiff::cli
