#include "extract/dates.hpp"

#include "tests/extract/shown.hpp"

namespace waydiff::extract {
namespace {

TEST(Dates, ReadsTheUsualForms) {
  EXPECT_EQ(first_date("May 25, 2018"), "2018-05-25");
  EXPECT_EQ(first_date("the 25th of May, 2018"), "2018-05-25");
  EXPECT_EQ(first_date("25.05.2018"), "2018-05-25");
  EXPECT_EQ(first_date("2018-05-25"), "2018-05-25");
  EXPECT_EQ(first_date("28/03/2024"), "2024-03-28");
}

TEST(Dates, DoesNotGuessWhichIsTheMonth) {
  EXPECT_EQ(first_date("05/06/2018"), "");
}

TEST(Dates, TellsUpdatedFromEffective) {
  const auto dates = document_of("<p>Effective date: May 25, 2018. Last updated: 1 June 2018.</p>").dates;
  ASSERT_EQ(dates.size(), 2u);
  EXPECT_EQ(dates[0], (core::StatedDate{"effective", "2018-05-25", "Effective date: May 25, 2018"}));
  EXPECT_EQ(dates[1], (core::StatedDate{"updated", "2018-06-01", "Last updated: 1 June 2018"}));
}

}  // namespace
}  // namespace waydiff::extract
