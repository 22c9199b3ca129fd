#include <gmock/gmock.h>

#include "documents.hpp"

namespace waydiff::diff {
namespace {

using core::ClauseKind;
using testing::ElementsAre;

std::vector<std::string> texts(const std::vector<core::Clause>& clauses) {
  std::vector<std::string> found;
  for (const core::Clause& clause : clauses) found.push_back(clause.text);
  return found;
}

TEST(Clauses, AreHeadingsSentencesItemsAndRows) {
  const auto found =
      clauses_of("# Cookies\nWe use them. You may refuse.\n- One item. With two sentences.\n| Name | Use\n");
  EXPECT_THAT(texts(found), ElementsAre("Cookies", "We use them.", "You may refuse.", "One item.",
                                        "With two sentences.", "Name | Use"));
  EXPECT_EQ(found[0].kind, ClauseKind::heading);
  EXPECT_EQ(found[1].kind, ClauseKind::sentence);
  EXPECT_EQ(found[3].kind, ClauseKind::list_item);
  EXPECT_EQ(found[5].kind, ClauseKind::table_row);
  EXPECT_EQ(found[4].block, 2U);
}

TEST(Clauses, HaveTheHeadingsAboveAsPath) {
  const auto found = clauses_of("# A\n## B\nOne.\n## C\nTwo.\n# D\nThree.\n");
  EXPECT_TRUE(found[0].path.empty());
  EXPECT_THAT(found[2].path, ElementsAre("A", "B"));
  EXPECT_THAT(found[3].path, ElementsAre("A"));
  EXPECT_THAT(found[4].path, ElementsAre("A", "C"));
  EXPECT_THAT(found[6].path, ElementsAre("D"));
}

TEST(Clauses, DoNotStandBelowTheDocumentsOwnName) {
  const auto found = clauses_of("# Terms\nHello.\n## Money\nPay.\n");
  EXPECT_THAT(texts(found), ElementsAre("Terms", "Hello.", "Money", "Pay."));
  EXPECT_TRUE(found[1].path.empty());
  EXPECT_THAT(found[3].path, ElementsAre("Money"));
}

TEST(Clauses, AreCutAtTheMembersOfAnInlineEnumeration) {
  EXPECT_THAT(
      texts(clauses_of("You agree (a) to pay us now; (b) to wait for it; and (c) to sign here. Then go.\n")),
      ElementsAre("You agree", "(a) to pay us now;", "(b) to wait for it; and", "(c) to sign here.", "Then go."));
}

TEST(Clauses, KeepMarkupWithinTheirBounds) {
  const auto found = clauses_of("**We keep** it. See [our page](https://a.example/x) now.\n");
  EXPECT_EQ(found[0].markup, "**We keep** it.");
  EXPECT_EQ(found[1].markup, "See [our page](https://a.example/x) now.");
  EXPECT_EQ(found[1].text, "See our page now.");
}

TEST(Clauses, EndAtHardBreaksThatStartALine) {
  core::Document made;
  made.blocks.push_back(block(core::BlockKind::paragraph, "Title line\nWe keep data for\nten days."));
  EXPECT_THAT(texts(clauses(made)), ElementsAre("Title line", "We keep data for ten days."));
}

TEST(Clauses, IgnoreRulesAndEmptyBlocks) {
  core::Document made;
  made.blocks.push_back(block(core::BlockKind::rule, ""));
  made.blocks.push_back(block(core::BlockKind::paragraph, "  "));
  made.blocks.push_back(block(core::BlockKind::table_row, ""));
  made.blocks.back().cells.resize(2);
  made.blocks.push_back(block(core::BlockKind::heading, ""));
  EXPECT_TRUE(clauses(made).empty());
}

TEST(Clauses, AreNotMadeOfMarksAlone) {
  EXPECT_THAT(texts(clauses_of("One.\n\xE2\x80\x9D .\n.\n- ***\n情報\nTwo.\n")), ElementsAre("One.", "情報", "Two."));
}

TEST(StateKey, IsTheSameWhereClausesSayTheSame) {
  const auto one = clauses_of("# 1. Cookies\nWe \"use\" them. Often.\n");
  const auto two = clauses_of("## 2. COOKIES\n**We** “use” them.\nOften.\n");
  EXPECT_EQ(state_key(one), state_key(two));
  EXPECT_NE(state_key(one), state_key(clauses_of("# Cookies\nWe use them. Rarely.\n")));
  EXPECT_EQ(state_key(one).size(), 64U);
}

}  // namespace
}  // namespace waydiff::diff
