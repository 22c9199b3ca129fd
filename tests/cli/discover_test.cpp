#include <gmock/gmock.h>

#include <algorithm>
#include <boost/json/parse.hpp>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A home page whose footer has these links.
std::string home(const std::string& links) {
  return "<!doctype html><html lang=\"en\"><head><title>Shop</title></head><body><nav><a href=\"/new\">New</a> <a "
         "href=\"/blog/privacy-tips\">Tips on privacy</a></nav><p>Everything for house and garden, sent within the "
         "day.</p><footer><a "
         "href=\"/contact\">Contact</a> " +
         links + "</footer></body></html>";
}

/// A shop whose home page links to /priv.html until 2009, then to /privacy.
class Shop {
 public:
  Shop() {
    page("20050301", "http://www.shop.example/", home("<a href=\"/priv.html\">Privacy</a>"));
    page("20080301", "http://www.shop.example/", home("<a href=\"/priv.html\">Privacy</a>"));
    page("20120301", "https://www.shop.example/", home("<a href=\"/privacy\">Privacy Policy</a>"));
    page("20140301", "https://www.shop.example/", home("<a href=\"/privacy\">Privacy Policy</a>"));
    page("20060101", "http://www.shop.example/priv.html", policy_number(1));
    page("20120101", "https://www.shop.example/privacy", policy_number(1));
    page("20130101", "https://www.shop.example/privacy", policy_number(2));
  }

  void page(const std::string& day, const std::string& url, std::string body) {
    scene.archive.add({.timestamp = day + "120000", .original = url, .body = std::move(body)});
  }

  /// waydiff, with a configuration whose only target has a site and no address.
  [[nodiscard]] Ended waydiff(const std::vector<std::string>& arguments) const {
    scene.folder.write(
        "waydiff.toml",
        "db = \"shop.db\"\n[archive.fake]\nprofile = \"wayback\"\nindex = \"" + scene.archive.index() +
            "\"\nplayback = \"" + scene.archive.playback() +
            "\"\nindex_per_minute = 6000\nplayback_per_minute = 60000\npause_seconds = 1\n[defaults]\nevery = "
            "\"all\"\n[[target]]\nsite = \"shop.example\"\n");
    return cli::waydiff(scene.folder.path(), arguments);
  }

  CrawlScene scene;
};

TEST(Discover, FindsThePolicyAndWhereItWasBefore) {
  const Shop shop;
  const Ended ended = shop.waydiff({"discover", "shop.example", "--config", "waydiff.toml"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("4 home pages read"));
  EXPECT_THAT(ended.out, HasSubstr("2012-03-01  2014-03-01  https://www.shop.example/privacy\n"));
  EXPECT_THAT(ended.out, HasSubstr("footer link \"Privacy Policy\""));
  EXPECT_THAT(ended.out, HasSubstr("[[target]]\nurl = \"https://www.shop.example/privacy\"\nsite = \"shop.example\"\n"
                                   "kind = \"privacy policy\"\naliases = [\"http://www.shop.example/priv.html\"]\n"));
}

TEST(Discover, ReadsTheConfigurationOfTheFolder) {
  const Shop shop;
  const Ended ended = shop.waydiff({"discover", "shop.example"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("4 home pages read\n"));
  EXPECT_EQ(shop.scene.archive.requests().size(), 5u);
}

TEST(Discover, EndsAtALimitAndGoesOn) {
  const Shop shop;
  const Ended ended = shop.waydiff({"discover", "shop.example", "--max-requests", "3"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.err, HasSubstr("the limit of this run is reached after 3 requests; the rest is left for the next"));
  EXPECT_THAT(ended.out, HasSubstr("2 home pages read, others could not be\n"));
  EXPECT_EQ(shop.scene.archive.requests().size(), 3u);
  const Ended rest = shop.waydiff({"discover", "shop.example"});
  EXPECT_EQ(rest.status, 0) << rest.err;
  EXPECT_THAT(rest.out, HasSubstr("4 home pages read\n"));
  EXPECT_EQ(shop.scene.archive.requests().size(), 5u);
}

TEST(Discover, SaysSoWhenNoHomePageIsArchived) {
  const Shop shop;
  const Ended ended = shop.waydiff({"discover", "nowhere.example"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_EQ(ended.out, "nowhere.example, privacy policy: 0 home pages read\n");
}

TEST(Discover, AsksForNothingTwice) {
  Shop shop;
  ASSERT_EQ(shop.waydiff({"discover", "shop.example", "--config", "waydiff.toml"}).status, 0);
  shop.scene.archive.forget_requests();
  const Ended ended = shop.waydiff({"discover", "www.shop.example", "--config", "waydiff.toml", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(shop.scene.archive.requests().size(), 0u);
  const boost::json::value answers = boost::json::parse(ended.out);
  const boost::json::object& answer = answers.as_array().at(0).as_object();
  EXPECT_EQ(answer.at("url").as_string(), "https://www.shop.example/privacy");
  EXPECT_EQ(answer.at("aliases").as_array().size(), 1u);
}

TEST(Discover, SaysSoWhenThereIsNothing) {
  const Shop shop;
  const Ended ended = shop.waydiff({"discover", "shop.example", "--config", "waydiff.toml", "--kind", "imprint"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.out, HasSubstr("nothing that looks like one"));
  EXPECT_THAT(ended.out, Not(HasSubstr("[[target]]")));
}

TEST(Discover, FollowsAHomePageThatSendsItsReadersOn) {
  CrawlScene scene;
  scene.archive.add({.timestamp = "20100101120000",
                     .original = "http://move.example/",
                     .body = "",
                     .status = 302,
                     .headers = {{"Location", "http://move.example/en/"}}});
  scene.archive.add({.timestamp = "20100101120005",
                     .original = "http://move.example/en/",
                     .body = home("<a href=\"/en/privacy\">Privacy Policy</a>")});
  scene.configure();
  const Ended ended = scene.waydiff({"discover", "move.example", "--config", "waydiff.toml"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("url = \"http://move.example/en/privacy\""));
}

TEST(Run, FindsATargetWithoutAnAddressAndFollowsItThroughItsMove) {
  Shop shop;
  const Ended ended = shop.waydiff({"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  const boost::json::value parsed = boost::json::parse(ended.out);
  const boost::json::array& receipts = parsed.as_array();
  const auto policy = std::find_if(receipts.begin(), receipts.end(), [](const boost::json::value& line) {
    return line.at("kind").as_string() == "privacy policy";
  });
  ASSERT_NE(policy, receipts.end()) << ended.out;
  EXPECT_EQ(policy->at("url").as_string(), "https://www.shop.example/privacy");
  EXPECT_EQ(policy->at("listed").to_number<int>(), 3);
  EXPECT_EQ(policy->at("fetched").to_number<int>(), 2);  // the third has the words that the first had
  EXPECT_EQ(policy->at("transitions").to_number<int>(), 1);

  shop.scene.archive.forget_requests();
  EXPECT_EQ(shop.waydiff({"run"}).status, 0);
  EXPECT_EQ(shop.scene.archive.requests().size(), 0u);
}

TEST(Run, EndsAtALimitWhileItLooksForATargetAndGoesOn) {
  const Shop shop;
  const Ended ended = shop.waydiff({"run", "--max-requests", "3"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.err,
              HasSubstr("shop.example, privacy policy: the limit of this run ended the look through its home "
                        "pages; the next run goes on"));
  EXPECT_THAT(ended.err, HasSubstr("the limit of this run is reached after 3 requests"));
  EXPECT_THAT(ended.err, Not(HasSubstr("clearly enough")));
  EXPECT_EQ(shop.scene.archive.requests().size(), 3u);
  const Ended rest = shop.waydiff({"run"});
  EXPECT_EQ(rest.status, 0) << rest.err;
  EXPECT_THAT(rest.out, HasSubstr("shop.example, privacy policy"));
}

TEST(Run, KeepsTheTargetWhenTheDocumentMovesAgain) {
  Shop shop;
  ASSERT_EQ(shop.waydiff({"run"}).status, 0);
  shop.page("20160301", "https://www.shop.example/", home("<a href=\"/legal/privacy\">Privacy Policy</a>"));
  shop.page("20160101", "https://www.shop.example/legal/privacy", policy_number(3));
  const Ended ended = shop.waydiff({"run", "--relist", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  int policies = 0;
  const boost::json::value receipts = boost::json::parse(ended.out);
  for (const boost::json::value& line : receipts.as_array()) {
    if (line.at("kind").as_string() != "privacy policy") continue;
    ++policies;
    EXPECT_EQ(line.at("url").as_string(), "https://www.shop.example/privacy");
    EXPECT_EQ(line.at("listed").to_number<int>(), 4);
    EXPECT_EQ(line.at("transitions").to_number<int>(), 2);
  }
  EXPECT_EQ(policies, 1);
}

TEST(Run, FollowsAnArchivedRedirectToTheNewAddress) {
  CrawlScene scene;
  scene.capture("20100101", policy_number(1));
  scene.archive.add({.timestamp = "20120101120000",
                     .original = policy_address,
                     .body = "moved",
                     .status = 301,
                     .headers = {{"Location", "https://www.shop.example/legal/privacy-notice"}}});
  scene.archive.add({.timestamp = "20130101120000",
                     .original = "https://www.shop.example/legal/privacy-notice",
                     .body = policy_number(2)});
  const Ended ended = scene.waydiff({"run", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(count(receipt_of(ended), "fetched"), 3);
  EXPECT_EQ(count(receipt_of(ended), "transitions"), 1);
}

TEST(Run, SaysWhichTargetItCouldNotFind) {
  CrawlScene scene;
  scene.configure();
  scene.folder.write("lost.toml", "db = \"lost.db\"\n[archive.fake]\nindex = \"" + scene.archive.index() +
                                      "\"\nplayback = \"" + scene.archive.playback() +
                                      "\"\n[[target]]\nsite = \"nowhere.example\"\n");
  const Ended ended = cli::waydiff(scene.folder.path(), {"run", "--config", "lost.toml"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.err,
              HasSubstr("nowhere.example, privacy policy: no archived home page of it could be read; give its `url`"));
}

}  // namespace
}  // namespace waydiff::cli
