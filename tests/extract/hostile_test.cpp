#include "tests/extract/shown.hpp"

namespace waydiff::extract {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
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

}  // namespace
}  // namespace waydiff::extract
