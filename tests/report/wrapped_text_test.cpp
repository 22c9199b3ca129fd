#include "report/wrapped_text.hpp"

#include <gtest/gtest.h>

namespace waydiff::report {
namespace {

constexpr TextMark gone{"[-", "-]", true};
constexpr TextMark come{"{+", "+}", true};
constexpr TextMark red{"<red>", "<off>"};

TEST(WrappedText, BreaksBetweenWords) {
  EXPECT_EQ(wrapped({{"We may share your address."}}, 14, "", ""), "We may share\nyour address.\n");
  EXPECT_EQ(wrapped({{"We may share it."}}, 0, "> ", "  "), "> We may share it.\n");
  EXPECT_EQ(wrapped({}, 10, "", ""), "\n");
}

TEST(WrappedText, IndentsAndCountsTheIndent) {
  EXPECT_EQ(wrapped({{"We may share your address."}}, 16, "  * ", "    "),
            "  * We may share\n    your\n    address.\n");
}

TEST(WrappedText, CountsMarksThatAreSeenAndKeepsThemWithTheirWords) {
  EXPECT_EQ(wrapped({{"We "}, {"may", gone}, {"will", come}, {" share it."}}, 12, "", ""),
            "We [-may-]\n{+will+}\nshare it.\n");
}

TEST(WrappedText, SetsColourAnewOnEachLine) {
  EXPECT_EQ(wrapped({{"We "}, {"may always share", red}, {" it."}}, 9, "", ""),
            "We <red>may<off>\n<red>always<off>\n<red>share<off> it.\n");
}

TEST(WrappedText, LetsALongWordStandOut) {
  EXPECT_EQ(wrapped({{"see abcdefghijklmnop now"}}, 8, "", ""), "see\nabcdefghijklmnop\nnow\n");
}

TEST(WrappedText, BreaksJapaneseAndCountsWideCharactersTwice) {
  EXPECT_EQ(wrapped({{"個人情報を利用します"}}, 10, "", ""), "個人情報を\n利用します\n");
  EXPECT_EQ(columns("個人"), 4u);
  EXPECT_EQ(columns("e\xCC\x81"), 1u);
}

}  // namespace
}  // namespace waydiff::report
