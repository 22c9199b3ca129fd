#include "diff/word_ops.hpp"

#include <gtest/gtest.h>

#include "documents.hpp"

namespace waydiff::diff {
namespace {

TEST(WordOps, ShowWholeWords) {
  EXPECT_EQ(redline(word_ops("We may share it.", "We will share it.")), "We [-may-]{+will+} share it.");
  EXPECT_EQ(redline(word_ops("We share it.", "We share it with partners.")), "We share it{+ with partners+}.");
  EXPECT_EQ(redline(word_ops("We do not share.", "We do share.")), "We do[- not-] share.");
  EXPECT_EQ(redline(word_ops("Kept 30 days.", "Kept 3,000 days.")), "Kept [-30-]{+3,000+} days.");
}

TEST(WordOps, DoNotKeepAShortWordBetweenReplacements) {
  EXPECT_EQ(redline(word_ops("We sell all of yours today.", "We rent some of theirs today.")),
            "We [-sell all of yours-]{+rent some of theirs+} today.");
}

TEST(WordOps, KeepAddressesAndNumbersWhole) {
  EXPECT_EQ(redline(word_ops("Mail sales-desk@shop.example now.", "Mail p.d-desk@market.example now.")),
            "Mail [-sales-desk@shop.example-]{+p.d-desk@market.example+} now.");
  EXPECT_EQ(redline(word_ops("See HTTP://WWW.SHOP.EXAMPLE.", "See HTTPS://WWW.A-SHOP.EXAMPLE.")),
            "See [-HTTP://WWW.SHOP.EXAMPLE-]{+HTTPS://WWW.A-SHOP.EXAMPLE+}.");
  EXPECT_EQ(redline(word_ops("Up to 1,000.50 now.", "Up to 1,000.75 now.")), "Up to [-1,000.50-]{+1,000.75+} now.");
}

TEST(WordOps, DoNotScatterMarks) {
  EXPECT_EQ(redline(word_ops("under Art. 6 para. 1 lit. f of it", "under Art. 6(1)(f) of it")),
            "under Art. 6[- para. 1 lit. -]{+(1)(+}f{+)+} of it");
}

TEST(WordOps, KeepAWordBetweenShortReplacements) {
  EXPECT_EQ(redline(word_ops("We keep your data here.", "We sell your records here.")),
            "We [-keep-]{+sell+} your [-data-]{+records+} here.");
}

TEST(WordOps, FollowTheWordsOfScriptsWithoutSpaces) {
  EXPECT_EQ(redline(word_ops("個人情報を収集します。", "個人情報を提供します。")),
            "個人情報を[-収集-]{+提供+}します。");
  EXPECT_EQ(redline(word_ops("お客様の氏名を使います。", "お客様の住所を使います。")),
            "お客様の[-氏名-]{+住所+}を使います。");
  EXPECT_EQ(redline(word_ops("เราเก็บข้อมูล", "เราขายข้อมูล")), "เรา[-เก็บ-]{+ขาย+}ข้อมูล");
}

TEST(WordOps, AreOneStepForEqualTextsAndNoneForEmpty) {
  EXPECT_EQ(redline(word_ops("Same.", "Same.")), "Same.");
  EXPECT_TRUE(word_ops("", "").empty());
  EXPECT_EQ(redline(word_ops("", "New.")), "{+New.+}");
}

TEST(WordOps, ReproduceTrailingSpacesAndForeignSigns) {
  EXPECT_EQ(redline(word_ops("情報を収集します。 ", "情報を販売します。")), "情報を[-収集-]{+販売+}します。[- -]");
}

}  // namespace
}  // namespace waydiff::diff
