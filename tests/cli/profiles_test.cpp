#include <gmock/gmock.h>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;

/// A page that was captured in three years, in an archive of some kind.
class Profiles : public testing::Test {
 protected:
  Profiles() {
    archive_.dialects({.crawls = {{"CC-MAIN-2019-05", "20190101", "20190228"},
                                  {"CC-MAIN-2018-05", "20180101", "20180228"},
                                  {"CC-MAIN-2020-05", "20200101", "20200228"}}});
    for (int year = 2018; year <= 2020; ++year) {
      archive_.add({.timestamp = std::to_string(year) + "0101120000",
                    .original = policy_address,
                    .body = policy_number(year - 2018)});
    }
  }

  /// `waydiff crawl` with the archive's profile and addresses; the texts of all captures must have come.
  void crawls(const std::string& profile, const std::string& index, const std::string& playback) {
    folder_.write("waydiff.toml", "db = \"policies.db\"\nhost_state = \"hosts.db\"\n[archive.fake]\nprofile = \"" +
                                      profile + "\"\nindex = \"" + archive_.base_url() + index + "\"\nplayback = \"" +
                                      archive_.base_url() + playback +
                                      "\"\nindex_per_minute = 6000\nplayback_per_minute = 60000\npause_seconds = 1\n"
                                      "[defaults]\nevery = \"all\"\n[[target]]\nurl = \"" +
                                      policy_address + "\"\n");
    const Ended ended = waydiff(folder_.path(), {"crawl", "--json"});
    EXPECT_EQ(ended.status, 0) << ended.err;
    const auto receipt = receipt_of(ended);
    EXPECT_EQ(count(receipt, "listed"), 3) << ended.out << ended.err;
    EXPECT_EQ(count(receipt, "fetched"), 3) << ended.out << ended.err;
    ASSERT_EQ(waydiff(folder_.path(), {"process"}).status, 0);
    EXPECT_THAT(waydiff(folder_.path(), {"show", "shop.example@2020"}).out, HasSubstr("for 3 years"));
  }

  test::FakeArchive archive_;
  ScratchFolder folder_;
};

TEST_F(Profiles, WaybackSpeaksTheClassicDialect) {
  crawls("wayback", "/cdx/search/cdx", "/web");
}

TEST_F(Profiles, PywbGivesObjectsAndTheNearestCapture) {
  crawls("pywb", "/pywb/cdx", "/pywb");
}

TEST_F(Profiles, ArquivoIsAPywb) {
  crawls("arquivo", "/pywb/cdx", "/pywb");
}

TEST_F(Profiles, CommonCrawlGivesPartsOfFiles) {
  crawls("commoncrawl", "/collinfo.json", "");
}

TEST(CommonCrawl, TakesTheBodyOfARevisitFromARecordThatAnEarlierRunListed) {
  test::FakeArchive archive;
  archive.dialects(
      {.crawls = {{"CC-MAIN-2016-05", "20160101", "20160228"}, {"CC-MAIN-2016-10", "20160301", "20160328"}}});
  archive.add({.timestamp = "20160102120000", .original = policy_address, .body = policy_number(1), .revisit = true});
  archive.add({.timestamp = "20160301120000", .original = policy_address, .body = policy_number(1)});
  const ScratchFolder folder;
  folder.write("waydiff.toml", "db = \"policies.db\"\n[archive.fake]\nprofile = \"commoncrawl\"\nindex = \"" +
                                   archive.base_url() + "/collinfo.json\"\nplayback = \"" + archive.base_url() +
                                   "\"\nindex_per_minute = 6000\nplayback_per_minute = 60000\n[defaults]\nevery = "
                                   "\"1 year\"\n[[target]]\nurl = \"" +
                                   policy_address + "\"\n");
  // The list of crawls, and two indexes: all that this run may ask for.
  ASSERT_EQ(waydiff(folder.path(), {"crawl", "--max-requests", "3"}).status, 3);
  const Ended ended = waydiff(folder.path(), {"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(count(receipt_of(ended), "revisit"), 1) << ended.out << waydiff(folder.path(), {"status"}).out;
  EXPECT_EQ(count(receipt_of(ended), "unselected"), 1);
  EXPECT_THAT(waydiff(folder.path(), {"show", "shop.example"}).out, HasSubstr("for 2 years"));
}

TEST_F(Profiles, TimeMapGivesTimesAlone) {
  crawls("timemap", "/timemap/link", "/web");
}

TEST_F(Profiles, ATemplateSaysHowToPlay) {
  crawls("wayback", "/cdx/search/cdx", "/web/{timestamp}id_/{url}");
}

}  // namespace
}  // namespace waydiff::cli
