#include "tests/extract/shown.hpp"

namespace waydiff::extract {
namespace {

std::string again(std::string_view markdown) {
  std::string text = to_markdown(read_markdown(markdown));
  if (!text.empty()) text.pop_back();
  return text;
}

TEST(Markdown, ReadsBothKindsOfHeading) {
  EXPECT_EQ(again("Terms\n=====\n\nScope\n-----\n\nAll.\n\n### More\n"), "# Terms\n\n## Scope\n\nAll.\n\n### More");
}

TEST(Markdown, LeavesOutTheProvenance) {
  EXPECT_EQ(again("> *The following text is extracted and transformed from the x policy.*\n\n# T\n\nText."),
            "# T\n\nText.");
}

TEST(Markdown, ReadsListsOfAnyWidth) {
  EXPECT_EQ(again("*   one\n    \n    still one\n    \n    *   inner\n*   two\n\nAfter."),
            "  * one\n\n    still one\n\n    * inner\n  * two\n\nAfter.");
}

TEST(Markdown, KeepsNumbersOfItems) {
  EXPECT_EQ(again("  3. c\n  4. d"), "  3. c\n  4. d");
}

TEST(Markdown, ReadsTablesEscapesAndLinks) {
  const std::string text =
      "| A | B |\n| --- | --- |\n| x\\_y | [l](https://e.org/a_b) |\n\n1\\. **bold** and _em_ \\* star";
  EXPECT_EQ(again(text),
            "| A | B |\n| --- | --- |\n| x_y | [l](https://e.org/a_b) |\n\n1\\. **bold** and _em_ \\* star");
}

TEST(Markdown, MovesPunctuationOutOfMarksThatCouldNotClose) {
  core::Document document;
  document.blocks.resize(1);
  document.blocks[0].runs = {{"Name:", true, false, false, ""}, {"value", false, false, false, ""}};
  EXPECT_EQ(to_markdown(document), "**Name**:value\n");
}

TEST(Markdown, WritesTheProvenanceOfTheForm) {
  core::Document document;
  document.title = "T";
  EXPECT_EQ(
      to_markdown(document, Provenance{"a.org", "privacy policy", "2014-03-26", "https://w.org/1"}),
      "> *The following text is extracted and transformed from the a.org privacy policy that was archived on "
      "2014-03-26. Please check the [original snapshot on the Wayback Machine](https://w.org/1) for the most accurate "
      "reproduction.*\n\n# T\n");
}

TEST(Markdown, ReadsBackWhatPagesYield) {
  const std::string text = shown(
      "<title>T</title><h2>A</h2><p>One <b>two</b>.<br>Three.</p><ul><li>x<ol><li>y</ol></ul>"
      "<blockquote><p>Quoted.</p></blockquote><table><tr><th>a<th>b<tr><td>1<td>2</table>");
  EXPECT_EQ(again(text), text);
}

TEST(Markdown, TakesTheFirstHeadingAsTheTitleOnlyBelowAProvenanceLine) {
  const std::string text = "# Cookies\n\nWe set one.\n";
  EXPECT_EQ(read_markdown(text).title, "");
  EXPECT_EQ(read_markdown(text).blocks.size(), 2u);
  EXPECT_EQ(to_markdown(read_markdown(text)), text);
  const std::string line = "> *The following text is extracted and transformed from the x privacy policy.*\n\n";
  EXPECT_EQ(read_markdown(line + text).title, "Cookies");
  EXPECT_EQ(read_markdown(line + text).blocks.size(), 1u);
}

TEST(Markdown, ShowsAHeadingThatRepeatsTheTitleOnceAndKeepsItAsABlock) {
  const auto page = extract("<title>Terms</title><h1>Terms</h1><h2>Money</h2><p>You pay.</p>", {"", "text/html"});
  ASSERT_TRUE(page);
  EXPECT_EQ(page->blocks.size(), 3u);
  EXPECT_EQ(to_markdown(*page), "# Terms\n\n## Money\n\nYou pay.\n");
  EXPECT_EQ(to_text(*page), "Terms\n\nMoney\n\nYou pay.\n");
}

TEST(Markdown, ReadsLinksWhoseTitleHasTypographicQuotes) {
  EXPECT_EQ(again("See [it](https://x.example/ “It’s it”) (or [that](https://y.example ‘y’))."),
            "See [it](https://x.example/) (or [that](https://y.example)).");
}

TEST(Markdown, EscapesBarsOnlyWhereTheyPartCells) {
  const std::string text = "# A | B\n\nx | y  \n\\--- | ---\n\n| A\\|B | C |\n| --- | --- |\n| `a\\|b` | d |\n";
  const core::Document document = read_markdown(text);
  ASSERT_EQ(document.blocks.size(), 4u);
  EXPECT_EQ(document.blocks[3].cells[0].at(0).text, "a|b");
  EXPECT_EQ(to_markdown(document), text);
}

}  // namespace
}  // namespace waydiff::extract
