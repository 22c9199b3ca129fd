#include "diff/sentence_breaks.hpp"

#include <gmock/gmock.h>

#include <string>

namespace waydiff::diff {
namespace {

using testing::ElementsAre;

std::vector<std::string> sentences(std::string_view text, std::string_view language = "en") {
  std::vector<std::string> found;
  std::size_t start = 0;
  core::Document document;
  document.language = language;
  const TellLanguage nobody;
  Language known(document, nobody);
  std::vector<std::size_t> starts = SentenceBreaks(known).find(text);
  starts.push_back(text.size());
  for (const std::size_t at : starts) {
    std::string sentence(text.substr(start, at - start));
    while (sentence.ends_with(' ')) sentence.pop_back();
    found.push_back(sentence);
    start = at;
  }
  return found;
}

TEST(SentenceBreaks, CutsBetweenSentences) {
  EXPECT_THAT(sentences("We keep logs. You may ask! Why? \"Because.\" (It is so.) End"),
              ElementsAre("We keep logs.", "You may ask!", "Why?", "\"Because.\"", "(It is so.)", "End"));
}

TEST(SentenceBreaks, KeepsAbbreviationsInside) {
  for (const char* text :
       {"Example Inc. Privacy Team answers mail.", "Some data, e.g. Your name, is kept.",
        "Under U.S. Government rules we keep it.", "See No. 5 of the list.", "Read Sec. 3 first.",
        "Based on Art. 6 GDPR we act.", "Mr. Smith and J. R. Doe decide.", "Write to P.O. Box 12 in town.",
        "Example Ltd. Company number 12.", "It began on Jan. 3 of that year.", "Use the Yahoo! services with care.",
        "Open from 9 a.m. Monday to Friday.", "Run by Example Pte. Ltd. Company number 12."}) {
    EXPECT_THAT(sentences(text), ElementsAre(text));
  }
}

TEST(SentenceBreaks, CutsAfterAbbreviationsThatEndASentence) {
  EXPECT_THAT(sentences("The service is run by Example Inc. We are based in the U.S. You agree to this."),
              ElementsAre("The service is run by Example Inc.", "We are based in the U.S.", "You agree to this."));
  EXPECT_THAT(sentences("We ask carriers, banks, etc. 3.7. Sharing with others is rare."),
              ElementsAre("We ask carriers, banks, etc.", "3.7. Sharing with others is rare."));
  EXPECT_THAT(sentences("You answered no. We went on."), ElementsAre("You answered no.", "We went on."));
}

TEST(SentenceBreaks, CutsBeforeAMemberWrittenSmall) {
  EXPECT_THAT(sentences("Write to us by mail. (b) We answer soon. xiv. Logs are kept."),
              ElementsAre("Write to us by mail.", "(b) We answer soon.", "xiv. Logs are kept."));
  EXPECT_THAT(sentences("We act on request, i. e. The shop answers."),
              ElementsAre("We act on request, i. e. The shop answers."));
}

TEST(SentenceBreaks, CutsAWholeSentenceBehindAnUnfinishedLine) {
  EXPECT_THAT(sentences("The rules of the shop are as follows: We may refuse an order."),
              ElementsAre("The rules of the shop are as follows:", "We may refuse an order."));
  EXPECT_THAT(sentences("(c) the design of the shop; and Orders can be refused by the shop."),
              ElementsAre("(c) the design of the shop; and", "Orders can be refused by the shop."));
  EXPECT_THAT(sentences("Wir verwenden diese Arten von Daten: Namen werden nur kurz gespeichert.", "de"),
              ElementsAre("Wir verwenden diese Arten von Daten: Namen werden nur kurz gespeichert."));
  EXPECT_THAT(sentences("Please note: We may refuse an order."), ElementsAre("Please note: We may refuse an order."));
  EXPECT_THAT(sentences("Your rights ------- You may ask."), ElementsAre("Your rights -------", "You may ask."));
}

TEST(SentenceBreaks, DoesNotCutInsideBrackets) {
  EXPECT_THAT(
      sentences("We may act on it for a while (the legal basis: Art. 6 para. 1 of that law). Then we stop."),
      ElementsAre("We may act on it for a while (the legal basis: Art. 6 para. 1 of that law).", "Then we stop."));
}

TEST(SentenceBreaks, CutsWhereASpaceWasLost) {
  EXPECT_THAT(sentences("Drafts are kept until they are deleted.You can ask for a copy of them."),
              ElementsAre("Drafts are kept until they are deleted.", "You can ask for a copy of them."));
  EXPECT_THAT(sentences("Rooms are let by Booking.Com as the agent of hosts."),
              ElementsAre("Rooms are let by Booking.Com as the agent of hosts."));
}

TEST(SentenceBreaks, KeepsTheMarksOfMembersWithTheirMembers) {
  EXPECT_THAT(
      sentences("A notice must tell: 1. What was copied; 2. Where it was found; and 3. Who made it."),
      ElementsAre("A notice must tell:", "1. What was copied;", "2. Where it was found; and", "3. Who made it."));
}

TEST(SentenceBreaks, KeepsEnumeratorsWithTheirSentence) {
  EXPECT_THAT(sentences("3. Cookies are small. They stay."), ElementsAre("3. Cookies are small.", "They stay."));
  EXPECT_THAT(sentences("Section 2. Your rights"), ElementsAre("Section 2. Your rights"));
}

TEST(SentenceBreaks, ReadsGermanFrenchSpanishAndJapanese) {
  EXPECT_THAT(
      sentences("Wir speichern z.B. Namen. Stand ist der 5. Mai 2018. Nach Art. 6 Abs. 1 DSGVO geht das.", "de"),
      ElementsAre("Wir speichern z.B. Namen.", "Stand ist der 5. Mai 2018.", "Nach Art. 6 Abs. 1 DSGVO geht das."));
  EXPECT_THAT(sentences("Wir geben Daten z. B. an Partner. Wir lesen z. B. Die Zeit.", "de"),
              ElementsAre("Wir geben Daten z. B. an Partner.", "Wir lesen z. B. Die Zeit."));
  EXPECT_THAT(sentences("Nous gardons vos données. Pourquoi ? Écrivez-nous.", "fr"),
              ElementsAre("Nous gardons vos données.", "Pourquoi ?", "Écrivez-nous."));
  EXPECT_THAT(sentences("Guardamos sus datos. ¿Por qué? Escríbanos.", "es"),
              ElementsAre("Guardamos sus datos.", "¿Por qué?", "Escríbanos."));
  EXPECT_THAT(sentences("情報を収集します。第三者に提供しません。", "ja"),
              ElementsAre("情報を収集します。", "第三者に提供しません。"));
}

TEST(SentenceBreaks, TakesAnyBytesAndLanguage) {
  EXPECT_THAT(sentences("", "xx-not-a-language"), ElementsAre(""));
  EXPECT_EQ(sentences("a\xff. B\xc3. \xe3\x80").empty(), false);
}

}  // namespace
}  // namespace waydiff::diff
