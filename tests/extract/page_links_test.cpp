#include "extract/page_links.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace waydiff::extract {
namespace {

using testing::ElementsAre;

core::PageLinks read(const std::string& html, const std::string& url = "http://site.example/home/") {
  auto links = page_links(html, {url, "text/html; charset=utf-8"});
  EXPECT_TRUE(links) << links.error().detail;
  return links ? *links : core::PageLinks{};
}

/// "PLACE TEXT -> ADDRESS" of each link.
std::vector<std::string> shown(const core::PageLinks& page) {
  std::vector<std::string> out;
  for (const core::PageLink& link : page.links) {
    const char* const places[] = {"head", "navigation", "body", "footer"};
    out.push_back(std::string(places[static_cast<int>(link.place)]) + " " + link.text + " -> " + link.url);
  }
  return out;
}

TEST(PageLinks, TellsPlacesByStructure) {
  EXPECT_THAT(
      shown(read("<header><a href=a>A</a></header><nav><a href=b>B</a></nav><main><p>Words <a href=c>C</a></p></main>"
                 "<footer><a href=/d>D</a></footer>")),
      ElementsAre("navigation A -> http://site.example/home/a", "navigation B -> http://site.example/home/b",
                  "body C -> http://site.example/home/c", "footer D -> http://site.example/d"));
}

TEST(PageLinks, TellsPlacesByPositionWhereTablesAreAllThereIs) {
  const std::string prose(400, 'w');
  EXPECT_THAT(shown(read("<table><tr><td><a href=a>A</a></td><td>" + prose + "<a href=b>B</a>" + prose +
                         "</td></tr></table><font><a href=c>C</a></font>")),
              ElementsAre("navigation A -> http://site.example/home/a", "body B -> http://site.example/home/b",
                          "footer C -> http://site.example/home/c"));
}

TEST(PageLinks, TakesFootersOfArticlesForPartsOfThem) {
  const core::PageLinks page =
      read("<article><footer><a href=a>A</a></footer></article><p>Some words to end with, and more.</p>");
  ASSERT_EQ(page.links.size(), 1U);
  EXPECT_EQ(page.links[0].place, core::LinkPlace::body);
  EXPECT_TRUE(page.links[0].story);
}

TEST(PageLinks, NamesImagesMapsAndFrames) {
  const core::PageLinks page = read(
      "<a href=1><img src=x.gif alt='First'></a><a href=2 title='Second'><img src=y.gif></a>"
      "<a href=3 aria-label='Third'></a><a href=4><img src='/i/privacy.gif'></a>"
      "<map name=m><area href=5 alt='Fifth'></map><iframe src=6 title='Sixth'></iframe>");
  std::vector<std::string> texts;
  for (const core::PageLink& link : page.links) texts.push_back(link.text + (link.label ? "*" : ""));
  EXPECT_THAT(texts, ElementsAre("First*", "Second*", "Third*", "privacy*", "Fifth*", "Sixth*"));
  EXPECT_TRUE(page.links.back().frame);
}

TEST(PageLinks, ReadsFramesetsAndTheirNoframes) {
  EXPECT_THAT(shown(read("<html><frameset cols='20%,*'><frame src=menu.html><frame src=main.html><noframes><body>"
                         "<a href=privacy.html>Privacy</a></body></noframes></frameset></html>"))
                  .size(),
              3U);
}

TEST(PageLinks, UndoesArchiveAddressesAndObeysTheBase) {
  EXPECT_THAT(shown(read("<head><base href='http://www.site.example/en/'></head><body><a "
                         "href='/web/20040610120000/http://www.site.example/p.asp'>P</a><a href=q>Q</a>")),
              testing::IsSupersetOf({std::string("footer Q -> http://www.site.example/en/q")}));
  EXPECT_EQ(read("<a href='/web/20040610120000/http://www.site.example/p.asp'>P</a>").links[0].url,
            "http://www.site.example/p.asp");
}

TEST(PageLinks, LeavesOutScriptsAndWhatLeadsNowhere) {
  EXPECT_TRUE(
      read("<script>document.write('<a href=x>X</a>')</script><a href='javascript:go()'>Go</a><a name=top>Top</a>"
           "<a href='#'>Up</a><!-- <a href=old>Old</a> -->")
          .links.empty());
}

TEST(PageLinks, KnowsThePagesOwnAddressAndLanguage) {
  const core::PageLinks page = read(
      "<html lang=de-AT><head><link rel=stylesheet href=s.css><link rel=canonical href='/start'>"
      "<meta http-equiv=Refresh content='0; URL=/de/'></head><body>x</body></html>");
  EXPECT_EQ(page.canonical, "http://site.example/start");
  EXPECT_EQ(page.forwards_to, "http://site.example/de/");
  EXPECT_EQ(page.language, "de-AT");
  EXPECT_TRUE(page.links.empty());
}

TEST(PageLinks, MarksCookieBanners) {
  const core::PageLinks page =
      read("<div class='cookie-banner'><a href=c>Cookies</a></div><p>Much else is said here.</p><a href=d>D</a>");
  ASSERT_EQ(page.links.size(), 2U);
  EXPECT_TRUE(page.links[0].consent);
  EXPECT_FALSE(page.links[1].consent);
}

TEST(PageLinks, KeepsFiveThousandAndSaysThatThereWereMore) {
  std::string html;
  for (int n = 0; n < 5001; ++n) html += "<a href=" + std::to_string(n) + ">" + std::to_string(n) + "</a> ";
  const core::PageLinks page = read(html);
  EXPECT_EQ(page.links.size(), 5000U);
  EXPECT_TRUE(page.cut);
}

TEST(PageLinks, SurvivesNestingAndGarbage) {
  std::string deep;
  for (int n = 0; n < 20000; ++n) deep += "<div><a href=x>";
  EXPECT_FALSE(read(deep).links.empty());
  EXPECT_TRUE(read(std::string("\x00\xFF<\x01 href", 9)).links.empty());
}

TEST(PageLinks, RefusesPagesOverTheLimit) {
  const auto links = page_links("<a href=x>x</a>", {"http://big.example/", ""}, {.bytes = 4, .depth = 10});
  ASSERT_FALSE(links);
  EXPECT_EQ(links.error().code, core::Errc::too_large);
  EXPECT_THAT(links.error().detail, testing::HasSubstr("http://big.example/"));
}

}  // namespace
}  // namespace waydiff::extract
