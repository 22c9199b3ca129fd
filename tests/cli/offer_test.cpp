#include <gmock/gmock.h>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;

/// A policy once a year, of which the archive lists that of June, but gives out another one, which it does not list.
class Offers : public testing::Test {
 protected:
  Offers() {
    scene.every = "1 year";
    scene.capture("20180101", policy_number(1));
    scene.archive.add(
        {.timestamp = "20190601120000", .original = policy_address, .body = "never seen", .unplayable = true});
  }

  void offered(const std::string& day) {
    scene.archive.add({.timestamp = day + "120000", .original = policy_address, .body = policy_number(2)});
    scene.archive.unlist(day + "120000");
  }

  CrawlScene scene;
};

TEST_F(Offers, AreTakenWhenTheyAreNearEnoughAndEnterTheLedger) {
  offered("20190520");
  const Ended ended = scene.waydiff({"run", "--json", "--log-json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(count(receipt_of(ended), "listed"), 3);
  EXPECT_EQ(count(receipt_of(ended), "fetched"), 2);
  EXPECT_EQ(count(receipt_of(ended), "unplayable"), 1);
  EXPECT_EQ(count(receipt_of(ended), "transitions"), 1);
  EXPECT_THAT(ended.err, HasSubstr("\"taken\":true"));
  EXPECT_THAT(scene.waydiff({"status"}).out,
              HasSubstr("it offers 20190520120000 https://www.shop.example/privacy, 12 days earlier, which is taken"));
  EXPECT_THAT(scene.waydiff({"show", "shop.example@2020"}).out, HasSubstr("for 3 years"));
  EXPECT_EQ(scene.waydiff({"verify"}).status, 0);

  scene.archive.forget_requests();
  EXPECT_EQ(scene.run().status, 0);
  EXPECT_EQ(scene.archive.requests().size(), 0u);
}

TEST_F(Offers, AreRefusedWhenTheyAreFartherAwayThanThePlanAllows) {
  offered("20200101");
  const Ended ended = scene.waydiff({"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(count(receipt_of(ended), "listed"), 2);
  EXPECT_EQ(count(receipt_of(ended), "fetched"), 1);
  EXPECT_EQ(count(receipt_of(ended), "unplayable"), 1);
  EXPECT_THAT(scene.waydiff({"status"}).out, HasSubstr("214 days later: refused, too far away"));
  EXPECT_EQ(scene.playback_requests("/20200101120000id_/"), 0u);
}

TEST(Vanished, CapturesStayInTheLedgerWithANote) {
  CrawlScene scene;
  scene.capture("20180101", policy_number(1));
  scene.capture("20190101", policy_number(2));
  scene.capture("20200101", policy_number(3));
  ASSERT_EQ(scene.run().status, 0);
  scene.archive.unlist("20190101120000");

  const Ended again = scene.waydiff({"run", "--relist", "--json"});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(count(receipt_of(again), "listed"), 3);
  EXPECT_EQ(count(receipt_of(again), "fetched"), 3);
  EXPECT_EQ(count(receipt_of(again), "transitions"), 2);
  EXPECT_EQ(scene.cause_of("20190101120000"), "no longer listed");
  EXPECT_EQ(scene.cause_of("20180101120000"), "");
  EXPECT_THAT(scene.waydiff({"show", "shop.example@201906"}).out, HasSubstr("for 3 years"));
}

}  // namespace
}  // namespace waydiff::cli
