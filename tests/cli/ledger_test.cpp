#include <gmock/gmock.h>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Dated texts of several documents, imported.
class Ledger : public testing::Test {
 protected:
  void text(const std::string& site, const std::string& day, const std::string& updated, const std::string& sentence) {
    std::filesystem::create_directories(folder.path() / "texts" / site / "Terms");
    folder.write("texts/" + site + "/Terms/" + day + "120000.md",
                 "# Terms of service\n\nLast updated: " + updated +
                     "\n\nThese terms apply when you use our services. You agree to them by using our services.\n\n"
                     "## Liability\n\n" +
                     sentence +
                     "\n\n## Privacy\n\nWe collect the personal data that you give us, and delete them on request.\n");
  }
  void import() const {
    const Ended ended = waydiff({"import", "texts"});
    if (ended.status != 0) ADD_FAILURE() << ended.err;
  }
  [[nodiscard]] Ended waydiff(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--db", "store.db"});
    return cli::waydiff(folder.path(), arguments);
  }
  ScratchFolder folder;
};

constexpr const char* limited = "Our liability is limited to ten euros by these terms.";
constexpr const char* courts = "The courts of Dublin decide on every claim that you may have.";

TEST_F(Ledger, HoldsStatedDatesAgainstTheInterval) {
  text("Acme", "20180101", "1 January 2017", "We are liable by law.");
  text("Acme", "20180301", "1 January 2017", limited);
  text("Acme", "20180501", "10 April 2018", courts);
  text("Acme", "20180701", "11 April 2018", courts);
  import();
  const auto log = lines_of(waydiff({"log", "Acme", "--json"}));
  ASSERT_EQ(log.size(), 3u);
  EXPECT_EQ(log[0].at("stated").at("verdict").as_string(), "silent edit");
  EXPECT_EQ(log[1].at("stated").at("verdict").as_string(), "dated");
  EXPECT_EQ(log[1].at("stated").at("dates").at(0).at("new").as_string(), "2018-04-10");
  EXPECT_EQ(log[2].at("stated").at("verdict").as_string(), "date only");
  EXPECT_EQ(log[1].at("gap_days").to_number<int>(), 61);
  EXPECT_THAT(waydiff({"log", "Acme"}).out, HasSubstr("silent edit: updated 2017-01-01 as before"));
}

TEST_F(Ledger, TellsReturnsInARowAsOne) {
  for (int month = 1; month <= 6; ++month) {
    text("Acme", "20180" + std::to_string(month) + "01", "1 January 2017", month % 2 == 1 ? limited : courts);
  }
  import();
  const Ended told = waydiff({"log", "Acme"});
  EXPECT_THAT(told.out, HasSubstr("2018-06-01  texts 1 and 2 alternate 4 times from 2018-03-01 to 2018-06-01\n"));
  EXPECT_THAT(told.out, HasSubstr("text 1: 2 times, 2 captures, at most 120 days in all"));
  EXPECT_THAT(told.out, Not(HasSubstr("returned")));
  EXPECT_THAT(waydiff({"log", "Acme", "--returns"}).out, HasSubstr("2018-04-01  text 1 -> 2  returned"));
  const auto lines = lines_of(waydiff({"log", "Acme", "--json"}));
  ASSERT_EQ(lines.size(), 5u) << "machines get every transition";
  EXPECT_TRUE(lines[0].at("alternation").is_null());
  EXPECT_EQ(lines[3].at("alternation").at("returns").to_number<int>(), 4);
  const auto states = lines_of(waydiff({"log", "Acme", "--states", "--json"}));
  ASSERT_EQ(states.size(), 2u);
  EXPECT_EQ(states[0].at("stays").as_array().size(), 3u);
  EXPECT_TRUE(states[0].at("at_most_days").is_null()) << "nobody knows since when the first text stood";
}

TEST_F(Ledger, ShowsTheSameChangeInSeveralDocumentsAsOneEvent) {
  int day = 10;
  for (const char* const site : {"Acme", "Foo", "Bar"}) {
    text(site, "20180101", "1 January 2017", limited);
    text(site, "201802" + std::to_string(day), "1 January 2017",
         std::string(limited) + " " + site + " may share your location with its advertising partners.");
    day += 5;
  }
  import();
  const auto events = lines_of(waydiff({"spread", "--kind", "added", "--json"}));
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].at("documents").to_number<int>(), 3);
  EXPECT_EQ(events[0].at("days").to_number<int>(), 10);
  EXPECT_EQ(events[0].at("spread").at(0).at("site").as_string(), "Acme");
  EXPECT_EQ(events[0].at("spread").at(2).at("site").as_string(), "Bar");
  const Ended shown = waydiff({"spread", "--match", "location"});
  EXPECT_THAT(shown.out, StartsWith("added in 3 documents, first seen there from 2018-02-10 to 2018-02-20 (10 days)\n"
                                    "  {+Acme may share your location with its advertising partners.+}\n"));
  EXPECT_THAT(waydiff({"spread", "--within", "9"}).err, HasSubstr("nothing found"));
  EXPECT_EQ(waydiff({"spread", "--since", "2019"}).out, "");
  EXPECT_EQ(waydiff({"spread", "--match", "?"}).status, 2);
  EXPECT_EQ(waydiff({"spread", "--min", "1"}).status, 2);
}

TEST_F(Ledger, GivesNumbersOfEachDocument) {
  text("Acme", "20180101", "1 January 2017", limited);
  text("Acme", "20180201", "1 January 2017", courts);
  text("Acme", "20180301", "1 January 2017", limited);
  import();
  EXPECT_EQ(waydiff({"status", "--numbers"}).out,
            "site,kind,url,listed,fetched,bodies,byte_differences,good,texts,states,transitions,changed,returned,"
            "editorial,substantive_transitions,substantive_changes,quarantined,http_error,redirect,block_page,soft_404,"
            "consent_wall,parked,empty,truncated,wrong_language,not_a_policy,unreadable,unprocessed\n"
            "Acme,Terms,folder:Acme/Terms,3,3,2,2,3,2,2,2,1,1,0,1,2,0,0,0,0,0,0,0,0,0,0,0,0,0\n");
  const auto lines = lines_of(waydiff({"status", "--numbers", "--json"}));
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].at("returned").to_number<int>(), 1);
}

class MissedCaptures : public testing::Test {
 protected:
  CrawlScene scene;
};

TEST_F(MissedCaptures, AreWhatWidensAnInterval) {
  scene.capture("20180101", policy("We may share your data with advertisers."));
  scene.capture("20180601",
                "<html><head><title>404 Not Found</title></head><body><h1>Page not found</h1></body></html>");
  scene.capture("20190101", policy("We will share your data with advertisers."));
  ASSERT_EQ(scene.run().status, 0);
  const auto log = lines_of(scene.waydiff({"log", "shop.example", "--json"}));
  ASSERT_EQ(log.size(), 1u);
  EXPECT_EQ(log[0].at("missed").at("soft_404").to_number<int>(), 1);
  const std::string remark = "1 capture between shows no text: 1 soft_404";
  EXPECT_THAT(scene.waydiff({"log", "shop.example"}).out, HasSubstr(remark));
  EXPECT_THAT(scene.waydiff({"blame", "shop.example"}).out, HasSubstr("(365 days; " + remark + ")"));
  EXPECT_THAT(scene.waydiff({"search", "advertisers", "--changes"}).out, HasSubstr("(365 days; " + remark + ")"));
  const auto hits = lines_of(scene.waydiff({"search", "advertisers", "--changes", "--json"}));
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].at("gap_days").to_number<int>(), 365);
  EXPECT_THAT(bytes_of(scene.folder.path() / "report" / "shop.example-privacy-policy.html"), HasSubstr(remark));
}

}  // namespace
}  // namespace waydiff::cli
