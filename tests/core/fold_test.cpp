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

TEST(FoldedWords, TakesBrokenBytesForSpaces) {
  EXPECT_EQ(folded_words("a\xFF\xFE z"), "a z");
  EXPECT_EQ(folded_words(""), "");
}

}  // namespace
}  // namespace waydiff::core
