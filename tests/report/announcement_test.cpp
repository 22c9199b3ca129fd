#include "report/announcement.hpp"

#include <gtest/gtest.h>

#include "sample.hpp"

namespace waydiff::report {
namespace {

using Dates = std::vector<core::StatedDate>;
using storage::TransitionKind;

core::StatedDate updated(std::string date) {
  return {"updated", std::move(date), ""};
}
core::StatedDate effective(std::string date) {
  return {"effective", std::move(date), ""};
}

/// The verdict on a transition between captures of 10 March and 20 April 2018.
std::string verdict(const Dates& before, const Dates& after, bool substantive = true,
                    TransitionKind kind = TransitionKind::changed) {
  return std::string(
      name(announcement(before, after, sample::at("20180310230000"), sample::at("20180420010000"), substantive, kind)
               .announced));
}

TEST(Announcement, HoldsTheDatesOfADocumentAgainstTheInterval) {
  struct Case {
    const char* what;
    Dates before, after;
    const char* expected;
  };
  const Case cases[] = {
      {"no dates", {}, {}, "undated"},
      {"the same date", {updated("2016-01-01")}, {updated("2016-01-01")}, "silent edit"},
      {"a new date in the interval", {updated("2016-01-01")}, {updated("2018-04-01")}, "dated"},
      {"the day before, in another time zone", {updated("2016-01-01")}, {updated("2018-03-09")}, "dated"},
      {"two days before", {updated("2016-01-01")}, {updated("2018-03-08")}, "back-dated"},
      {"the day after, in another time zone", {updated("2016-01-01")}, {updated("2018-04-21")}, "dated"},
      {"two days after", {updated("2016-01-01")}, {updated("2018-04-22")}, "announced ahead"},
      {"in effect later", {effective("2016-01-01")}, {effective("2018-05-25")}, "announced ahead"},
      {"updated in time, in effect later", {}, {updated("2018-04-01"), effective("2018-05-25")}, "announced ahead"},
      {"updated in time, in effect earlier", {}, {updated("2018-04-01"), effective("2018-01-01")}, "dated"},
      {"updated earlier, in effect later", {}, {updated("2018-01-01"), effective("2018-05-25")}, "back-dated"},
      {"one of two dates unchanged",
       {updated("2017-01-01"), effective("2017-02-01")},
       {updated("2018-04-01"), effective("2017-02-01")},
       "dated"},
      {"a date where there was none", {}, {updated("2018-04-01")}, "dated"},
      {"a date older than all captures where there was none", {}, {updated("1999-04-01")}, "back-dated"},
      {"a date that is gone", {updated("2016-01-01")}, {}, "undated"},
      {"the same date under another name", {effective("2016-01-01")}, {updated("2016-01-01")}, "silent edit"},
      {"the same date that had no name", {{"other", "2016-01-01", ""}}, {updated("2016-01-01")}, "silent edit"},
      {"dates of earlier versions below the latest",
       {updated("2016-01-01"), updated("2015-01-01")},
       {updated("2018-04-01"), updated("2016-01-01"), updated("2015-01-01")},
       "dated"},
      {"an earlier version's date is taken off the list",
       {updated("2016-01-01"), updated("2015-01-01")},
       {updated("2016-01-01")},
       "silent edit"},
      {"other dates alone", {{"other", "2016-01-01", ""}}, {{"other", "2018-04-01", ""}}, "undated"},
      {"what is no date", {updated("2018-13-45")}, {updated("yesterday")}, "undated"},
  };
  for (const Case& one : cases) EXPECT_EQ(verdict(one.before, one.after), one.expected) << one.what;
}

TEST(Announcement, OfTransitionsWithoutSubstanceIsAboutTheDateAlone) {
  EXPECT_EQ(verdict({updated("2016-01-01")}, {updated("2018-04-01")}, false), "date only");
  EXPECT_EQ(verdict({updated("2016-01-01")}, {updated("2011-04-01")}, false), "date only");
  EXPECT_EQ(verdict({updated("2016-01-01")}, {}, false), "date only");
  EXPECT_EQ(verdict({updated("2016-01-01")}, {effective("2016-01-01")}, false), "");
  EXPECT_EQ(verdict({updated("2016-01-01")}, {updated("2016-01-01")}, false), "");
  EXPECT_EQ(verdict({}, {}, false, TransitionKind::editorial), "");
}

TEST(Announcement, DoesNotCallAnEarlierTextThatIsBackBackDated) {
  const Dates later = {updated("2018-02-01")}, earlier = {updated("2016-01-01")};
  EXPECT_EQ(verdict(later, earlier, true, TransitionKind::returned), "earlier date restored");
  EXPECT_EQ(verdict(later, earlier, true, TransitionKind::changed), "back-dated");
  EXPECT_EQ(verdict(earlier, earlier, true, TransitionKind::returned), "silent edit");
}

TEST(Announcement, SaysWhichDatesItIsAbout) {
  const Dates before = {updated("2016-01-01")}, after = {updated("2018-04-01"), effective("2018-05-25")};
  const auto found = announcement(before, after, sample::at("20180310230000"), sample::at("20180420010000"), true,
                                  TransitionKind::changed);
  EXPECT_EQ(announcement_text(found),
            "announced ahead: updated 2018-04-01 (before: 2016-01-01); effective 2018-05-25 (before: none)");
  ASSERT_EQ(found.dates.size(), 2u);
  EXPECT_EQ(found.dates[0].announced, Announced::dated);
  EXPECT_EQ(found.dates[1].announced, Announced::ahead);
}

}  // namespace
}  // namespace waydiff::report
