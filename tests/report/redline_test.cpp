#include "report/redline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compared.hpp"
#include "sample.hpp"

namespace waydiff::report {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

core::ChangeSet changes() {
  return sample::change_set({sample::added(), sample::reworded(), sample::moved(), sample::renumbered()});
}

std::string terminal(const Redline& redline, TerminalStyle style = {}) {
  return redline_terminal(redline, style);
}

TEST(RedlineTerminal, MarksWordsWithoutColour) {
  EXPECT_EQ(terminal(Redline(changes(), "old.html", "new.html")),
            "--- old.html\n"
            "+++ new.html\n"
            "\n"
            "@@ Cookies @@\n"
            "\n"
            "added  clause 3 #choice\n"
            "  {+You can switch off cookies at any time.+}\n"
            "\n"
            "moved away  to Words we use, clause 8\n"
            "  A cookie is a small file.\n"
            "\n"
            "@@ Sharing @@\n"
            "\n"
            "modified, reworded  clause 5 → 6 #modality #party\n"
            "  We [-may-]{+will+} share your address with our printers{+ and advertisers+}.\n"
            "\n"
            "@@ Words we use @@\n"
            "\n"
            "moved (structural)  clause 2 → 8  from Cookies\n"
            "  {>A cookie is a small file.<}\n"
            "\n"
            "@@ (top) @@\n"
            "\n"
            "modified (editorial), numbering  clause 9 → 10\n"
            "  [-3.-]{+4.+} Contact\n"
            "\n"
            "1 added, 1 modified, 1 moved, 1 editorial; 7 unchanged\n");
}

TEST(RedlineTerminal, ShowsAClauseOfContextOnBothSides) {
  EXPECT_EQ(terminal(Compared(sample_before, sample_after).redline("", "modified")),
            "--- old.md\n"
            "+++ new.md\n"
            "\n"
            "@@ Sharing @@\n"
            "\n"
            "  · This notice tells what we do.\n"
            "modified, reworded  clause 3 → 3 #modality\n"
            "  We [-may-]{+will+} share your address with our printers.\n"
            "  · Write to us.\n"
            "\n"
            "  … 1 clause unchanged\n"
            "\n"
            "@@ Keeping @@\n"
            "\n"
            "modified (editorial), link  clause 7 → 6 #link\n"
            "  See the list of things.\n"
            "  markup: See [the list]([-https://a.example/list-]{+https://b.example/list+}) of things.\n"
            "  · letters\n"
            "\n"
            "1 added, 1 removed, 1 modified, 1 moved, 1 editorial; 6 unchanged; shown: 2 of 5 (--only modified)\n");
}

TEST(RedlineTerminal, ShowsTheWholeTextWithTheChangesInPlace) {
  TerminalStyle style;
  style.all = true;
  style.width = 60;
  EXPECT_EQ(terminal(Compared(sample_before, sample_after).redline(), style),
            "--- old.md\n"
            "+++ new.md\n"
            "\n"
            "  ## Sharing\n"
            "\n"
            "| This notice tells what we do. We [-may-]{+will+} share\n"
            "| your address with our printers. Write to us.\n"
            "|     modified, reworded  clause 3 → 3 #modality\n"
            "\n"
            "| [moved to Keeping, clause 10: A cookie is a small file\n"
            "| that your …]\n"
            "\n"
            "  ## Keeping\n"
            "\n"
            "| See the list of things.\n"
            "|     modified (editorial), link  clause 7 → 6 #link\n"
            "|     markup: See [the list]([-https://a.example/list-]\n"
            "|       {+https://b.example/list+}) of things.\n"
            "\n"
            "| [-We never sell what you tell us to anyone.-]\n"
            "\n"
            "    * letters\n"
            "    * parcels\n"
            "|   * {+telegrams of all kinds+}\n"
            "|\n"
            "| {>A cookie is a small file that your browser keeps for\n"
            "| us.<}\n"
            "|     moved (structural)  clause 5 → 10  from Sharing\n"
            "\n"
            "1 added, 1 removed, 1 modified, 1 moved, 1 editorial; 6 unchanged\n");
}

TEST(RedlineTerminal, UnderlinesStrikesAndDimsInColour) {
  TerminalStyle style;
  style.colour = true;
  const std::string out = terminal(Redline(changes(), "a", "b"), style);
  EXPECT_THAT(out, HasSubstr("We \x1b[9;31mmay\x1b[0m\x1b[4;32mwill\x1b[0m share"));
  EXPECT_THAT(out, HasSubstr("\x1b[2;9;31m3.\x1b[0m\x1b[2;4;32m4.\x1b[0m\x1b[2m Contact\x1b[0m")) << "editorial is dim";
}

TEST(RedlineTerminal, LetsNoTextControlTheTerminal) {
  core::ChangeSet set = changes();
  set.changes[0].after->text =
      "\x1b]0;owned\x07 text \xC2\x9B"
      "31m";
  set.changes[1].before->path = set.changes[1].after->path = {"\x1b[2J"};
  set.changes[1].flags = {"\x1b[2J"};
  set.changes[1].reason = "\x1b[2J";
  set.notes = {"\x1b[2J"};
  for (const bool all : {false, true}) {
    TerminalStyle style;
    style.all = all;
    Redline redline(set, "\x1b[2J", "b");
    redline.before.origin = redline.after.address = "\x1b[2J";
    EXPECT_THAT(terminal(redline, style), Not(HasSubstr("\x1b")));
    EXPECT_THAT(terminal(redline, style), Not(HasSubstr("\xC2\x9B")));
  }
}

TEST(RedlineTerminal, SaysWhenNothingChanged) {
  core::ChangeSet set;
  set.unchanged = 12;
  EXPECT_THAT(terminal(Redline(set, "a", "b")), EndsWith("no changes; 12 unchanged\n"));
}

TEST(RedlineMarkdown, IsAListOfChangesBySection) {
  EXPECT_EQ(redline_markdown(Redline(sample::change_set({sample::reworded(), sample::renumbered(), sample::moved()}),
                                     "old_v1.html", "new.html")),
            "# Changes\n"
            "\n"
            "From old\\_v1.html to new.html\n"
            "\n"
            "1 modified, 1 moved, 1 editorial; 8 unchanged\n"
            "\n"
            "### Sharing\n"
            "\n"
            "1. **modified** · reworded · _modality_ · _party_ · clause 5 → 6\n"
            "   > We ~~may~~ **will** share your address with our ~~printers.~~ **printers and advertisers.**\n"
            "\n"
            "### Words we use\n"
            "\n"
            "2. **moved** · same words · from Cookies · clause 2 → 8\n"
            "   > A cookie is a small file.\n"
            "\n"
            "<details><summary>Editorial changes: typography, case, markup, numbering, links, dates</summary>\n"
            "\n"
            "### (top)\n"
            "\n"
            "3. **modified** · numbering · clause 9 → 10\n"
            "   > ~~3\\.~~ **4\\.** Contact\n"
            "\n"
            "</details>\n");
}

TEST(RedlineMarkdown, QuotesClausesThatCameTogetherInOneItem) {
  core::Change second = sample::added();
  second.after->index = 3;
  second.after->text = "Some pages need them.";
  EXPECT_THAT(redline_markdown(Redline(sample::change_set({sample::added(), second}), "a", "b")),
              HasSubstr("1. **added** · _choice_ · clauses 3–4\n"
                        "   > **You can switch off cookies at any time.**\n"
                        "   >\n"
                        "   > **Some pages need them.**\n"));
}

}  // namespace
}  // namespace waydiff::report
