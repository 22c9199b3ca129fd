#include "diff/fingerprint.hpp"

#include <gtest/gtest.h>

namespace waydiff::diff {
namespace {

TEST(Fingerprint, IgnoresCaseQuotesDashesSpacesAndMarks) {
  EXPECT_EQ(fingerprint("WE “Share” it — don’t\u00a0we?"), "we \"share\" it-don't we?");
  EXPECT_EQ(fingerprint("we \"share\"  it - don't we ?"), "we \"share\" it-don't we?");
  EXPECT_EQ(fingerprint("**We** _share_ `it`"), "we share it");
  EXPECT_EQ(fingerprint("write to john_doe"), "write to john_doe");
  EXPECT_EQ(fingerprint("a -- b"), fingerprint("a—b"));
}

TEST(Fingerprint, IgnoresLeadingEnumerators) {
  for (const char* text : {"3. Cookies we set", "(b) Cookies we set", "IV. Cookies we set",
                           "Section 2 – Cookies we set", "• Cookies we set", "4.1 Cookies we set", "COOKIES WE SET"}) {
    EXPECT_EQ(fingerprint(text), "cookies we set") << text;
  }
}

TEST(Fingerprint, IsNfkcWithFoldedCase) {
  EXPECT_EQ(fingerprint("ﬁle Ｎo Straße"), "file no strasse");
  EXPECT_EQ(fingerprint("E\u0301cole"), fingerprint("\u00e9COLE"));
  EXPECT_EQ(fingerprint("soft\u00adware"), "software");
  EXPECT_EQ(fingerprint("« nous »"), "\"nous\"");
}

TEST(Fingerprint, KeepsWordsAndPunctuationApart) {
  EXPECT_NE(fingerprint("We may share it."), fingerprint("We will share it."));
  EXPECT_NE(fingerprint("30 days"), fingerprint("60 days"));
  EXPECT_NE(fingerprint("No, sharing."), fingerprint("No sharing."));
}

TEST(Fingerprint, TakesBrokenBytes) {
  EXPECT_FALSE(fingerprint("a\xff\xc3 b").empty());
  EXPECT_EQ(fingerprint(""), "");
}

}  // namespace
}  // namespace waydiff::diff
