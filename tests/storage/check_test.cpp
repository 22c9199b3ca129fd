#include <gmock/gmock.h>

#include <fstream>

#include "tests/storage/example_history.hpp"

namespace waydiff::storage {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// What check() says of the example store after somebody has changed it.
std::vector<std::string> problems_after(const std::string& sql) {
  const Scratch scratch;
  {
    ExampleStore example(scratch);
    done(example.store.put_history(example.target, example.history, {1, 1}));
  }
  meddle(scratch.file(), "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;" + sql);
  std::vector<std::string> lines;
  for (const Finding& finding : got(open(scratch, Mode::read).check())) lines.push_back(finding.what);
  return lines;
}

TEST(Check, FindsNothingInASoundStore) {
  EXPECT_THAT(problems_after(""), IsEmpty());
  const Scratch empty;
  EXPECT_THAT(got(open(empty).check()), IsEmpty());
}

TEST(Check, FindsDamagedBodiesAndTexts) {
  EXPECT_THAT(problems_after("UPDATE body SET zstd = x'00' WHERE id = 2"), ElementsAre(HasSubstr("body 2 (")));
  EXPECT_THAT(problems_after("UPDATE text SET size = size + 1 WHERE id = 1"), ElementsAre(HasSubstr("text 1 (")));
}

TEST(Check, FindsRowsWithoutAParent) {
  EXPECT_THAT(problems_after("UPDATE extraction SET text = 77 WHERE id = 1"),
              ElementsAre("extraction 1: its text is missing"));
}

TEST(Check, FindsOutcomesThatDoNotAddUp) {
  EXPECT_THAT(problems_after("UPDATE capture SET outcome = 'lost' WHERE id = 2"),
              Contains("target 1: its outcomes add up to 3 of 4 captures listed"));
}

TEST(Check, FindsCapturesThatLackTheirBody) {
  EXPECT_THAT(problems_after("UPDATE capture SET body = NULL WHERE id = 4"),
              ElementsAre("capture 4: duplicate, but without a body"));
}

TEST(Check, FindsListedCapturesThatWereLost) {
  EXPECT_THAT(problems_after("DELETE FROM capture WHERE id = 2"),
              ElementsAre("listing 1: 4 rows, 0 dropped, but only 3 captures stored"));
}

TEST(Check, FindsTransitionsThatContradictThemselves) {
  EXPECT_THAT(problems_after("UPDATE transition SET not_before = '2030-01-01T00:00:00Z' WHERE id = 1"),
              ElementsAre("transition 1: not before 2030-01-01T00:00:00Z, yet not after 2019-01-01T00:00:00Z",
                          "transition 1: its dates are not those of its captures"));
  EXPECT_THAT(problems_after("UPDATE transition SET old_state = 2 WHERE id = 1"),
              ElementsAre("transition 1: its captures do not show its states"));
  EXPECT_THAT(problems_after("UPDATE transition SET old_state = 77 WHERE id = 1"),
              Contains("transition 1: its state is missing"));
  EXPECT_THAT(problems_after("UPDATE transition SET sequence = 5 WHERE id = 2"),
              ElementsAre("target 1: 2 transitions, numbered up to 5"));
}

TEST(Check, FindsStatesThatNobodySawAndPlacementsInStatesOfOthers) {
  EXPECT_THAT(problems_after("INSERT INTO state (target, ordinal, state_key, clauses) VALUES (1, 3, 'k', 0)"),
              ElementsAre("state 3: no capture shows it"));
  EXPECT_THAT(problems_after("INSERT INTO target (url, urlkey, site, kind) VALUES ('u', 'u', 's', 'k');"
                             "UPDATE capture SET target = 2 WHERE id = 3"),
              Contains("capture 3: placed in state 2 of another target"));
}

TEST(Check, FindsHistoriesThatCannotBeRead) {
  EXPECT_THAT(problems_after("UPDATE change SET ops = 'x' WHERE id = 1"),
              ElementsAre(HasSubstr("bad word operations \"x\"")));
}

TEST(Check, GoesOnAfterATornPage) {
  const Scratch scratch;
  {
    ExampleStore example(scratch);
    for (int i = 0; i < 200; ++i) got(example.store.put_body(std::to_string(i) + " pages"));
  }
  const auto page = got(got(Connection::open(scratch.file(), Access::read_only))
                            .value<std::int64_t>("SELECT rootpage FROM sqlite_schema WHERE name = 'body'"));
  {
    std::fstream file(scratch.file(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp((*page - 1) * 4096);
    file << std::string(4096, '\xee');
  }
  EXPECT_THAT(got(open(scratch, Mode::read).check()), testing::Not(IsEmpty()));
}

}  // namespace
}  // namespace waydiff::storage
