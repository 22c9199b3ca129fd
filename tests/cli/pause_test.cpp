#include <gmock/gmock.h>

#include <chrono>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

using std::chrono::seconds;
using test::Fail;
using testing::ContainsRegex;
using testing::HasSubstr;

class Pause : public testing::Test {
 protected:
  Pause() {
    scene.connections = 1;
    scene.capture("20180101", policy_number(1));
    scene.capture("20190101", policy_number(2));
    scene.capture("20200101", policy_number(3));
  }

  void expect_stopped(const Ended& ended) const {
    EXPECT_EQ(ended.status, 4) << ended.err;
    EXPECT_THAT(ended.err, ContainsRegex("run again after 20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC"));
  }

  CrawlScene scene;
};

TEST_F(Pause, LastsAsLongAsTheArchiveSaysAndSendsNothing) {
  scene.archive.script("/web/", {Fail::none(), Fail::too_many(seconds(1))});
  const Ended ended = scene.waydiff({"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(count(receipt_of(ended), "fetched"), 3);

  const auto requests = scene.archive.requests();
  ASSERT_EQ(requests.size(), 5u);  // the index, one, the refused one, and two after the pause
  EXPECT_GE(requests[3].at - requests[2].at, std::chrono::milliseconds(990));
}

TEST_F(Pause, EndsTheRunWhenItIsLongAndIsRemembered) {
  scene.archive.script("/web/", {Fail::none(), Fail::too_many(seconds(3600))});
  expect_stopped(scene.run());
  EXPECT_EQ(scene.playback_requests(), 2u);
  EXPECT_THAT(scene.waydiff({"status"}).out, HasSubstr("asked for a pause until"));

  scene.archive.forget_requests();
  const Ended early = scene.waydiff({"run", "--json"});
  expect_stopped(early);
  EXPECT_EQ(scene.archive.requests().size(), 0u);
  EXPECT_EQ(count(receipt_of(early), "fetched"), 1);
  EXPECT_EQ(count(receipt_of(early), "pending"), 2);
}

TEST_F(Pause, OfTheIndexEndsTheRunAndIsRemembered) {
  scene.archive.script("/cdx/", {Fail::too_many(seconds(3600))});
  expect_stopped(scene.run());
  EXPECT_EQ(scene.archive.requests().size(), 1u);

  scene.archive.forget_requests();
  expect_stopped(scene.run());
  EXPECT_EQ(scene.archive.requests().size(), 0u);
}

TEST_F(Pause, KeepsBackOnlyWhatIsToBeFetched) {
  ASSERT_EQ(scene.run().status, 0);
  scene.archive.script("/cdx/", {Fail::too_many(seconds(3600))});
  expect_stopped(scene.waydiff({"run", "--relist"}));

  // Everything known is here and the listing is young: nothing needs the archive.
  scene.archive.forget_requests();
  EXPECT_EQ(scene.run().status, 0);
  EXPECT_EQ(scene.archive.requests().size(), 0u);
}

}  // namespace
}  // namespace waydiff::cli
