#include "tests/extract/shown.hpp"

namespace waydiff::extract {
namespace {

constexpr std::string_view prose =
    "<p>We collect the data that you give us when you register, and nothing else besides.</p>"
    "<p>We keep it for as long as your account is open, and delete it a month later.</p>"
    "<p>You may ask us for a copy of it at any time, and we will answer within two weeks.</p>";
constexpr std::string_view prose_shown =
    "We collect the data that you give us when you register, and nothing else besides.\n\n"
    "We keep it for as long as your account is open, and delete it a month later.\n\n"
    "You may ask us for a copy of it at any time, and we will answer within two weeks.";

std::string page(std::string_view before, std::string_view after) {
  return "<body>" + std::string(before) + std::string(prose) + std::string(after) + "</body>";
}

TEST(Content, LeavesOutWhatSurroundsThePolicy) {
  EXPECT_EQ(
      shown(page("<nav><a href=/>Home</a></nav><div class=menu><ul><li><a href=/a>Shop</a><li><a href=/b>Blog</a><li>"
                 "<a href=/c>Help</a></ul></div>",
                 "<script>track()</script><footer><a href=/x>Imprint</a> © 2020 Example</footer>")),
      prose_shown);
}

TEST(Content, KeepsThePolicyBehindACookieDialogue) {
  EXPECT_EQ(shown("<body><div aria-hidden=true>" + std::string(prose) +
                  "</div><div role=dialog>We use cookies to make this site work. Accept them, please. "
                  "<button>OK</button></div>"),
            prose_shown);
}

TEST(Content, LeavesOutLabelsForScreenReaders) {
  EXPECT_EQ(
      shown(page("",
                 "<p>See <a href=/more>more<span class=sr-only> (opens in a new window)</span></a> on this, if you "
                 "would like to know.</p>")),
      std::string(prose_shown) + "\n\nSee [more](https://example.org/more) on this, if you would like to know.");
}

TEST(Content, KeepsHeadingsWhoseNamesSoundLikeClutter) {
  EXPECT_EQ(
      shown(page("",
                 "<h2 id=share-contact-gdpr>How we share</h2><p>We share nothing with anyone, ever, at all, in any "
                 "case.</p>")),
      std::string(prose_shown) + "\n\n## How we share\n\nWe share nothing with anyone, ever, at all, in any case.");
}

TEST(Content, OpensClosedAccordions) {
  EXPECT_EQ(shown(page("",
                       "<h3><button aria-expanded=false>Cookies</button></h3><div hidden><p>We set one cookie, which "
                       "holds the number of your session.</p></div>")),
            std::string(prose_shown) + "\n\n### Cookies\n\nWe set one cookie, which holds the number of your session.");
}

TEST(Content, KeepsTheDateAboveTheText) {
  EXPECT_EQ(shown("<body><header><h1>Privacy</h1></header><p>Last updated: May 1, 2020</p><main>" + std::string(prose) +
                  "</main></body>"),
            "## Privacy\n\nLast updated: May 1, 2020\n\n" + std::string(prose_shown));
}

TEST(Content, LeavesOutTheLanguageMenuAboveTheTitle) {
  EXPECT_EQ(shown("<body><div><h2>Select your language</h2><ul><li><a href=/en>English</a></ul></div>"
                  "<div><a href=/app>Get the app</a></div><h1>Privacy</h1>" +
                  std::string(prose) + "</body>"),
            "## Privacy\n\n" + std::string(prose_shown));
}

TEST(Content, LeavesOutACopyrightLineThatReadsLikeASentence) {
  EXPECT_EQ(shown(page("", "<div>Copyright © 2000-2011 The Example Company of Oldtown. All rights reserved.</div>")),
            prose_shown);
}

TEST(Content, KeepsProseWhateverItsElementsAreCalled) {
  const std::string plain =
      "<body><nav><a href=/>Home</a></nav><div class=\"NAME\"><h2 class=\"NAME\">Privacy</h2></div><div "
      "class=\"NAME\"><p>" +
      std::string("Last updated: May 1, 2020</p></div><div class=\"NAME\"><div class=\"NAME\" id=\"NAME\">") +
      std::string(prose) +
      "</div></div><div class=\"NAME\"><p>We tell you by mail before we change any of this, and ask you to agree.</p>"
      "<ul class=\"NAME\"><li>by mail;</li><li>on this page.</li></ul></div></body>";
  const std::string wanted = shown(plain);
  ASSERT_NE(wanted.find("We tell you by mail"), std::string::npos);
  for (const std::string_view name :
       {"share",      "contact", "gdpr",    "header",     "related",  "hidden", "sidebar",       "comment",
        "comments",   "ad",      "social",  "footer",     "nav",      "menu",   "cookie banner", "cookie-consent popup",
        "newsletter", "promo",   "toolbar", "breadcrumb", "masthead", "modal"}) {
    std::string page = plain;
    for (std::size_t at = page.find("NAME"); at != std::string::npos; at = page.find("NAME")) page.replace(at, 4, name);
    EXPECT_EQ(shown(page), wanted) << name;
  }
}

TEST(Content, TellsAConsentBoxByItsButtons) {
  EXPECT_EQ(
      shown(page("<div class='cookie-banner'>We use cookies to make this site work for you. <a href='#'>Fine</a></div>",
                 "")),
      prose_shown);
}

}  // namespace
}  // namespace waydiff::extract
