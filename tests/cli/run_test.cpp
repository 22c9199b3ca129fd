#include <gmock/gmock.h>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;

TEST(Run, GoesFromTheIndexToTheReport) {
  CrawlScene scene;
  scene.capture("20180101", policy("We may share your data with advertisers."));
  scene.capture("20190101", policy("We may share your data with advertisers."));
  scene.capture("20200101", policy("We will share your data with advertisers."));
  scene.capture("20210101", policy("We may share your data with advertisers."));

  const Ended ended = scene.waydiff({"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  const auto receipt = receipt_of(ended);
  EXPECT_EQ(count(receipt, "listed"), 4);
  EXPECT_EQ(count(receipt, "fetched"), 2);
  EXPECT_EQ(count(receipt, "duplicate"), 2);
  EXPECT_EQ(count(receipt, "quarantined"), 0);
  EXPECT_EQ(count(receipt, "states"), 2);
  EXPECT_EQ(count(receipt, "transitions"), 2);
  EXPECT_EQ(scene.playback_requests(), 2u);
  EXPECT_THAT(bytes_of(scene.folder.path() / "report" / "index.html"), HasSubstr("shop.example"));
}

TEST(Run, PrintsTheReceiptForPeople) {
  CrawlScene scene;
  scene.capture("20180101", policy_number(1));
  EXPECT_EQ(scene.run().out,
            "document                      listed  fetched  quarantined  texts  changes\n"
            "shop.example, privacy policy       1        1            0      1        0\n");
}

TEST(Run, DoesNothingTheSecondTimeAndSaysSo) {
  CrawlScene scene;
  scene.capture("20180101", policy_number(1));
  scene.capture("20190101", policy_number(2));
  ASSERT_EQ(scene.run().status, 0);
  scene.archive.forget_requests();

  const Ended again = scene.run();
  EXPECT_EQ(again.status, 0);
  EXPECT_THAT(again.err, HasSubstr("Nothing to do: all captures wanted are stored, compared and reported.\n"));
  EXPECT_EQ(scene.archive.requests().size(), 0u);
}

TEST(Run, SaysThatThereIsNothingOnlyWhenThatIsKnown) {
  CrawlScene scene;
  scene.folder.write(
      "lost.toml",
      "db = \"lost.db\"\n[archive.local]\nprofile = \"warc\"\nfiles = [\"gone.warc.gz\"]\n[[target]]\nurl = \"" +
          std::string(policy_address) + "\"\n");
  ASSERT_EQ(scene.waydiff({"run", "--config", "lost.toml"}).status, 3);
  const Ended lost = scene.waydiff({"run", "--config", "lost.toml"});
  EXPECT_EQ(lost.status, 3);
  EXPECT_THAT(lost.err, HasSubstr("Nothing new came of this run.\n"));
  EXPECT_THAT(lost.err, testing::Not(HasSubstr("Nothing to do")));

  ASSERT_EQ(scene.run().status, 0);
  EXPECT_THAT(scene.run().err, HasSubstr("Nothing to do: no archive lists a capture.\n"));
}

TEST(Run, SaysHowManyCapturesAreNotGivenOut) {
  CrawlScene scene;
  scene.capture("20180101", policy_number(1));
  scene.archive.add(
      {.timestamp = "20190101120000", .original = policy_address, .body = policy_number(2), .unplayable = true});
  ASSERT_EQ(scene.run().status, 0);
  EXPECT_THAT(scene.waydiff({"crawl"}).err,
              HasSubstr("Nothing to do: all captures wanted are stored, but for 1 that is not given out.\n"));
}

TEST(Run, AsksTheIndexAgainOnRequestAndFetchesOnlyWhatIsNew) {
  CrawlScene scene;
  scene.capture("20180101", policy_number(1));
  ASSERT_EQ(scene.run().status, 0);
  scene.archive.forget_requests();
  scene.capture("20190101", policy_number(2));

  const Ended again = scene.waydiff({"run", "--relist", "--json"});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(count(receipt_of(again), "fetched"), 2);
  EXPECT_EQ(count(receipt_of(again), "transitions"), 1);
  EXPECT_EQ(scene.playback_requests("/20190101120000id_/"), 1u);
  EXPECT_EQ(scene.playback_requests(), 1u);
}

TEST(Run, FetchesOneCaptureAPeriod) {
  CrawlScene scene;
  scene.every = "1 year";
  scene.capture("20171201", policy_number(1));
  scene.capture("20180102", policy_number(2));
  scene.capture("20180301", policy_number(3));
  scene.capture("20190101", policy_number(4));

  const Ended ended = scene.waydiff({"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(count(receipt_of(ended), "fetched"), 2);
  EXPECT_EQ(count(receipt_of(ended), "unselected"), 2);
  EXPECT_EQ(scene.playback_requests("/20180102120000id_/"), 1u);
  EXPECT_EQ(scene.playback_requests("/20190101120000id_/"), 1u);
}

TEST(Run, KeepsWhatAnEarlierSparserPlanFetched) {
  CrawlScene scene;
  scene.every = "1 year";
  scene.capture("20180101", policy_number(1));
  scene.capture("20180301", policy_number(2));
  scene.capture("20190101", policy_number(3));
  ASSERT_EQ(scene.run().status, 0);
  scene.archive.forget_requests();

  scene.every = "all";
  const Ended ended = scene.waydiff({"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(count(receipt_of(ended), "fetched"), 3);
  EXPECT_EQ(scene.playback_requests(), 1u);
}

TEST(Run, SaysThatTheOwnerHadAPageExcluded) {
  CrawlScene scene;
  scene.archive.exclude(policy_address, test::Exclusion::page_403);
  const Ended ended = scene.waydiff({"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(count(receipt_of(ended), "listed"), 0);
  EXPECT_THAT(ended.err, HasSubstr("shop.example"));
  EXPECT_THAT(ended.err, HasSubstr("exclu"));
}

TEST(Run, AccountsForACaptureThatIsListedButNotGivenOut) {
  CrawlScene scene;
  scene.capture("20180101", policy_number(1));
  scene.archive.add(
      {.timestamp = "20190101120000", .original = policy_address, .body = policy_number(2), .unplayable = true});

  const Ended ended = scene.waydiff({"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(count(receipt_of(ended), "fetched"), 1);
  EXPECT_EQ(count(receipt_of(ended), "unplayable"), 1);
  EXPECT_THAT(scene.waydiff({"status"}).out, HasSubstr("20190101120000"));

  scene.archive.forget_requests();
  EXPECT_EQ(scene.run().status, 0);
  EXPECT_EQ(scene.playback_requests(), 0u);
}

TEST(Run, TakesTheNextBestCaptureForOneThatIsNotGivenOut) {
  CrawlScene scene;
  scene.every = "1 year";
  scene.archive.add(
      {.timestamp = "20180101120000", .original = policy_address, .body = policy_number(1), .unplayable = true});
  scene.capture("20180201", policy_number(2));

  const Ended ended = scene.waydiff({"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(count(receipt_of(ended), "unplayable"), 1);
  EXPECT_EQ(count(receipt_of(ended), "fetched"), 1);
}

TEST(Run, QuarantinesErrorPagesAndLetsThemTightenNoDate) {
  CrawlScene scene;
  scene.capture("20180101", policy_number(1));
  scene.archive.add({.timestamp = "20180601120000",
                     .original = policy_address,
                     .body = "<html><body><h1>Page not found</h1></body></html>",
                     .status = 404});
  scene.capture("20190101", policy_number(2));

  EXPECT_EQ(count(receipt_of(scene.waydiff({"run", "--json"})), "quarantined"), 1);
  const auto log = lines_of(scene.waydiff({"log", "shop.example", "--json"}));
  ASSERT_EQ(log.size(), 1u);
  EXPECT_EQ(log[0].at("not_before").as_string(), "20180101120000");
  EXPECT_EQ(log[0].at("not_after").as_string(), "20190101120000");
  EXPECT_EQ(log[0].at("quarantined_between").to_number<int>(), 1);
}

TEST(Run, TakesTheBodyOfARevisitFromItsOriginal) {
  CrawlScene scene;
  const std::string page = policy_number(1);
  scene.capture("20180101", page);
  scene.archive.add({.timestamp = "20190101120000", .original = policy_address, .body = page, .revisit = true});

  const Ended ended = scene.waydiff({"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(count(receipt_of(ended), "revisit"), 1);
  EXPECT_EQ(scene.playback_requests(), 1u);
}

}  // namespace
}  // namespace waydiff::cli
