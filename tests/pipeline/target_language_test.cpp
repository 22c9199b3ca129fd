#include "pipeline/target_language.hpp"

#include <gmock/gmock.h>

namespace waydiff::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Languages = std::vector<std::string>;

TEST(LanguageStrays, AreThoseBetweenTextsOfTheLanguageOfMost) {
  EXPECT_THAT(language_strays(Languages{"en", "en-GB", "de", "en", "fr", "en"}, ""), ElementsAre(2, 4));
}

TEST(LanguageStrays, AreNotTextsThatWentOverForGood) {
  EXPECT_THAT(language_strays(Languages{"en", "en", "en", "de", "de"}, ""), IsEmpty());
  EXPECT_THAT(language_strays(Languages{"de", "en", "en"}, ""), IsEmpty());
}

TEST(LanguageStrays, NeedALanguageThatMostAreIn) {
  EXPECT_THAT(language_strays(Languages{"en", "de", "en", "de"}, ""), IsEmpty());
  EXPECT_THAT(language_strays(Languages{}, ""), IsEmpty());
}

TEST(LanguageStrays, AreAllOthersThanAWantedLanguage) {
  EXPECT_THAT(language_strays(Languages{"de", "en", "", "de-AT", "nl"}, "de"), ElementsAre(1, 4));
}

TEST(LanguageStrays, AreNeverTextsOfUnknownLanguage) {
  EXPECT_THAT(language_strays(Languages{"en", "", "en"}, ""), IsEmpty());
}

}  // namespace
}  // namespace waydiff::pipeline
