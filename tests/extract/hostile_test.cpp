#include "tests/extract/shown.hpp"

namespace waydiff::extract {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

std::size_t plain_size(const core::Document& document) {
  std::size_t size = 0;
  for (const core::Block& block : document.blocks) {
    for (const core::Inline& run : block.runs) size += run.text.size();
  }
  return size;
}

TEST(Hostile, FlattensPagesNestedTooDeep) {
  const core::Document document = document_of(repeated("<div>", 100'000) + "The text at the bottom of it all.");
  ASSERT_EQ(document.blocks.size(), 1u);
  EXPECT_EQ(document.blocks[0].runs[0].text, "The text at the bottom of it all.");
  EXPECT_FALSE(document.notes.empty());
}

TEST(Hostile, BoundsFormattingThatIsNeverClosed) {
  EXPECT_EQ(document_of(repeated("<font size=1><b><p>A line.", 3'000)).blocks.size(), 3'000u);
}

TEST(Hostile, RefusesBodiesOverTheLimit) {
  const auto document = extract(std::string(2'000, 'x'), Page{"http://example.org/", "text/html"}, Limits{1'000, 512});
  ASSERT_FALSE(document.has_value());
  EXPECT_EQ(document.error().code, core::Errc::too_large);
}

TEST(Hostile, RefusesWhatIsNoText) {
  const auto document =
      extract(std::string_view("\x89PNG\r\n\x1a\n\0\0\0", 11), Page{"http://example.org/", "text/html"});
  ASSERT_FALSE(document.has_value());
  EXPECT_EQ(document.error().code, core::Errc::bad_document);
}

TEST(Hostile, EndsOnUnfinishedMarkup) {
  for (const std::string_view html : {"<", "<p", "<p class=\"", "<!--", "<script>", "<a href='x'>", "&#",
                                      "<table><tr><td>", "</", "<svg><title>", "<select><option>", "<![CDATA["}) {
    const auto document = extract("<p>Some text.</p>" + std::string(html), Page{"", "text/html"});
    ASSERT_TRUE(document.has_value()) << html;
    EXPECT_EQ(document->blocks.at(0).runs.at(0).text, "Some text.") << html;
  }
}

TEST(Hostile, TakesManyUnclosedElementsInItsStride) {
  EXPECT_EQ(document_of(repeated("<svg>", 50'000) + "<p>A line of text, and no more than that.").blocks.size(), 1u);
  EXPECT_EQ(document_of("<ul>" + repeated("<li>An item", 20'000)).blocks.size(), 20'000u);
}

// What a page says behind markup that goes astray: the parser may not lose or hide it.
constexpr std::string_view bottom = "<p>The text at the bottom of it all, which is a sentence.";
constexpr std::string_view bottom_shown = "The text at the bottom of it all, which is a sentence.";

TEST(Hostile, FindsTheTextBelowAnyElementNestedThousandsOfTimes) {
  for (const std::string_view tags : {"<div>",
                                      "<span>",
                                      "<b>",
                                      "<i>",
                                      "<em>",
                                      "<font size=1>",
                                      "<a href=x>",
                                      "<u>",
                                      "<center>",
                                      "<blockquote>",
                                      "<section>",
                                      "<article>",
                                      "<table><tr><td>",
                                      "<ul><li>",
                                      "<ol><li>",
                                      "<dl><dd>",
                                      "<p>",
                                      "<b><p>",
                                      "<nobr>",
                                      "<q>",
                                      "<label>",
                                      "<b><i><font><div><table><tr><td><ul><li>"}) {
    const core::Document document = document_of(repeated(tags, 30'000) + std::string(bottom));
    ASSERT_FALSE(document.blocks.empty()) << tags;
    EXPECT_NE(to_text(document).find(bottom_shown), std::string::npos) << tags;
  }
}

TEST(Hostile, LeavesOutElementsBeyondHalfAMillion) {
  const core::Document document = document_of(repeated("<p>x", 600'000) + std::string(bottom));
  EXPECT_EQ(document.blocks.size(), 500'000u);
  EXPECT_FALSE(document.notes.empty());
  EXPECT_NE(to_text(document).find("The text at the bottom"), std::string::npos);
}

TEST(Hostile, ReadsAMillionAttributes) {
  std::string one = "<p ";
  for (int i = 0; i < 1'000'000; ++i) one += "a" + std::to_string(i) + "=1 ";
  EXPECT_EQ(shown(one + ">" + std::string(bottom.substr(3))), bottom_shown);
  EXPECT_EQ(shown("<p " + repeated("class=x ", 100'000) + ">" + std::string(bottom.substr(3))), bottom_shown);
  const core::Document many = document_of(repeated("<p id=a class=b title=c data-d=e>A line.", 50'000));
  EXPECT_EQ(many.blocks.size(), 50'000u);
}

TEST(Hostile, ReadsOneTextOfTenMegabytes) {
  const core::Document words = document_of("<p>" + repeated("word ", 400'000));
  ASSERT_EQ(words.blocks.size(), 1u);
  EXPECT_EQ(plain_size(words), 2'000'000u - 1);
  const core::Document word = document_of("<p>" + std::string(10'000'000, 'w'));
  EXPECT_EQ(plain_size(word), 10'000'000u);
}

TEST(Hostile, ReplacesReferencesToNoCharacter) {
  EXPECT_EQ(shown("<p>A&#xD800;b, a&#xDFFF;b, a&#1114112;b, a&#0;b and a&#99999999999;b: that is what it says."),
            "A\uFFFDb, a\uFFFDb, a\uFFFDb, a\uFFFDb and a\uFFFDb: that is what it says.");
}

TEST(Hostile, DropsNulsEverywhere) {
  const std::string nul(1, '\0');
  EXPECT_EQ(
      shown("<p>A" + nul + "b<b" + nul + ">c</b> " + repeated(nul, 1'000) + "d is what is left of the sentence.</p>"),
      "Ab**c** d is what is left of the sentence.");
}

TEST(Hostile, KeepsTheTextBeforeWhatIsNeverClosed) {
  for (const std::string_view tag : {"<!--", "<script>", "<style>", "<textarea>", "<iframe>", "<noscript>"}) {
    const core::Document document =
        document_of(std::string(bottom) + "</p>" + std::string(tag) + repeated("<p>x", 50'000));
    ASSERT_FALSE(document.blocks.empty()) << tag;
    EXPECT_EQ(document.blocks[0].runs.at(0).text, bottom_shown) << tag;
  }
}

TEST(Hostile, IsNotFooledByScriptsThatAreNone) {
  const std::string text(bottom);
  EXPECT_EQ(shown("<!-- <script> -->" + text), bottom_shown);
  EXPECT_EQ(shown("<p title='<script>'>" + text.substr(3)), bottom_shown);
  EXPECT_EQ(shown("<p title=<script>" + text.substr(3)), bottom_shown);
  EXPECT_EQ(shown("<textarea><script></textarea>" + text), bottom_shown);
  EXPECT_EQ(shown("<title>All about <script></title>" + text),
            "# All about \\<script>\n\n" + std::string(bottom_shown));
  EXPECT_EQ(shown("<title>Never closed <p>" + text), "Never closed\n\n" + std::string(bottom_shown));
  EXPECT_EQ(shown("<noscript><script>x</script></noscript>" + text), bottom_shown);
  EXPECT_EQ(shown("<script>var s = '<!-- <script>';</script>" + text), bottom_shown);
  EXPECT_EQ(shown("<script>if (a < b) document.write('<p>No.</p>')</script>" + text), bottom_shown);
}

TEST(Hostile, BoundsMarkdownThatNests) {
  for (const std::string_view piece :
       {"1. ", "* ", "> ", "[", "![", "[a](", "[a](<", "*a ", "a* ", "**a_", "`a``b", "<", "| - |\n"}) {
    const core::Document document = read_markdown(repeated(piece, 30'000) + "end");
    EXPECT_NE(to_text(document).find("end"), std::string::npos) << piece;
  }
}

}  // namespace
}  // namespace waydiff::extract
