// What became of whole sections, lists and tables.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "documents.hpp"

namespace waydiff::diff {
namespace {

constexpr const char* first =
    "# Cookies\nThe shop sets one cookie to remember your basket.\nYou may refuse it in the browser.\n";
constexpr const char* second = "# Payment\nInvoices are due within thirty days.\nCards are charged by a processor.\n";
constexpr const char* third = "# Courts\nDisputes go before the courts of our seat.\nThe law of that place applies.\n";

std::string doc(std::initializer_list<const char*> parts) {
  std::string text;
  for (const char* part : parts) text += part;
  return text;
}

TEST(Sections, MoveAsWholesWithAClauseReworded) {
  const core::ChangeSet set = compared(
      doc({first, second, third}), doc({second, third, "# Cookies\nThe shop sets one cookie to remember your basket.\n",
                                        "You may always refuse it in the settings of the browser.\n"}));
  EXPECT_EQ(shown(set),
            "moved structural moved: Cookies\n"
            "moved structural moved: The shop sets one cookie to remember your basket.\n"
            "modified substantive reworded: You may{+ always+} refuse it in{+ the settings of+} the browser.\n");
  EXPECT_TRUE(set.changes.at(2).moved);
}

TEST(Sections, AreRenamedWhereTheTextStays) {
  EXPECT_EQ(
      shown(compared(doc({first, second}), doc({"# Small files\nThe shop sets one cookie to remember your basket.\n",
                                                "You may refuse it in the browser.\n", second}))),
      "modified substantive reworded: [-Cookies-]{+Small files+}\n");
}

TEST(Sections, KeepTheirReferencesWhenRenumberedTwoDeep) {
  const std::string before = "# 4. Use\nWe use it.\n# 5. Rights\nSections 4 and 5.1 tell more of your rights.\n";
  const std::string after =
      "# 4. Children\nNobody under thirteen.\n# 5. Use\nWe use it.\n# 6. Rights\nSections 5 and 6.1 tell more of your "
      "rights.\n";
  EXPECT_EQ(shown(compared(before, after)),
            "added substantive added: 4. Children\n"
            "added substantive added: Nobody under thirteen.\n"
            "modified editorial numbering: [-4-]{+5+}. Use\n"
            "modified editorial numbering: [-5-]{+6+}. Rights\n"
            "modified editorial numbering: Sections [-4 and 5.1-]{+5 and 6.1+} tell more of your rights.\n");
}

TEST(Rows, AreMatchedByTheirKeyCell) {
  const core::ChangeSet set =
      compared("| Names | Billing and invoices | ten years\n| Opinions | Market research | one month\n",
               "| Opinions | Training of models | until you object\n| Names | Contracts, reminders | while it lasts\n");
  ASSERT_EQ(set.changes.size(), 2U) << shown(set);
  for (const core::Change& change : set.changes) {
    EXPECT_EQ(change.kind, core::ChangeKind::modified);
    EXPECT_EQ(change.before->text.substr(0, 5), change.after->text.substr(0, 5));
  }
}

TEST(ListItems, OfOneFormAreNotPairedAcrossEachOther) {
  const core::ChangeSet set =
      compared("- Your further rights: Norway\n- Your further rights: Chile\n- Your further rights: Ghana\n",
               "- Your further rights: South Tyrol\n- Your further rights: Malta\n");
  for (const core::Change& change : set.changes) EXPECT_FALSE(change.moved) << shown(set);
}

TEST(ListItems, OfOneWordAreReplacedWhereTheyStand) {
  EXPECT_EQ(
      shown(compared("# Ads\n- Enabled\nWe show them to guests.\n", "# Ads\n- Disabled\nWe show them to guests.\n")),
      "modified substantive reworded: [-Enabled-]{+Disabled+}\n");
}

TEST(Reworded, ClausesThatOpenAlikeArePairedAmongNewOnes) {
  const core::ChangeSet set = compared(
      doc({first, "The market reserves the right to decline, or take down without notice, any offer.\n", second}),
      doc({first, "Reviews can last longer in busy weeks.\n",
           "The market reserves the right to reject or remove offers that break its rules, at its sole discretion.\n",
           "Sellers are told what to mend where that helps.\n", second}));
  ASSERT_EQ(set.changes.size(), 3U) << shown(set);
  EXPECT_EQ(set.changes[1].kind, core::ChangeKind::modified) << shown(set);
}

TEST(Reworded, ClausesBetweenRewordedOnesArePaired) {
  const core::ChangeSet set =
      compared(doc({"We keep the names of guests for thirty days.\n",
                    "Other than the duties named in this part, the inn owes nothing to anyone.\n",
                    "Parcels are held at the desk for a week.\n"}),
               doc({"We keep the names of all guests for sixty days.\n",
                    "Other than the debts named above, the inn answers only for its breaches.\n",
                    "Parcels are held at the front desk for two weeks.\n"}));
  ASSERT_EQ(set.changes.size(), 3U) << shown(set);
  for (const core::Change& change : set.changes) EXPECT_EQ(change.kind, core::ChangeKind::modified) << shown(set);
}

TEST(Reworded, SimilarityIsThatOfTheWords) {
  const core::ChangeSet set = compared("# Old name of it\nWe keep one cookie for your basket.\n",
                                       "# Quite another title\nWe keep one cookie for your basket.\n");
  ASSERT_EQ(set.changes.size(), 1U);
  EXPECT_EQ(set.changes[0].similarity, 0.0);
}

TEST(Parts, ThatDidNotStandSideBySideAreToldAsMerged) {
  const std::string frame = "Nothing is sold to anyone at any time.\n";
  const core::ChangeSet set = compared(
      doc({"We collect the address of your home.\n", frame.c_str(), "Our partners receive the monthly report.\n"}),
      doc({"We collect the address of your home, and our partners receive the monthly report.\n", frame.c_str()}));
  EXPECT_EQ(shown(set),
            "modified structural merged: We collect the address of your home{+, and our partners receive the monthly "
            "report+}.\n"
            "removed structural merged: Our partners receive the monthly report.\n");
}

TEST(Parts, ThatStandApartAreToldAsSplit) {
  const std::string frame = "Nothing is sold to anyone at any time.\n";
  const core::ChangeSet set = compared(
      doc({"We collect the address of your home, and our partners receive the monthly report.\n", frame.c_str()}),
      doc({"We collect the address of your home.\n", frame.c_str(), "Our partners receive the monthly report.\n"}));
  EXPECT_EQ(shown(set),
            "modified structural split: We collect the address of your home[-, and our partners receive the monthly "
            "report-].\n"
            "added structural split: Our partners receive the monthly report.\n");
}

TEST(Bounds, AreToldWhereRewordingWasNotLookedFor) {
  std::string left, right;
  for (int i = 0; i < 31000; ++i) {
    left += "Left number " + std::to_string(i) + ".\n";
    right += "Right figure x" + std::to_string(i) + ".\n";
  }
  const core::ChangeSet set = compared(left, right);
  ASSERT_EQ(set.notes.size(), 1U);
  EXPECT_NE(set.notes[0].find("unchanged neighbours only"), std::string::npos);
  EXPECT_NE(set.notes[0].find("31000 old"), std::string::npos);
}

/// dtl cuts its search on large inputs: what is equal in order must be found beyond that too.
TEST(Bounds, LongDocumentsWithManyRepetitionsKeepTheirOrder) {
  std::mt19937 random(5);
  std::string left, right;
  for (int i = 0; i < 6000; ++i) {
    const std::string line = "Clause of kind " + std::to_string(random() % 40) + ".\n";
    left += line;
    if (random() % 50 != 0) right += line;
  }
  const core::ChangeSet set = compared(left, right);
  const auto removed =
      static_cast<std::size_t>(std::count_if(set.changes.begin(), set.changes.end(), [](const auto& change) {
        return change.kind == core::ChangeKind::removed;
      }));
  EXPECT_EQ(set.before_clauses - set.after_clauses, removed);
  EXPECT_EQ(set.changes.size(), removed) << "nothing but the lines left out";
}

}  // namespace
}  // namespace waydiff::diff
