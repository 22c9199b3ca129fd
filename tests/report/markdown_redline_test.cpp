#include "report/markdown_redline.hpp"

#include <gtest/gtest.h>

namespace waydiff::report {
namespace {

TEST(MarkdownRedline, MarksOldAndNewWords) {
  EXPECT_EQ(markdown_redline({{'=', "We "}, {'-', "may"}, {'+', "will"}, {'=', " share it."}}),
            "We ~~may~~ **will** share it.");
  EXPECT_EQ(markdown_redline({{'=', "We "}, {'-', "may "}, {'+', "will "}, {'=', "share it."}}),
            "We ~~may~~ **will** share it.");
  EXPECT_EQ(markdown_redline({{'=', "We"}, {'-', " never"}, {'=', " share it."}}), "We ~~never~~ share it.");
  EXPECT_EQ(markdown_redline({{'=', "We "}, {'+', "never "}, {'=', "share it."}}), "We **never** share it.");
}

TEST(MarkdownRedline, TakesTheWholeWordWhereAChangeTouchesOne) {
  EXPECT_EQ(markdown_redline({{'=', "We share it"}, {'-', "."}, {'+', ", always."}}),
            "We share ~~it.~~ **it, always.**");
  EXPECT_EQ(markdown_redline({{'=', "organi"}, {'-', "s"}, {'+', "z"}, {'=', "e it"}}), "~~organise~~ **organize** it");
}

TEST(MarkdownRedline, EscapesInsideTheMarks) {
  EXPECT_EQ(markdown_redline({{'=', "see "}, {'-', "**a**"}, {'+', "~~b~~ <c>"}}),
            R"(see ~~\*\*a\*\*~~ **\~\~b\~\~ \<c\>**)");
}

TEST(MarkdownRedline, ShowsWholeClauses) {
  EXPECT_EQ(markdown_redline({{'+', "A new clause."}}), "**A new clause.**");
  EXPECT_EQ(markdown_redline({{'-', "An old clause."}}), "~~An old clause.~~");
  EXPECT_EQ(markdown_redline({{'=', "The same clause."}}), "The same clause.");
}

}  // namespace
}  // namespace waydiff::report
