#include "report/redline_rows.hpp"

#include <gtest/gtest.h>

#include "compared.hpp"
#include "sample.hpp"

namespace waydiff::report {
namespace {

/// "=0:0 ~1:1 <3 +5": plain, change, left; clause numbers of both sides.
std::string shown(const std::vector<RedlineRow>& rows) {
  std::string out;
  for (const RedlineRow& row : rows) {
    out += out.empty() ? "" : " ";
    out += row.kind == RedlineRow::Kind::plain ? '=' : row.kind == RedlineRow::Kind::left ? '<' : '~';
    out += (row.before.empty() ? "" : std::to_string(row.before.first)) + ":" +
           (row.after.empty() ? "" : std::to_string(row.after.first));
  }
  return out;
}

TEST(RedlineRows, GoThroughBothTexts) {
  const Compared compared(sample_before, sample_after);
  EXPECT_EQ(shown(redline_rows(compared.redline())), "=0:0 =1:1 ~2:2 =3:3 <4: =5:4 ~6:5 ~7: =8:6 =9:7 ~:8 ~:9");
}

TEST(RedlineRows, TakeWhatIsNotShownForPlain) {
  const Compared compared(sample_before, sample_after);
  EXPECT_EQ(shown(redline_rows(compared.redline("editorial,structural", "modified"))),
            "=0:0 =1:1 ~2:2 =3:3 =4: =5:4 =6:5 =7: =8:6 =9:7 =:8 =:9");
}

TEST(RedlineRows, AreTheShownChangesWhereNoClausesAreKnown) {
  const auto set = sample::change_set({sample::added(), sample::reworded(), sample::moved(), sample::renumbered()});
  Redline redline(set, "a", "b");
  EXPECT_EQ(shown(redline_rows(redline)), "~:2 <1: ~4:5 ~:7 ~8:9");
  redline.filter = ChangeFilter::parse("editorial,structural", "").value();
  EXPECT_EQ(shown(redline_rows(redline)), "~:2 ~4:5");
}

TEST(ChangeRuns, TellNeighboursInOneGo) {
  core::Change first = sample::added(), second = sample::added(), third = sample::added();
  second.after->index = 3;
  second.after->path = {"Cookies", "A new heading"};
  third.after->index = 9;
  const auto set = sample::change_set({first, second, third});
  const ChangeRuns runs(Redline(set, "a", "b"));
  ASSERT_EQ(runs.all().size(), 2u);
  EXPECT_EQ(runs.all()[0].count, 2u);
  EXPECT_EQ(runs.number(1), 1u);
  EXPECT_EQ(runs.number(2), 2u);
  EXPECT_EQ(told_as_one(set, runs.all()[0]).after->count, 2u);
}

TEST(MarkupOps, ShowWhereALinkLedAndLeads) {
  const Compared compared("See [the list](https://a.example/list) of things.\n",
                          "See [the list](https://b.example/list) of things.\n");
  ASSERT_EQ(compared.set().changes.size(), 1u);
  std::string words;
  for (const core::WordOp& op : markup_ops(compared.redline(), compared.set().changes[0])) {
    words += (op.op == '=' ? "" : std::string(1, op.op)) + op.text;
  }
  EXPECT_EQ(words, "See [the list](-https://a.example/list+https://b.example/list) of things.");
}

TEST(MarkupOps, AreNoneWhereTheWordsDifferOrTheClausesAreNotKnown) {
  const auto set = sample::change_set({sample::reworded(), sample::moved()});
  EXPECT_TRUE(markup_ops(Redline(set, "a", "b"), set.changes[0]).empty());
  EXPECT_TRUE(markup_ops(Redline(set, "a", "b"), set.changes[1]).empty());
}

}  // namespace
}  // namespace waydiff::report
