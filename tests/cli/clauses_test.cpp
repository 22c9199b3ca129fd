#include <gmock/gmock.h>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A policy one of whose clauses is reworded, removed and brought back.
class ClausesOverTime : public testing::Test {
 protected:
  ClausesOverTime() {
    scene.capture("20180101", policy("We may share your data with advertisers."));
    scene.capture("20190101", policy("We will share your data with advertisers."));
    scene.capture("20200101", policy("Nothing else is said here on this day."));
    scene.capture("20210101", policy("We will share your data with advertisers."));
    if (const Ended ended = scene.run(); ended.status != 0) ADD_FAILURE() << ended.err;
  }
  /// The blame of the clause that begins so.
  boost::json::object blamed(const std::string& time, std::string_view beginning) {
    for (const auto& line : lines_of(scene.waydiff({"blame", "shop.example" + time, "--json"}))) {
      if (std::string_view(line.at("words").as_string()).starts_with(beginning)) return line;
    }
    ADD_FAILURE() << "no clause begins with " << beginning;
    return {};
  }
  CrawlScene scene;
};

TEST_F(ClausesOverTime, AreBlamedWithTheIntervalsTheyCameAndChangedIn) {
  const auto clause = blamed("@2019", "We will share");
  EXPECT_TRUE(clause.at("appeared").at("not_before").is_null());
  EXPECT_EQ(clause.at("changed").at("not_before").as_string(), "20180101120000");
  EXPECT_EQ(clause.at("changed").at("not_after").as_string(), "20190101120000");
  EXPECT_THAT(std::string(clause.at("changed").at("new_snapshot").as_string()), HasSubstr("/20190101120000id_/"));
  const Ended shown = scene.waydiff({"blame", "shop.example", "2019", "--links"});
  EXPECT_THAT(shown.out, HasSubstr("changed  after 2018-01-01, not after 2019-01-01 (365 days)"));
  EXPECT_THAT(shown.out, HasSubstr("/20180101120000id_/"));
}

TEST_F(ClausesOverTime, KeepTheirNamesAndAreShownAsOneLife) {
  const std::string name(blamed("", "We will share").at("clause").as_string());
  EXPECT_EQ(name, std::string(blamed("@2018", "We may share").at("clause").as_string()));
  const Ended life = scene.waydiff({"log", "shop.example", "--clause", name});
  EXPECT_EQ(life.status, 0) << life.err;
  EXPECT_THAT(life.out, HasSubstr("We [-may-]{+will+} share your data with advertisers."));
  EXPECT_THAT(life.out, HasSubstr("removed after 2019-01-01, not after 2020-01-01"));
  EXPECT_THAT(life.out, HasSubstr("came back after 2020-01-01, not after 2021-01-01"));
  const auto found = lines_of(scene.waydiff({"log", "shop.example", "--match", "MAY share your data", "--json"}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].at("stays").as_array().size(), 3u);
  const Ended unknown = scene.waydiff({"log", "shop.example", "--clause", "nonesuch"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("no clause called nonesuch"));
}

TEST_F(ClausesOverTime, KeepTheirNamesWhenAnOlderCaptureSlotsIn) {
  const std::string name(blamed("", "We will share").at("clause").as_string());
  scene.capture("20170101", policy("We may share your data with advertisers."));
  EXPECT_EQ(scene.waydiff({"run", "--relist"}).status, 0);
  const auto clause = blamed("", "We will share");
  EXPECT_EQ(std::string(clause.at("clause").as_string()), name);
  EXPECT_EQ(clause.at("appeared").at("not_after").as_string(), "20170101120000");
}

TEST_F(ClausesOverTime, AreFoundByTheirWords) {
  const auto hits = lines_of(scene.waydiff({"search", "advertisers may", "--json"}));
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].at("last_seen").as_string(), "20180101120000");
  EXPECT_THAT(scene.waydiff({"search", "share", "your data"}).out, HasSubstr("to 2021-01-01"));
  const auto added = lines_of(scene.waydiff({"search", "advertisers", "--kind", "added", "--from", "2020", "--json"}));
  ASSERT_EQ(added.size(), 1u);
  EXPECT_EQ(added[0].at("not_after").as_string(), "20210101120000");
  const Ended nothing = scene.waydiff({"search", "biometric"});
  EXPECT_EQ(nothing.status, 0);
  EXPECT_EQ(nothing.out, "");
  EXPECT_THAT(nothing.err, HasSubstr("nothing found"));
  EXPECT_EQ(scene.waydiff({"search", "!?"}).status, 2);
  EXPECT_EQ(scene.waydiff({"search", "x", "--kind", "rewritten"}).status, 2);
}

}  // namespace
}  // namespace waydiff::cli
