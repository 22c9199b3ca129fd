#include "diff/fingerprint.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <memory_resource>
#include <random>
#include <string>
#include <string_view>

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

/// A soft hyphen says nothing, but keeps letters from being taken many at once.
TEST(Fingerprint, OfManyBytesAtOnceIsThatOfOneByOne) {
  std::minstd_rand random(5);
  const std::string_view signs = "abcdefghijklmnopqrstuvwxyzABCXYZ0189            ,,..-:;!?\"'()*`&%/";
  for (int round = 0; round < 3000; ++round) {
    std::string text = "zz ";
    for (std::size_t size = random() % 90; size > 0; --size) text += signs[random() % signs.size()];
    std::string parted;
    for (const char c : text) {
      parted += c;
      if (std::isalnum(static_cast<unsigned char>(c)) != 0) parted += "\u00ad";
    }
    EXPECT_EQ(fingerprint(text), fingerprint(parted)) << text;
    EXPECT_EQ(without_typography(text), without_typography(parted)) << text;
  }
}

TEST(Fingerprint, IsTheSameInMemoryThatIsGiven) {
  std::pmr::monotonic_buffer_resource memory;
  for (const char* text :
       {"", "3. Cookies we set", "3. ", "**", "We “Share” it, up to 30 days, and more than that.", "ﬁle"}) {
    EXPECT_EQ(fingerprint(text, memory), fingerprint(text)) << text;
  }
}

}  // namespace
}  // namespace waydiff::diff
