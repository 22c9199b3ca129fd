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
