#include "report/plain_text.hpp"

#include <gtest/gtest.h>

namespace waydiff::report {
namespace {

TEST(Visible, ReplacesControlCharactersAndBrokenBytes) {
  EXPECT_EQ(visible("a\x1b[31mb"), "a\uFFFD[31mb");
  EXPECT_EQ(visible("caf\xE9 au lait"), "caf\uFFFD au lait");
  EXPECT_EQ(visible("one\ntwo\tthree"), "one two three");
  EXPECT_EQ(visible("Ünïcödé – “fine”"), "Ünïcödé – “fine”");
}

TEST(Visible, ReplacesWhatReordersText) {
  EXPECT_EQ(visible("safe\u202Eexe.txt"), "safe\uFFFDexe.txt");
}

TEST(MarkdownEscaped, LeavesNoMarkup) {
  EXPECT_EQ(markdown_escaped("**a** _b_ `c` [d](e) <f> & ~g~ |"),
            R"(\*\*a\*\* \_b\_ \`c\` \[d\](e) \<f\> \& \~g\~ \|)");
}

TEST(MarkdownEscaped, OpensNoBlockAtTheStart) {
  EXPECT_EQ(markdown_escaped("# a # b"), R"(\# a # b)");
  EXPECT_EQ(markdown_escaped("12. a 3. b"), R"(12\. a 3. b)");
  EXPECT_EQ(markdown_escaped("- a - b"), R"(\- a - b)");
  EXPECT_EQ(markdown_escaped("--- "), R"(\--- )");
}

TEST(WebLink, TakesOnlyHttpAndHttps) {
  EXPECT_EQ(web_link("https://a.example/b?c=d"), "https://a.example/b?c=d");
  EXPECT_EQ(web_link("HTTP://a.example/"), "HTTP://a.example/");
  for (const char* address : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x",
                              "java\nscript:alert(1)", "file:///etc/passwd", "vbscript:x", "//a.example/",
                              "a.warc.gz at 12", "http:", "http://", ""}) {
    EXPECT_EQ(web_link(address), "") << address;
  }
}

TEST(WebLink, EscapesWhatBreaksOutOfAnAttribute) {
  const std::string link = web_link("http://a.example/\"><script>x</script>");
  EXPECT_EQ(link.find_first_of("\"<> "), std::string::npos) << link;
  EXPECT_EQ(web_link("http://a.example/\nx"), "");
}

TEST(MarkdownLink, StaysOneLink) {
  EXPECT_EQ(markdown_link("a]b", "http://a.example/x)y"), R"([a\]b](http://a.example/x\)y))");
  EXPECT_EQ(markdown_link("a", "javascript:alert(1)"), "a");
}

TEST(StartAndEnd, CutBetweenWordsAndNeverInsideACharacter) {
  EXPECT_EQ(start_of("one two three", 9), "one two …");
  EXPECT_EQ(end_of("one two three", 8), "… three");
  EXPECT_EQ(start_of("short", 9), "short");
  EXPECT_EQ(start_of("ääääää", 3), "ä …");
  EXPECT_EQ(end_of("ääääää", 3), "… ä");
}

}  // namespace
}  // namespace waydiff::report
