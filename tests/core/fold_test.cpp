#include "core/fold.hpp"

#include <gtest/gtest.h>

namespace waydiff::core {
namespace {

TEST(FoldedWords, ForgetsCaseAccentsAndPunctuation) {
  EXPECT_EQ(folded_words("Politique de Confidentialité !"), "politique de confidentialite");
  EXPECT_EQ(folded_words("  Terms & Conditions\n"), "terms conditions");
  EXPECT_EQ(folded_words("l\xE2\x80\x99utilisation"), "l utilisation");
}

TEST(FoldedWords, WritesLettersAsTypistsWithoutThemDo) {
  EXPECT_EQ(folded_words("Großbuchstaben"), "grossbuchstaben");
  EXPECT_EQ(folded_words("Prywatność, łódź, brød, ılık, æble"), "prywatnosc lodz brod ilik aeble");
}

TEST(FoldedWords, KeepsTheMarksOfKanaAndUnitesTheirWidths) {
  EXPECT_EQ(folded_words("プライバシー・ポリシー"), "プライバシー ポリシー");
  EXPECT_EQ(folded_words("ﾌﾟﾗｲﾊﾞｼｰ"), "プライバシー");
}

TEST(FoldedWords, AreTheSameWhateverStandsBesideThem) {
  EXPECT_EQ(folded_words("Café & Bar – l’ÉTÉ, 2019\n\n(Terms)"), "cafe bar l ete 2019 terms");
  EXPECT_EQ(folded_words("– Terms\u00a0of use –"), "terms of use");
  EXPECT_EQ(folded_words(" ,. "), "");
}

TEST(FoldedWords, TakesBrokenBytesForSpaces) {
  EXPECT_EQ(folded_words("a\xFF\xFE z"), "a z");
  EXPECT_EQ(folded_words(""), "");
}

}  // namespace
}  // namespace waydiff::core
