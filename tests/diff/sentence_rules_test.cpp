#include "diff/sentence_rules.hpp"

#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/rbbi.h>
#include <unicode/utext.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace waydiff::diff {
namespace {

std::vector<std::size_t> by_rules(std::string_view text) {
  std::vector<std::size_t> ends;
  for (std::size_t at = 0; at < text.size();) ends.push_back(at = sentence_end(text, at));
  return ends;
}

/// What ICU's own iterator says.
class Icu {
 public:
  Icu() {
    UErrorCode status = U_ZERO_ERROR;
    iterator_.reset(icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
    EXPECT_TRUE(U_SUCCESS(status));
  }
  std::vector<std::size_t> ends(std::string_view text) const {
    UErrorCode status = U_ZERO_ERROR;
    UText opened = UTEXT_INITIALIZER;
    UText* const utf8 = utext_openUTF8(&opened, text.data(), static_cast<int64_t>(text.size()), &status);
    iterator_->setText(utf8, status);
    EXPECT_TRUE(U_SUCCESS(status));
    std::vector<std::size_t> found;
    iterator_->first();
    for (int32_t at = iterator_->next(); at != icu::BreakIterator::DONE; at = iterator_->next()) {
      found.push_back(static_cast<std::size_t>(at));
    }
    utext_close(utf8);
    return found;
  }

 private:
  std::unique_ptr<icu::BreakIterator> iterator_;
};

std::string quoted(std::string_view text) {
  return testing::PrintToString(std::string(text.substr(0, 400)));
}

TEST(SentenceRules, EndASentenceBehindItsMarkQuotesAndSpaces) {
  EXPECT_EQ(by_rules("We ask. \"You tell.\" They (all!) know? Yes"), (std::vector<std::size_t>{8, 20, 32, 38, 41}));
}

TEST(SentenceRules, GoOnInsideNumbersInitialsAndBeforeSmallLetters) {
  EXPECT_EQ(by_rules("Over 4.5 in the U.S.A. and etc. (5) so on"), (std::vector<std::size_t>{41}));
}

TEST(SentenceRules, KnowTheMarksOfOtherScripts) {
  EXPECT_EQ(by_rules("はい。いいえ。"), (std::vector<std::size_t>{9, 21}));
  EXPECT_EQ(by_rules("यह है। वह"), Icu().ends("यह है। वह"));
}

TEST(SentenceRules, AreThoseOfIcuForEveryTextOfTheSignsThatMatter) {
  const Icu icu;
  const std::vector<std::string> signs = {"a",
                                          "B",
                                          "3",
                                          ".",
                                          ".",
                                          "!",
                                          "?",
                                          " ",
                                          " ",
                                          ",",
                                          "-",
                                          ":",
                                          ";",
                                          "(",
                                          ")",
                                          "\"",
                                          "'",
                                          "[",
                                          "]",
                                          "/",
                                          "&",
                                          "\n",
                                          "\r",
                                          "\t",
                                          "é",
                                          "É",
                                          "ß",
                                          "ª",
                                          "中",
                                          "। ",
                                          "。",
                                          "！",
                                          "．",
                                          "…",
                                          "“",
                                          "”",
                                          "’",
                                          "–",
                                          "—",
                                          "•",
                                          "©",
                                          "\xC2\xA0",
                                          "\xC2\xAD",
                                          "\xCC\x81",
                                          "\xE2\x80\x8D",
                                          "\xE2\x80\x8B",
                                          "\xE2\x80\xA8",
                                          "\xC2\x85",
                                          "\xE2\x80\xA4",
                                          "\xE2\x80\xBC",
                                          "\xEF\xBB\xBF",
                                          "\xF0\x9D\x90\x80",
                                          "\xF0\x9F\x98\x80",
                                          "\xD5\x9D",
                                          "\xD8\x9F",
                                          "ا",
                                          "٣",
                                          "。",
                                          "\xE3\x80\x80",
                                          "א",
                                          "ა",
                                          "Ა"};
  std::mt19937 random(7);
  for (int round = 0; round < 60'000; ++round) {
    std::string text;
    const std::size_t size = 1 + random() % 14;
    for (std::size_t i = 0; i < size; ++i) text += signs[random() % signs.size()];
    ASSERT_EQ(by_rules(text), icu.ends(text)) << quoted(text);
  }
}

TEST(SentenceRules, AreThoseOfIcuForEveryCharacterBeforeAndBehindAFullStop) {
  const Icu icu;
  for (UChar32 c = 1; c < 0x20000; ++c) {
    if (U_IS_SURROGATE(c)) continue;
    std::string sign;
    icu::UnicodeString(c).toUTF8String(sign);
    for (const std::string& text : {"x" + sign + ".Ab", "Ab. " + sign + "b C", "A" + sign + " B", "A." + sign + "B"}) {
      ASSERT_EQ(by_rules(text), icu.ends(text)) << std::hex << c << " " << quoted(text);
    }
  }
}

TEST(SentenceRules, AreThoseOfIcuForAllTextsOfTheCorpus) {
  const std::filesystem::path corpus = std::filesystem::path(WAYDIFF_SHARED_DIR) / "corpus";
  if (!std::filesystem::is_directory(corpus)) GTEST_SKIP() << "no " << corpus;
  const Icu icu;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus)) {
    const auto ending = entry.path().extension();
    if (ending != ".md" && ending != ".html" && ending != ".txt") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
      const std::string_view line = std::string_view(bytes).substr(at, std::min<std::size_t>(end - at, 20'000));
      ASSERT_EQ(by_rules(line), icu.ends(line)) << entry.path() << ": " << quoted(line);
      at = end + 1;
    }
  }
}

TEST(SentenceRules, AreThoseOfIcuForEveryLanguageButGreek) {
  UErrorCode status = U_ZERO_ERROR;
  const auto rules_of = [&](const icu::Locale& locale) {
    const std::unique_ptr<icu::BreakIterator> made(icu::BreakIterator::createSentenceInstance(locale, status));
    const auto* const ruled = dynamic_cast<const icu::RuleBasedBreakIterator*>(made.get());
    return ruled == nullptr ? icu::UnicodeString() : ruled->getRules();
  };
  const icu::UnicodeString root = rules_of(icu::Locale::getRoot());
  int32_t count = 0;
  const icu::Locale* const all = icu::Locale::getAvailableLocales(count);
  for (int32_t i = 0; i < count; ++i) {
    const bool greek = std::string_view(all[i].getLanguage()) == "el";
    EXPECT_EQ(rules_of(all[i]) != root, greek) << all[i].getName();
  }
  EXPECT_TRUE(U_SUCCESS(status));
}

TEST(SentenceRules, HoldOnIllFormedBytes) {
  for (const std::string text : {"A.\xFF\xFE B. C", "A. \xC2", "\x80.B", "A\xE2\x80.B"}) {
    const auto ends = by_rules(text);
    ASSERT_FALSE(ends.empty());
    EXPECT_EQ(ends.back(), text.size());
  }
}

}  // namespace
}  // namespace waydiff::diff
