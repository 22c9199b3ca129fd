#include "diff/enumerator.hpp"

#include <gtest/gtest.h>

namespace waydiff::diff {
namespace {

std::string rest(std::string_view text) {
  return std::string(text.substr(enumerator_length(text)));
}

TEST(Enumerator, IsFoundInItsManyForms) {
  for (const char* text : {"3. Data", "3) Data", "3.1 Data", "3.1. Data", "(b) Data", "b) Data", "b. Data", "(iv) Data",
                           "IV. Data", "Section 2 – Data", "Section 2: Data", "Article 5. Data", "§ 3 Data", "• Data",
                           "- Data", "2. (a) Data", "1 - Data", "1.Data"}) {
    EXPECT_EQ(rest(text), "Data") << text;
  }
}

TEST(Enumerator, IsNotFoundWhereWordsAndNumbersBegin) {
  for (const char* text : {"2018 was a year", "30 days later", "I agree", "12. Mai 2018", "2.5 million users",
                           "24-7 help", "U.S. law", "e.g. names", "Section 5 applies here", "A user", "(see below) it",
                           "10:30 is late", "3.", "100,000 users", "Civil law", "mix it"}) {
    EXPECT_EQ(rest(text), text);
  }
}

TEST(Enumerator, HasALabel) {
  EXPECT_EQ(enumerator_label("Section 3.1 – Data"), "3.1");
  EXPECT_EQ(enumerator_label("(B) Data"), "b");
  EXPECT_EQ(enumerator_label("• Data"), "");
  EXPECT_EQ(enumerator_label("Data"), "");
}

}  // namespace
}  // namespace waydiff::diff
