#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <filesystem>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;

std::string month(int n) {
  return std::to_string(2010 + n / 12) + (n % 12 < 9 ? "0" : "") + std::to_string(n % 12 + 1);
}

/// A capture a month: text 1 in the first nine, then text 2, and something of the day in each.
void nine_and_seven(CrawlScene& scene) {
  for (int n = 0; n < 16; ++n) {
    scene.capture(month(n) + "01", policy_number(n < 9 ? 1 : 2) + "<!-- " + std::to_string(n) + " -->");
  }
}

TEST(Changes, AreDatedAsNarrowlyAsWithAllCapturesByFewerRequests) {
  CrawlScene scene;
  scene.every = "changes";
  nine_and_seven(scene);
  const Ended ended = scene.waydiff({"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_LE(count(receipt_of(ended), "fetched"), 7);
  EXPECT_EQ(count(receipt_of(ended), "pending"), 0);
  const auto log = lines_of(scene.waydiff({"log", "shop.example", "--json"}));
  ASSERT_EQ(log.size(), 1u);
  EXPECT_EQ(log[0].at("not_before").as_string(), month(8) + "01120000");
  EXPECT_EQ(log[0].at("not_after").as_string(), month(9) + "01120000");

  scene.archive.forget_requests();
  EXPECT_EQ(scene.run().status, 0);
  EXPECT_EQ(scene.archive.requests().size(), 0u);
}

TEST(Changes, AreFoundByCrawlAlone) {
  CrawlScene scene;
  scene.every = "changes";
  nine_and_seven(scene);
  ASSERT_EQ(scene.waydiff({"crawl"}).status, 0);
  EXPECT_LE(scene.playback_requests(), 7u);
  EXPECT_EQ(scene.waydiff({"process"}).status, 0);
  EXPECT_EQ(lines_of(scene.waydiff({"log", "shop.example", "--json"})).size(), 1u);
}

TEST(MaxRequests, EndTheRunCleanlyAndLeaveTheRestForTheNext) {
  CrawlScene scene;
  for (int n = 0; n < 9; ++n) scene.capture(month(n) + "01", policy_number(n));
  const Ended ended = scene.waydiff({"run", "--json", "--max-requests", "4"});
  EXPECT_EQ(ended.status, 3) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("limit of this run"));
  EXPECT_EQ(scene.archive.requests().size(), 4u);
  EXPECT_EQ(count(receipt_of(ended), "fetched"), 3);
  EXPECT_EQ(count(receipt_of(ended), "pending"), 6);
  const auto work = receipt_of(ended).at("this_run").as_object();
  EXPECT_EQ(count(work, "requests"), 4);
  EXPECT_EQ(count(work, "new"), 9);
  // What there is of a history when time runs out is spread over it.
  EXPECT_EQ(scene.playback_requests("/" + month(0) + "01120000id_/"), 1u);
  EXPECT_EQ(scene.playback_requests("/" + month(8) + "01120000id_/"), 1u);
  EXPECT_EQ(scene.playback_requests("/" + month(4) + "01120000id_/"), 1u);

  const Ended rest = scene.waydiff({"run", "--json"});
  EXPECT_EQ(rest.status, 0) << rest.err;
  EXPECT_EQ(count(receipt_of(rest), "fetched"), 9);
  EXPECT_EQ(scene.archive.requests().size(), 10u);
}

TEST(DryRun, SendsAndWritesNothing) {
  CrawlScene scene;
  scene.capture("20180101", policy_number(1));
  const Ended ended = scene.waydiff({"run", "--dry-run"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("fake: 1 to the index, 0 to playback; under a minute at 6000 and 60000 a minute"));
  EXPECT_THAT(ended.out, HasSubstr("1 address was never listed"));
  EXPECT_EQ(scene.archive.requests().size(), 0u);
  EXPECT_FALSE(std::filesystem::exists(scene.folder.path() / "policies.db"));
}

TEST(DryRun, IsExactForWhatIsListed) {
  CrawlScene scene;
  for (int n = 0; n < 6; ++n) scene.capture(month(n) + "01", policy_number(n / 2));
  ASSERT_EQ(scene.waydiff({"crawl", "--max-requests", "1"}).status, 3);
  const Ended before = scene.waydiff({"crawl", "--dry-run", "--json"});
  const auto estimate = boost::json::parse(before.out).as_object();
  const auto& fake = estimate.at("archives").as_array().at(0).as_object();
  EXPECT_EQ(count(fake, "index_least"), 0);
  EXPECT_EQ(count(fake, "playback_least"), 3);
  EXPECT_EQ(count(fake, "playback_most"), 6);
  ASSERT_EQ(scene.waydiff({"crawl"}).status, 0);
  EXPECT_EQ(scene.playback_requests(), 3u);
}

/// A configuration of its own beside the scene's.
Ended with(const CrawlScene& scene, const std::string& archives, const std::string& target,
           std::vector<std::string> arguments) {
  scene.folder.write("own.toml", "db = \"own.db\"\n" + archives + "[defaults]\nevery = \"all\"\n[[target]]\nurl = \"" +
                                     policy_address + "\"\n" + target);
  arguments.insert(arguments.end(), {"--config", "own.toml"});
  return waydiff(scene.folder.path(), arguments);
}

std::string archive_table(const std::string& name, const test::FakeArchive& archive, const std::string& more = "") {
  return "[archive." + name + "]\nindex = \"" + archive.index() + "\"\nplayback = \"" + archive.playback() +
         "\"\nindex_per_minute = 6000\nplayback_per_minute = 60000\n" + more;
}

TEST(Listings, GoOnWhereTheLastOneEnded) {
  CrawlScene scene;
  const std::string archives = archive_table("fake", scene.archive, "relist_hours = 0\n");
  scene.capture("20180101", policy_number(1));
  ASSERT_EQ(with(scene, archives, "", {"run"}).status, 0);
  scene.archive.forget_requests();
  scene.capture("20180110", policy_number(2));
  const Ended again = with(scene, archives, "", {"run", "--json"});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(count(receipt_of(again), "fetched"), 2);
  ASSERT_GE(scene.archive.requests().size(), 1u);
  EXPECT_THAT(scene.archive.requests()[0].target, HasSubstr("from=20171218120000"));
}

TEST(Listings, HaveAllAddressesOfADocument) {
  CrawlScene scene;
  scene.capture("20180101", policy_number(1));
  scene.archive.add(
      {.timestamp = "20190101120000", .original = "https://shop.example/legal", .body = policy_number(2)});
  const Ended ended = with(scene, archive_table("fake", scene.archive), "aliases = [\"https://shop.example/legal\"]\n",
                           {"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(count(receipt_of(ended), "fetched"), 2);
  EXPECT_EQ(count(receipt_of(ended), "transitions"), 1);
}

TEST(Listings, OfAnExcludedAddressAreNotAskedForAgainForDays) {
  CrawlScene scene;
  scene.archive.exclude(policy_address, test::Exclusion::page_403);
  const std::string archives = archive_table("fake", scene.archive, "relist_hours = 0\n");
  ASSERT_EQ(with(scene, archives, "", {"run"}).status, 0);
  scene.archive.forget_requests();
  EXPECT_EQ(with(scene, archives, "", {"run"}).status, 0);
  EXPECT_EQ(scene.archive.requests().size(), 0u);
}

TEST(SeveralArchives, MakeOneHistoryAndShareBodies) {
  CrawlScene scene;
  test::FakeArchive other;
  const std::string page = policy_number(1);
  scene.capture("20180101", page);
  scene.capture("20200101", policy_number(3));
  other.add({.timestamp = "20180101120000", .original = policy_address, .body = page, .wire = test::Wire::identity});
  other.add({.timestamp = "20190101120000", .original = policy_address, .body = policy_number(2)});
  const std::string archives = archive_table("one", scene.archive) + archive_table("two", other);
  const Ended ended = with(scene, archives, "", {"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(count(receipt_of(ended), "listed"), 4);
  EXPECT_EQ(count(receipt_of(ended), "fetched"), 3);
  EXPECT_EQ(count(receipt_of(ended), "duplicate"), 1);
  EXPECT_EQ(count(receipt_of(ended), "transitions"), 2);
  std::size_t played = 0;
  for (const test::SeenRequest& request : other.requests()) played += !request.is_index();
  EXPECT_EQ(played, 1u);
}

TEST(SeveralArchives, HaveAnEstimateEach) {
  CrawlScene scene;
  test::FakeArchive other;
  const std::string page = policy_number(1);
  scene.capture("20180101", page);
  scene.capture("20200101", policy_number(3));
  other.add({.timestamp = "20180101120000", .original = policy_address, .body = page, .wire = test::Wire::identity});
  other.add({.timestamp = "20190101120000", .original = policy_address, .body = policy_number(2)});
  const std::string archives = archive_table("one", scene.archive) + archive_table("two", other);
  const Ended unlisted = with(scene, archives, "", {"run", "--dry-run"});
  EXPECT_THAT(unlisted.out, HasSubstr("one: 1 to the index, 0 to playback"));
  EXPECT_THAT(unlisted.out, HasSubstr("two: 1 to the index, 0 to playback"));

  ASSERT_EQ(with(scene, archives, "", {"crawl", "--max-requests", "2"}).status, 3);
  const Ended listed = with(scene, archives, "", {"run", "--dry-run", "--json"});
  const auto estimate = boost::json::parse(listed.out).as_object();
  const auto& one = estimate.at("archives").as_array().at(0).as_object();
  const auto& two = estimate.at("archives").as_array().at(1).as_object();
  EXPECT_EQ(count(one, "index_most") + count(two, "index_most"), 0);
  EXPECT_EQ(count(one, "playback_least"), 2);
  EXPECT_EQ(count(one, "playback_most"), 2);
  // The text of 2018 is shared once the digest of the first archive's copy proves right.
  EXPECT_EQ(count(two, "playback_least"), 1);
  EXPECT_EQ(count(two, "playback_most"), 2);
  EXPECT_EQ(scene.archive.requests().size() + other.requests().size(), 2u) << "a dry run sends nothing";

  ASSERT_EQ(with(scene, archives, "", {"run"}).status, 0);
  EXPECT_EQ(scene.archive.requests().size(), 1u + 2u);
  EXPECT_EQ(other.requests().size(), 1u + 1u);
}

TEST(SeveralArchives, ThatDisagreeAreNamed) {
  CrawlScene scene;
  test::FakeArchive other;
  scene.capture("20180101", policy_number(1));
  other.add({.timestamp = "20180101180000", .original = policy_address, .body = policy_number(2)});
  const std::string archives = archive_table("one", scene.archive) + archive_table("two", other);
  const Ended ended = with(scene, archives, "", {"run"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("archives disagree: \"one\" at 2018-01-01 12:00 UTC has text 1, \"two\" at "
                                   "2018-01-01 18:00 UTC text 2"));
  EXPECT_THAT(waydiff(scene.folder.path(), {"log", "shop.example", "--config", "own.toml"}).out,
              HasSubstr("archives disagree"));
}

}  // namespace
}  // namespace waydiff::cli
