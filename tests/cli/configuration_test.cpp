#include <gmock/gmock.h>

#include "program.hpp"
#include "scratch_folder.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;

/// Runs with this waydiff.toml.
Ended run_with(std::string_view text) {
  const ScratchFolder folder;
  folder.write("waydiff.toml", text);
  const Ended ended = waydiff(folder.path(), {"run"});
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "waydiff.db"))
      << "nothing is made before the configuration is right";
  return ended;
}

TEST(Configuration, WithAnUnknownKeyNamesFileLineAndKey) {
  const Ended ended = run_with("contact = \"mailto:me@example.org\"\n\nrepport = \"out\"\n");
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("waydiff.toml:3: repport: unknown key; did you mean \"report\"?"));
}

TEST(Configuration, WithAWrongTypeNamesFileLineAndKey) {
  const Ended ended = run_with("[archive.wayback]\nconnections = \"four\"\n");
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("waydiff.toml:2: archive.wayback.connections: a whole number from 1 to 16"));
}

TEST(Configuration, WithABrokenLineNamesIt) {
  const Ended ended = run_with("db = \"a.db\"\nreport = \n");
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("waydiff.toml:2: "));
}

TEST(Configuration, WithoutTargetsIsNoConfiguration) {
  const Ended ended = run_with("contact = \"mailto:me@example.org\"\n");
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("add a [[target]]"));
}

TEST(Configuration, WithoutAContactSendsNothingToAPublicArchive) {
  const Ended ended = run_with("[[target]]\nurl = \"https://example.com/privacy\"\n");
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("waydiff.toml: contact: "));
}

TEST(Configuration, ThatIsMissingIsNamed) {
  const ScratchFolder folder;
  const Ended ended = waydiff(folder.path(), {"run", "--config", "nowhere.toml"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("nowhere.toml: there is no such configuration file"));
}

TEST(Configuration, IsAskedForWhenThereIsNone) {
  const ScratchFolder folder;
  const Ended ended = waydiff(folder.path(), {"run"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("--config FILE"));
}

}  // namespace
}  // namespace waydiff::cli
