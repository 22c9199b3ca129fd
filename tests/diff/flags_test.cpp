#include "diff/flags.hpp"

#include <gmock/gmock.h>

#include "diff/fingerprint.hpp"

namespace waydiff::diff {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> raised(const std::string& before, const std::string& after) {
  const std::string a = fingerprint(before), b = fingerprint(after);
  return flags({before, before, a}, {after, after, b});
}

TEST(Flags, AreRaisedByTheWordsThatChanged) {
  EXPECT_THAT(raised("We will share it.", "We will not share it."), ElementsAre("negation"));
  EXPECT_THAT(raised("We can share it.", "We cannot share it."), ElementsAre("negation"));
  EXPECT_THAT(raised("We don't sell it.", "We do sell it."), ElementsAre("negation"));
  EXPECT_THAT(raised("We may share it.", "We must share it."), ElementsAre("modality"));
  EXPECT_THAT(raised("We have 12 offices.", "We have 15 offices."), ElementsAre("number"));
  EXPECT_THAT(raised("We keep it for 30 days.", "We keep it for 60 days."), ElementsAre("number", "duration"));
  EXPECT_THAT(raised("We keep it for 30 days.", "We keep it for 30 months."), ElementsAre("duration"));
  EXPECT_THAT(raised("It starts on May 5, 2018.", "It starts on June 5, 2018."), ElementsAre("date"));
  EXPECT_THAT(raised("It starts on 2018-05-05.", "It starts on 2018-05-06."), ElementsAre("date"));
  EXPECT_THAT(raised("You pay $50 to us.", "You pay $80 to us."), ElementsAre("number", "money"));
  EXPECT_THAT(raised("See [it](https://a.example/).", "See [it](https://b.example/)."), ElementsAre("link"));
  EXPECT_THAT(raised("We share it with people.", "We share it with Acme."), ElementsAre("party"));
  EXPECT_THAT(raised("We share it.", "We share it with advertisers."), ElementsAre("party"));
  EXPECT_THAT(raised("You can leave.", "You can opt-out."), ElementsAre("choice"));
}

TEST(Flags, AreNotRaisedByWordsThatStayed) {
  EXPECT_THAT(raised("We may not keep 30 logs for Acme.", "We may not hold 30 logs for Acme."), IsEmpty());
  EXPECT_THAT(raised("We use the Services.", "We run the Services of the Platform."), IsEmpty());
}

TEST(Flags, LeaveAddressesMarksAndReferencesOfMembersAlone) {
  EXPECT_THAT(raised("See https://a.example/opt_out_7.", "See here."), ElementsAre("link"));
  EXPECT_THAT(raised("Send (1) names and (2) mail to the Circle Tag.", "Send names and mail to the Circle Tag."),
              IsEmpty());
  EXPECT_THAT(raised("Use up to 3,000kWh now.", "Use up to 3,000 kWh each night now."), IsEmpty());
  EXPECT_THAT(raised("Thirty days are given.", "Thirty (30) days are given."), IsEmpty());
  EXPECT_THAT(raised("We do not sell it.", "We don't sell it."), IsEmpty());
}

TEST(Flags, TakeOnlyNamesForParties) {
  EXPECT_THAT(raised("We add feeds.", "We add RSS feeds."), IsEmpty());
  EXPECT_THAT(raised("Those who live in the European Union can ask.", "Those who live in the United Kingdom can ask."),
              IsEmpty());
  EXPECT_THAT(raised("It is called a \"Country\" here.", "It is called a \"Restricted Area\" here."), IsEmpty());
  EXPECT_THAT(raised("You ask Initech about it.", "You ask Acme about it."), ElementsAre("party"));
  EXPECT_THAT(raised("Example, Inc.", "Example LLC"), ElementsAre("party"));
  EXPECT_THAT(raised("Wir geben die Daten an Dritte.", "Wir geben die Angaben an eine Behörde."), IsEmpty());
  EXPECT_THAT(raised("Wir geben die Daten an Dritte.", "Wir geben die Daten an die Muster AG."), ElementsAre("party"));
}

TEST(Flags, KnowOtherLanguages) {
  EXPECT_THAT(raised("Wir verkaufen Daten.", "Wir verkaufen nicht Daten."), testing::Contains("negation"));
  EXPECT_THAT(raised("Guardamos 30 días.", "Guardamos 60 días."), ElementsAre("number", "duration"));
  EXPECT_THAT(raised("Il peut partir.", "Il doit partir."), ElementsAre("modality"));
}

}  // namespace
}  // namespace waydiff::diff
