#include <gmock/gmock.h>

#include "crawl_scene.hpp"
#include "storage/sqlite_handle.hpp"

namespace waydiff::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// "may", "will", and "may" again.
class Stored : public testing::Test {
 protected:
  Stored() {
    scene.capture("20180101", policy("We may share your data with advertisers."));
    scene.capture("20190101", policy("We will share your data with advertisers."));
    scene.capture("20200101", policy("We may share your data with advertisers."));
    if (const Ended ended = scene.run(); ended.status != 0) ADD_FAILURE() << ended.err;
  }

  CrawlScene scene;
};

TEST_F(Stored, LogShowsEachTransitionWithItsDates) {
  const auto log = lines_of(scene.waydiff({"log", "shop.example", "--json"}));
  ASSERT_EQ(log.size(), 2u);
  EXPECT_EQ(log[0].at("kind").as_string(), "changed");
  EXPECT_EQ(log[0].at("not_before").as_string(), "20180101120000");
  EXPECT_EQ(log[0].at("not_after").as_string(), "20190101120000");
  EXPECT_EQ(log[1].at("kind").as_string(), "returned");
  EXPECT_EQ(log[1].at("new_state").to_number<int>(), 1);

  const auto& diff = log[0].at("diff").as_object();
  EXPECT_EQ(diff.at("schema").as_string(), "waydiff.diff/1");
  ASSERT_EQ(diff.at("changes").as_array().size(), 1u);
  const auto& change = diff.at("changes").as_array()[0].as_object();
  EXPECT_EQ(change.at("kind").as_string(), "modified");
  EXPECT_EQ(change.at("old").at("text").as_string(), "We may share your data with advertisers.");
  EXPECT_EQ(change.at("new").at("text").as_string(), "We will share your data with advertisers.");
}

TEST_F(Stored, LogForPeopleNamesTheSnapshots) {
  const Ended ended = scene.waydiff({"log", policy_address, "--patch"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("3 good captures, 2 texts, 2 transitions"));
  EXPECT_THAT(ended.out, HasSubstr("/20180101120000"));
  EXPECT_THAT(ended.out, HasSubstr("returned"));
}

TEST_F(Stored, ShowPrintsTheTextOfATime) {
  const Ended then = scene.waydiff({"show", "shop.example", "2019"});
  EXPECT_EQ(then.status, 0) << then.err;
  EXPECT_THAT(then.out, StartsWith("> *The following text is extracted and transformed from the shop.example privacy "
                                   "policy that was archived on 2019-01-01."));
  EXPECT_THAT(then.out, HasSubstr("\n# Privacy policy\n"));
  EXPECT_THAT(then.out, HasSubstr("We will share your data with advertisers."));
  EXPECT_EQ(scene.waydiff({"show", "shop.example@2019"}).out, then.out);

  EXPECT_THAT(scene.waydiff({"show", "shop.example"}).out, HasSubstr("We may share your data"));
  EXPECT_EQ(scene.waydiff({"show", "shop.example", "2018", "--format", "raw"}).out,
            policy("We may share your data with advertisers."));
}

TEST_F(Stored, ShowSaysWhenThereIsNothingSoEarly) {
  const Ended ended = scene.waydiff({"show", "shop.example", "2017"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("no good capture at or before 2017"));
}

TEST_F(Stored, DiffComparesTwoTimes) {
  const std::string at = std::string(policy_address) + "@";
  const Ended ended = scene.waydiff({"diff", at + "2018", at + "2019", "--format", "json", "--exit-code"});
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr(R"(["-", "may"])"));
  EXPECT_EQ(scene.waydiff({"diff", "shop.example@2018", "shop.example@2020", "--exit-code"}).status, 0);
}

TEST_F(Stored, DiffSaysWhichCapturesItTakes) {
  const Ended ended = scene.waydiff({"diff", "shop.example@201806", "shop.example@2019"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("shop.example@201806: captured 2018-01-01 12:00 UTC, "));
  EXPECT_THAT(ended.err, HasSubstr("shop.example@2019: captured 2019-01-01 12:00 UTC, "));
  EXPECT_THAT(ended.out, StartsWith("--- shop.example@201806  captured 2018-01-01 12:00 UTC  "));
  const Ended early = scene.waydiff({"diff", "shop.example@2017", "shop.example@2019"});
  EXPECT_EQ(early.status, 2);
  EXPECT_THAT(early.err, HasSubstr("no good capture at or before 2017"));
}

TEST_F(Stored, DiffAndLogShowAChangeAlike) {
  const std::string change = "modified, reworded  clause";
  const Ended diff = scene.waydiff({"diff", "shop.example@2018", "shop.example@2019"});
  const Ended log = scene.waydiff({"log", "shop.example", "--patch"});
  EXPECT_THAT(diff.out, HasSubstr(change));
  EXPECT_THAT(log.out, HasSubstr(change));
  for (const Ended& ended : {diff, log}) EXPECT_THAT(ended.out, HasSubstr("We [-may-]{+will+} share your data"));
}

TEST_F(Stored, UnknownTargetsAreNamed) {
  for (const char* command : {"log", "show"}) {
    const Ended ended = scene.waydiff({command, "nobody.example"});
    EXPECT_EQ(ended.status, 2);
    EXPECT_THAT(ended.err, HasSubstr("no target is called \"nobody.example\""));
  }
}

TEST_F(Stored, StatusPrintsTheReceiptOfTheRun) {
  const Ended status = scene.waydiff({"status", "--json"});
  EXPECT_EQ(status.status, 0);
  EXPECT_EQ(count(receipt_of(status), "listed"), 3);
  EXPECT_THAT(scene.waydiff({"status"}).out, Not(HasSubstr("incomplete")));
}

TEST_F(Stored, StatusIsOfTheTargetsThatAreNamed) {
  const Ended one = scene.waydiff({"status", "shop.example", "--json"});
  EXPECT_EQ(one.status, 0);
  EXPECT_EQ(one.out, scene.waydiff({"status", "--json"}).out);  // it is the only one
  const Ended none = scene.waydiff({"status", "shop.example", "nobody.example"});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("no target is called \"nobody.example\""));
  EXPECT_EQ(none.out, "");
}

TEST_F(Stored, VerifyFindsTheStoreInOrder) {
  const Ended ended = scene.waydiff({"verify"});
  EXPECT_EQ(ended.status, 0) << ended.out;
  EXPECT_EQ(ended.out, "");
  EXPECT_THAT(ended.err, HasSubstr("in order"));
}

TEST_F(Stored, VerifyFindsAHistoryThatItsTextsDoNotGive) {
  const auto change = [&](const std::string& sql) {
    auto store = storage::Connection::open(scene.folder.path() / "policies.db", storage::Access::create);
    ASSERT_TRUE(store) << store.error().detail;
    ASSERT_TRUE(store->run(sql));
  };
  change("UPDATE transition SET unchanged = unchanged + 1");
  const Ended ended = scene.waydiff({"verify"});
  EXPECT_EQ(ended.status, 5);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("transition 1: "), HasSubstr("run `waydiff process --all`")));
  // What an earlier version of the differ made is made anew by the next `process`, whatever it says.
  change("UPDATE transition SET diff_generation = 0");
  EXPECT_EQ(scene.waydiff({"verify"}).status, 0);
}

TEST_F(Stored, ProcessingAllAgainChangesNoAnswer) {
  const std::string log = scene.waydiff({"log", "shop.example", "--json"}).out;
  EXPECT_EQ(scene.waydiff({"process", "--all"}).status, 0);
  EXPECT_EQ(scene.waydiff({"log", "shop.example", "--json"}).out, log);
}

TEST_F(Stored, ReportIsTheSameWhenWrittenAgain) {
  const auto index = scene.folder.path() / "report" / "index.html";
  const std::string before = bytes_of(index);
  EXPECT_EQ(scene.waydiff({"report", "--out", "again"}).status, 0);
  EXPECT_NE(before, "");
  EXPECT_EQ(bytes_of(scene.folder.path() / "again" / "index.html"), before);
}

}  // namespace
}  // namespace waydiff::cli
