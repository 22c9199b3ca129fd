#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compared.hpp"
#include "html_check.hpp"
#include "real_pairs.hpp"
#include "report/redline.hpp"
#include "sample.hpp"

namespace waydiff::report {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string page(std::string_view before, std::string_view after, std::string_view ignore = "",
                 std::string_view only = "") {
  return redline_html(Compared(before, after).redline(ignore, only));
}

std::string sample_page() {
  return page(sample_before, sample_after);
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t out = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++out;
  return out;
}

TEST(RedlineHtml, ShowsOldAndNewInOneAndBesideOneAnother) {
  const std::string html = sample_page();
  EXPECT_THAT(html, HasSubstr("We <del>may</del> share your address with our printers."));
  EXPECT_THAT(html, HasSubstr("We <del>may</del><ins>will</ins> share your address with our printers."));
  EXPECT_THAT(html, HasSubstr("<input type=\"radio\" name=\"view\" id=\"beside\">"));
  EXPECT_THAT(html, HasSubstr("<input type=\"radio\" name=\"text\" id=\"whole\">"));
}

TEST(RedlineHtml, LinksBothEndsOfAMove) {
  const std::string html = sample_page();
  EXPECT_THAT(html, HasSubstr("id=\"from5\" href=\"#c5\"")) << "the old place leads to the new one";
  EXPECT_THAT(html, HasSubstr("<a href=\"#from5\">from Sharing ↑</a>")) << "and back";
  EXPECT_THAT(html, HasSubstr("moved to Keeping, clause 10 ↓"));
  EXPECT_LT(html.find("id=\"from5\""), html.find("id=\"c5\""));
}

TEST(RedlineHtml, IsWellFormed) {
  EXPECT_THAT(html_faults(sample_page()), IsEmpty());
  EXPECT_THAT(html_faults(page(sample_before, sample_before)), IsEmpty());
  EXPECT_THAT(html_faults(page(sample_before, sample_after, "editorial", "added,modified")), IsEmpty());
  const auto set = sample::change_set({sample::added(), sample::reworded(), sample::moved(), sample::renumbered()});
  EXPECT_THAT(html_faults(redline_html(Redline(set, "a", "b"))), IsEmpty()) << "without clauses";
}

TEST(RedlineHtml, RepeatsNoUnchangedParagraph) {
  const std::string sentence = "Nobody but us reads what you write to us, ever.";
  EXPECT_EQ(count(page("## A\n\n" + sentence + "\n\nWe may.\n", "## A\n\n" + sentence + "\n\nWe will.\n"), sentence),
            1u);
}

TEST(RedlineHtml, LeavesNoEmptyItemWhereSeveralMovedAway) {
  const std::string list = "  * letters that people wrote to us\n  * parcels that people sent to us\n\n";
  const std::string stays =
      "We keep what we are given.\n\nNobody else reads it.\n\nWe say so here.\n\nWrite to us.\n\n";
  const std::string html = page(list + stays, stays + list);
  EXPECT_THAT(html, HasSubstr("class=\"gone\""));
  EXPECT_THAT(html, Not(HasSubstr("dir=\"auto\"></p>")));
}

TEST(RedlineHtml, FoldsWhatIsLongAndUnchanged) {
  std::string text = "# Terms\n\n";
  for (int i = 0; i < 40; ++i) text += "Paragraph number " + std::to_string(i) + " stays as it is.\n\n";
  const std::string html = page(text + "We may.\n", text + "We will.\n");
  EXPECT_EQ(count(html, "<details>"), 1u);
  EXPECT_THAT(html, HasSubstr("clauses unchanged"));
  EXPECT_EQ(count(html, "Paragraph number 17 stays"), 1u);
}

TEST(RedlineHtml, SaysItsLanguages) {
  const std::string german =
      "## Daten\n\nWir geben Ihre Daten nicht an Dritte weiter, es sei denn, Sie haben dem zugestimmt.\n";
  const std::string html = page(german, german + "\nSie können jederzeit widersprechen.\n");
  EXPECT_THAT(html, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(html, HasSubstr("<div class=\"new\" lang=\"de\">"));
}

TEST(RedlineHtml, LeavesTextFromRightToLeftToTheBrowser) {
  const std::string html = page("אנחנו עשויים לשתף מידע.\n", "אנחנו נשתף מידע.\n");
  EXPECT_THAT(html, HasSubstr("dir=\"auto\">"));
  EXPECT_THAT(html_faults(html), IsEmpty());
}

TEST(RedlineHtml, NeedsNoScriptAndNoNetwork) {
  const std::string html = sample_page();
  for (const char* loads : {"<link", "<script", "<img", "@import", "url(", "<iframe", "src=", " style=\""}) {
    EXPECT_THAT(html, Not(HasSubstr(loads))) << loads;
  }
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
}

TEST(RedlineHtml, HoldsOnRealHistories) {
  const auto pairs = real_pairs();
  if (pairs.empty()) GTEST_SKIP() << "no corpus";
  for (const auto& [old_file, new_file] : pairs) {
    const std::string before = bytes_of(old_file), after = bytes_of(new_file);
    const std::string html = redline_html(Compared(before, after).redline());
    EXPECT_THAT(html_faults(html), IsEmpty()) << new_file;
    EXPECT_LT(html.size(), 30'000 + 3 * (before.size() + after.size())) << new_file;
  }
}

}  // namespace
}  // namespace waydiff::report
