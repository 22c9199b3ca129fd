#include <gmock/gmock.h>

#include "program.hpp"
#include "scratch_folder.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;

Ended used(const std::vector<std::string>& arguments) {
  const ScratchFolder folder;
  return waydiff(folder.path(), arguments);
}

TEST(Usage, SuggestsTheNearestSubcommand) {
  const Ended ended = used({"stauts"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("there is no subcommand \"stauts\": did you mean \"status\"?"));
  EXPECT_EQ(ended.out, "");
}

TEST(Usage, PointsToTheHelpWhenNothingIsNear) {
  const Ended ended = used({"xyzzyxyzzy"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("waydiff --help"));
}

TEST(Usage, HelpNamesEverySubcommandOnStdout) {
  const Ended ended = used({"--help"});
  EXPECT_EQ(ended.status, 0);
  for (const char* name :
       {"run", "crawl", "process", "report", "backfill", "extract", "diff", "log", "show", "status", "verify"}) {
    EXPECT_THAT(ended.out, HasSubstr(std::string("\n  ") + name + " "));
  }
  EXPECT_THAT(ended.out, HasSubstr("Exit status:"));
}

TEST(Usage, WithoutASubcommandIsWrong) {
  const Ended ended = used({});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.out, "");
}

TEST(Usage, WithAnUnknownOptionIsWrongAndNamesIt) {
  const Ended ended = used({"run", "--fast"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("--fast"));
}

TEST(Usage, TellsItsVersion) {
  EXPECT_THAT(used({"--version"}).out, testing::MatchesRegex("waydiff [0-9.]+\n"));
}

TEST(Usage, OfBackfillNamesTheBadPeriod) {
  const Ended ended =
      used({"backfill", "https://example.com/", "--every", "fortnight", "--contact", "mailto:a@b.example"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("--every: \"fortnight\""));
}

}  // namespace
}  // namespace waydiff::cli
