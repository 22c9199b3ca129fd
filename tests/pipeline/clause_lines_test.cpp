#include "pipeline/clause_lines.hpp"

#include <gmock/gmock.h>

#include <set>

#include "diff/compare.hpp"
#include "extract/extract.hpp"

namespace waydiff::pipeline {
namespace {

using testing::ElementsAre;
using Clauses = std::vector<core::Clause>;

Clauses clauses(std::string_view markdown) {
  return diff::clauses(extract::read_markdown(markdown));
}

/// The texts followed one after the other; the names of each one's lines.
class Traced {
 public:
  Traced& then(std::string_view markdown) {
    Clauses next = clauses(markdown);
    const std::string key = diff::state_key(next);
    if (!states_.contains(key)) {
      states_.emplace(key, static_cast<int>(states_.size()) + 1);
      if (states_.size() == 1) {
        tracer_.begin(1, next);
      } else {
        const auto from = descents(diff::compare(last_, next), last_, next);
        EXPECT_TRUE(from) << from.error().detail;
        tracer_.follow(states_.at(diff::state_key(last_)), states_.at(key), *from, next);
      }
    }
    const std::vector<std::size_t> captures{texts_};
    tracer_.place(static_cast<storage::Id>(++texts_), states_.at(key), next, captures);
    last_ = std::move(next);
    return *this;
  }

  storage::ClauseLines done() {
    std::vector<storage::Id> captures;
    for (std::size_t at = 0; at < texts_; ++at) captures.push_back(static_cast<storage::Id>(at + 1));
    return std::move(tracer_).done(captures);
  }

 private:
  LineTracer tracer_{"example"};
  std::map<std::string, int> states_;
  Clauses last_;
  std::size_t texts_ = 0;
};

/// Positions of the lines of a text's clauses.
std::vector<std::size_t> lines_of(const storage::ClauseLines& made, std::size_t text) {
  std::vector<std::size_t> out;
  for (const std::size_t wording : made.texts.at(text).wordings) out.push_back(made.wordings[wording].line);
  return out;
}

constexpr std::string_view sharing =
    "We collect the data that you give us.\n\nWe may share your data with our partners.\n\nWe delete it when you leave "
    "us.\n";

TEST(ClauseLines, SurviveRewordingAndMoving) {
  const auto made =
      Traced()
          .then(sharing)
          .then(
              "We delete it when you leave us.\n\nWe collect the data that you give us.\n\nWe will share your "
              "data with our partners.\n")
          .done();
  EXPECT_THAT(lines_of(made, 0), ElementsAre(0, 1, 2));
  EXPECT_THAT(lines_of(made, 1), ElementsAre(2, 0, 1));
  EXPECT_EQ(made.lines.size(), 3u);
  EXPECT_EQ(made.wordings.size(), 4u) << "the reworded one has two";
}

TEST(ClauseLines, AreTheSameAgainWhenATextReturns) {
  const auto made = Traced().then(sharing).then("We collect nothing of any kind.\n").then(sharing).done();
  EXPECT_EQ(lines_of(made, 0), lines_of(made, 2));
  const storage::WordingRow& first = made.wordings[made.texts[0].wordings[0]];
  EXPECT_EQ(first.first_capture, 1);
  EXPECT_EQ(first.last_capture, 3);
}

TEST(ClauseLines, AreTheSameAgainWhenARemovedClauseReturnsToAnotherText) {
  const auto made = Traced()
                        .then("We collect names.\n\nWe sell nothing to anybody.\n")
                        .then("We collect names.\n")
                        .then("We collect names.\n\nWe keep them for years.\n\nWe sell nothing to anybody.\n")
                        .done();
  EXPECT_EQ(lines_of(made, 2)[2], lines_of(made, 0)[1]);
  EXPECT_EQ(made.lines.size(), 3u);
}

TEST(ClauseLines, GoOnInTheLargerPartOfASplitAndRememberWhereTheOtherCameFrom) {
  const auto made = Traced()
                        .then("We collect your name and we share your address with our partners in other countries.\n")
                        .then("We collect your name.\n\nWe share your address with our partners in other countries.\n")
                        .done();
  const auto lines = lines_of(made, 1);
  EXPECT_EQ(lines[1], 0u);
  EXPECT_EQ(made.lines.at(lines[0]).split_from, 0u);
}

TEST(ClauseLines, GoOnFromTheLargerOfMergedClauses) {
  const auto made = Traced()
                        .then("We collect your name.\n\nWe share your address with our partners in other countries.\n")
                        .then("We collect your name and we share your address with our partners in other countries.\n")
                        .done();
  EXPECT_THAT(lines_of(made, 1), ElementsAre(1));
}

TEST(ClauseLines, HaveNamesThatDependOnTheTextsAlone) {
  const auto once = Traced().then(sharing).then("We may share your data.\n").done();
  const auto again = Traced().then(sharing).then("We may share your data.\n").done();
  std::set<std::string> names;
  for (std::size_t at = 0; at < once.lines.size(); ++at) {
    EXPECT_EQ(once.lines[at].name, again.lines[at].name);
    EXPECT_EQ(once.lines[at].name.size(), 10u);
    names.insert(once.lines[at].name);
  }
  EXPECT_EQ(names.size(), once.lines.size());
}

TEST(ClauseLines, TellEqualClausesOfATextApart) {
  const auto made = Traced().then("None.\n\n## A\n\nNone.\n\n## B\n\nNone.\n").done();
  const auto lines = lines_of(made, 0);
  EXPECT_EQ(std::set<std::size_t>(lines.begin(), lines.end()).size(), lines.size());
}

TEST(Descents, AccountForEveryClauseOrSayThatTheyDoNot) {
  const Clauses before = clauses(sharing);
  const Clauses after = clauses("We collect the data that you give us.\n\nWe sell cakes on Sundays.\n");
  core::ChangeSet changes = diff::compare(before, after);
  const auto from = descents(changes, before, after);
  ASSERT_TRUE(from);
  EXPECT_EQ((*from)[0].from, 0u);
  EXPECT_FALSE((*from)[1].from);
  changes.changes.pop_back();
  EXPECT_EQ(descents(changes, before, after).error().code, core::Errc::bad_argument);
}

}  // namespace
}  // namespace waydiff::pipeline
