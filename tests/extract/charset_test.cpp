#include "extract/charset.hpp"

#include <gtest/gtest.h>

namespace waydiff::extract {
namespace {

TEST(Charset, ReadsLatin1AsWindows1252AsBrowsersDo) {
  EXPECT_EQ(decode("\x93quoted\x94 \xE9", "text/html; charset=ISO-8859-1", true).text, "“quoted” é");
}

TEST(Charset, PrefersValidUtf8ToWhatIsAnnounced) {
  EXPECT_EQ(decode("caf\xC3\xA9 d\xC3\xA9j\xC3\xA0 vu", "text/html; charset=iso-8859-1", true).text, "café déjà vu");
}

TEST(Charset, FindsTheNameInThePage) {
  const Decoded decoded = decode("<html><head><meta charset=\"windows-1251\"></head>\xCF\xF0\xE8", "text/html", true);
  EXPECT_EQ(decoded.charset, "windows-1251");
  EXPECT_TRUE(decoded.text.ends_with("При"));
}

TEST(Charset, FollowsByteOrderMarksBeforeHeaders) {
  EXPECT_EQ(decode("\xEF\xBB\xBF\xC3\xA9", "text/html; charset=windows-1252", true).text, "é");
  EXPECT_EQ(decode(std::string_view("\xFF\xFE"
                                    "A\0\xE9\0",
                                    6),
                   "text/html; charset=utf-8", true)
                .text,
            "Aé");
}

TEST(Charset, CountsWhatItReplaces) {
  const Decoded decoded = decode("d\xC3\xA9j\xC3\xA0 \xFF vu \xE2\x80\x9C", "text/html; charset=utf-8", true);
  EXPECT_EQ(decoded.replaced, 1u);
  EXPECT_EQ(decoded.text, "déjà \xEF\xBF\xBD vu “");
}

TEST(Charset, GuessesWhenNobodySays) {
  const Decoded decoded = decode("We don\x92t sell your data. It\x92s yours.", "text/html", true);
  EXPECT_TRUE(decoded.guessed);
  EXPECT_EQ(decoded.text, "We don’t sell your data. It’s yours.");
}

}  // namespace
}  // namespace waydiff::extract
