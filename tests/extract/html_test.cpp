#include "tests/extract/shown.hpp"

namespace waydiff::extract {
namespace {

TEST(Html, KeepsASmallPageWhole) {
  EXPECT_EQ(shown("<title>T</title><h1>Terms</h1><p>The terms, one second after the redirect.</p>"),
            "# T\n\n## Terms\n\nThe terms, one second after the redirect.");
}

TEST(Html, LeavesOutAHeadingThatRepeatsTheTitle) {
  EXPECT_EQ(shown("<title>Terms</title><h1>Terms</h1><h2>Scope</h2><p>These terms apply to everyone.</p>"),
            "# Terms\n\n## Scope\n\nThese terms apply to everyone.");
}

TEST(Html, WritesMarksWithoutSpacesInside) {
  EXPECT_EQ(shown("<p>We <b>may </b>share <i> some</i> data.</p>"), "We **may** share _some_ data.");
}

TEST(Html, MakesLinksAbsoluteAndOriginal) {
  EXPECT_EQ(
      shown("<p>See our <a href='../privacy'>policy</a>, and "
            "<a href='https://web.archive.org/web/2018id_/http://example.net/a'>theirs</a>, before you agree.</p>"),
      "See our [policy](https://example.org/privacy), and [theirs](http://example.net/a), before you agree.");
}

TEST(Html, CutsParagraphsAtDoubleBreaksOnly) {
  EXPECT_EQ(shown("<center><font size=2>First paragraph.<br><br>Second,<br>with a break.</font></center>"),
            "First paragraph.\n\nSecond,  \nwith a break.");
}

TEST(Html, NestsAndNumbersLists) {
  EXPECT_EQ(shown("<p>You may not do any of this:</p><ol start=3><li>Sell<ul><li>data<li>access</ul><li><p>Lend.</p>"
                  "<p>Not even once.</p></ol>"),
            "You may not do any of this:\n\n  3. Sell\n     * data\n     * access\n  4. Lend.\n\n     Not even once.");
}

TEST(Html, ShowsDataTablesAndUnwrapsLayout) {
  EXPECT_EQ(shown("<table><tr><td><p>We use these cookies on our site.</p><table><tr><th>Name<th>Purpose"
                  "<tr><td>sid<td>log in</table></table>"),
            "We use these cookies on our site.\n\n| Name | Purpose |\n| --- | --- |\n| sid | log in |");
}

TEST(Html, DecodesHiddenAddresses) {
  EXPECT_EQ(
      shown(
          "<p>Write to <a class='__cf_email__' data-cfemail='422302206c21'>[email&#160;protected]</a> for help, at any "
          "time.</p>"),
      "Write to [a@b.c](mailto:a@b.c) for help, at any time.");
}

TEST(Html, EscapesWhatWouldBeMarks) {
  EXPECT_EQ(shown("<p>1. A *star* and [brackets], a &lt;tag&gt; and snake_case words.</p>"),
            "1\\. A \\*star\\* and \\[brackets\\], a \\<tag> and snake_case words.");
}

TEST(Html, ReadsFramesThatCannotBeShown) {
  EXPECT_EQ(
      shown("<html><frameset cols='1,2'><frame src=a></frameset><noframes><body><p>Our policy for readers without "
            "frames.</p></body></noframes></html>"),
      "Our policy for readers without frames.");
}

TEST(Html, TellsTheLanguage) {
  EXPECT_EQ(document_of("<p>Wir verwenden Ihre Daten nur, um Ihnen unsere Dienste anzubieten, und geben sie niemals an "
                        "Dritte weiter, es sei denn, Sie haben zugestimmt.</p>")
                .language,
            "de");
}

}  // namespace
}  // namespace waydiff::extract
