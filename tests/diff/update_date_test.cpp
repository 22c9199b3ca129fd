#include "diff/update_date.hpp"

#include <gtest/gtest.h>

#include "diff/fingerprint.hpp"

namespace waydiff::diff {
namespace {

TEST(UpdateDate, IsStatedInManyWays) {
  for (const char* text :
       {"Last updated: May 5, 2018", "Date Modified: 28 August 2025", "Date: August 15, 2015", "Stand: 5. Mai 2018",
        "Version date: 7 May 2025", "Effective Date: October 14th, 2020", "(Last modified: 1 October 2021)",
        "This privacy notice applies from May 21, 2024.", "Updated this week", "Updated 3 days ago", "5 May 2018",
        "Dernière mise à jour : 3 mars 2020", "Última actualización: 3 de marzo de 2020", "最終更新日:2019年4月1日"}) {
    EXPECT_TRUE(states_update(fingerprint(text))) << text;
  }
}

TEST(UpdateDate, IsNotStatedByOtherNumbers) {
  for (const char* text : {"94105", "San Francisco, CA 94105", "(800) 555-1234", "Call us 5 days a week.",
                           "1901 Broadway", "You may ask us today.", "Offers end on May 5, 2018 for all."}) {
    EXPECT_FALSE(states_update(fingerprint(text))) << text;
  }
}

TEST(UpdateDate, IsTheSameStatementWhateverJoinsTheDate) {
  const auto same = [](const char* a, const char* b) { return same_update_statement(fingerprint(a), fingerprint(b)); };
  EXPECT_TRUE(same("Last updated: May 20th, 2025", "Last updated on: May 20th, 2025"));
  EXPECT_TRUE(same("Last revised May 1, 2020", "Updated on May 2, 2020"));
  EXPECT_FALSE(same("Effective date: May 1, 2020", "Last updated: May 1, 2020"));
  EXPECT_FALSE(same("Last updated: May 1, 2020", "Last updated: May 1, 2020 by our lawyers"));
}

TEST(Copyright, IsALineWithASignAndAYear) {
  EXPECT_TRUE(states_copyright(fingerprint("© 2018 Example")));
  EXPECT_TRUE(states_copyright(fingerprint("Copyright 2018-2020 Example Inc.")));
  EXPECT_FALSE(states_copyright(fingerprint("© Example")));
  EXPECT_FALSE(states_copyright(fingerprint("All rights reserved 2018")));
}

}  // namespace
}  // namespace waydiff::diff
