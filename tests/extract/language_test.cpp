#include "extract/language.hpp"

#include <gtest/gtest.h>

#include <string>

namespace waydiff::extract {
namespace {

const std::string english =
    "This policy tells you which of your data we collect and to whom we give any of it. By the use of our site you "
    "agree to the collection of this data and to the terms of that policy. You may ask our office for a copy of the "
    "data, with which we answer to your request by mail. The law of the land and the rules of the court apply to you "
    "and to any of your heirs, and to the site that you visit with our consent. ";
const std::string german =
    "Diese Erklärung sagt Ihnen, welche Daten wir von Ihnen erheben und an wen wir sie weitergeben. Mit der Nutzung "
    "unserer Seite stimmen Sie der Erhebung dieser Daten zu. Sie können bei uns eine Kopie der Daten verlangen, die "
    "wir Ihnen auf Ihre Anfrage mit der Post senden. Es gilt das Recht des Landes, in dem wir unseren Sitz haben. ";
const std::string dutch =
    "Met deze verklaring vertellen wij u welke gegevens wij verzamelen en aan wie of waarom wij die geven. Door deze "
    "site te bezoeken of te gebruiken gaat u akkoord met het verzamelen van deze gegevens. U kunt ons vragen om een "
    "kopie of om verwijdering van de gegevens, of bezwaar maken tegen het gebruik ervan in dit land of elders. ";

TEST(LanguageOf, TellsEnglishWhateverThePageDeclares) {
  EXPECT_EQ(language_of(english, "de"), "en");
}

TEST(LanguageOf, TellsOtherLanguages) {
  EXPECT_EQ(language_of(german, "en"), "de");
  EXPECT_EQ(language_of(dutch, "en"), "nl");
}

TEST(LanguageOf, IsNotEnglishForAnEnglishSentenceAmongOthers) {
  EXPECT_EQ(language_of(german + german + "The terms of the use and of the data apply to you. " + german, "en"), "de");
}

TEST(LanguageOf, IsWhatThePageDeclaresWhereThereIsTooLittleText) {
  EXPECT_EQ(language_of("Data of the user", "pt_BR"), "pt-BR");
  EXPECT_EQ(language_of("Data of the user", ""), "");
}

}  // namespace
}  // namespace waydiff::extract
