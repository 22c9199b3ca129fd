#include "report/redline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample.hpp"

namespace waydiff::report {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

core::ChangeSet changes() {
  return sample::change_set({sample::added(), sample::reworded(), sample::moved(), sample::renumbered()});
}

TEST(RedlineTerminal, MarksWordsWithoutColour) {
  EXPECT_EQ(redline_terminal(changes(), "old.html", "new.html", false),
            "--- old.html\n"
            "+++ new.html\n"
            "\n"
            "added  Cookies, clause 3 #choice\n"
            "  {+You can switch off cookies at any time.+}\n"
            "\n"
            "modified, reworded  Sharing, clause 5 → 6 #modality #party\n"
            "  We [-may-]{+will+} share your address with our printers{+ and advertisers+}.\n"
            "\n"
            "moved (structural)  Cookies → Words we use, clause 2 → 8\n"
            "  Moved from Cookies, clause 2, to Words we use, clause 8\n"
            "  A cookie is a small file.\n"
            "\n"
            "modified (editorial), numbering  (top), clause 9 → 10\n"
            "  [-3.-]{+4.+} Contact\n"
            "\n"
            "1 added, 1 modified, 1 moved, 1 editorial; 7 unchanged\n");
}

TEST(RedlineTerminal, UnderlinesAndStrikesInColour) {
  EXPECT_THAT(redline_terminal(changes(), "a", "b", true),
              HasSubstr("We \x1b[9;31mmay\x1b[0m\x1b[4;32mwill\x1b[0m share"));
}

TEST(RedlineTerminal, LetsNoTextControlTheTerminal) {
  core::ChangeSet set = changes();
  set.changes[0].after->text = "\x1b]0;owned\x07 text";
  set.notes = {"\x1b[2J"};
  EXPECT_THAT(redline_terminal(set, "\x1b[2J", "b", false), Not(HasSubstr("\x1b")));
}

TEST(RedlineTerminal, SaysWhenNothingChanged) {
  core::ChangeSet set;
  set.unchanged = 12;
  EXPECT_THAT(redline_terminal(set, "a", "b", false), EndsWith("no changes; 12 unchanged\n"));
}

TEST(RedlineHtml, SetsOldAndNewSideBySide) {
  const std::string page = redline_html(changes(), "old.html", "new.html");
  EXPECT_THAT(page, HasSubstr("We <del>may</del> share your address with our printers."));
  EXPECT_THAT(page, HasSubstr("We <ins>will</ins> share your address with our printers<ins> and advertisers</ins>."));
}

TEST(RedlineHtml, LinksBothEndsOfAMove) {
  const std::string page = redline_html(changes(), "a", "b");
  EXPECT_THAT(page,
              HasSubstr("<p class=\"note\" id=\"from3\">Clause 2 stood here: <a href=\"#c3\">moved to clause 8</a>."));
  EXPECT_THAT(page, HasSubstr("<article id=\"c3\">"));
  EXPECT_THAT(page, HasSubstr("<a href=\"#from3\">its old place</a>"));
  EXPECT_LT(page.find("id=\"from3\""), page.find("id=\"c2\"")) << "clause 2 stood above clause 5";
}

TEST(RedlineMarkdown, IsAListOfChanges) {
  EXPECT_EQ(redline_markdown(sample::change_set({sample::reworded(), sample::moved()}), "old_v1.html", "new.html"),
            "# Changes\n"
            "\n"
            "From old\\_v1.html to new.html\n"
            "\n"
            "1 modified, 1 moved; 9 unchanged\n"
            "\n"
            "1. **modified** · reworded · _modality_ · _party_ · Sharing · clause 5 → 6\n"
            "   > We ~~may~~ **will** share your address with our ~~printers.~~ **printers and advertisers.**\n"
            "\n"
            "2. **moved** · same words · Cookies → Words we use · clause 2 → 8\n"
            "   Moved from Cookies, clause 2, to Words we use, clause 8\n"
            "   > A cookie is a small file.\n"
            "\n");
}

}  // namespace
}  // namespace waydiff::report
