#include <gmock/gmock.h>
#include <signal.h>

#include <map>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

using test::Fail;
using testing::HasSubstr;

/// Nine captures of four texts. The archive does not answer for the third and the fourth text, so that both connections
/// come to wait, and what was fetched before is stored by then.
class Interruption : public testing::Test {
 protected:
  Interruption() {
    for (int n = 1; n <= 9; ++n) scene.capture(day(n), policy_number(n % 4));
    scene.archive.script(playback(3), {Fail::stall()});
    scene.archive.script(playback(4), {Fail::stall()});
    scene.configure();
  }

  static std::string day(int n) { return "20" + std::to_string(10 + n) + "0101"; }
  static std::string playback(int n) { return "/web/" + day(n) + "120000id_/"; }

  /// What a reader gets out of the store.
  [[nodiscard]] std::string history(const std::string& db) const {
    std::string text = scene.waydiff({"log", "shop.example", "--json", "--db", db}).out;
    for (const int n : {2, 3, 4}) text += scene.waydiff({"show", "shop.example", day(n), "--db", db}).out;
    return text;
  }

  /// Reruns, and compares with a store that nothing disturbed.
  void expect_nothing_lost() {
    const Ended rerun = scene.waydiff({"run", "--json"});
    EXPECT_EQ(rerun.status, 0) << rerun.err;
    EXPECT_EQ(count(receipt_of(rerun), "fetched"), 4);
    EXPECT_EQ(count(receipt_of(rerun), "duplicate"), 5);
    std::map<std::string, int> asked;
    for (const test::SeenRequest& request : scene.archive.requests()) {
      if (!request.is_index()) ++asked[request.target.substr(0, playback(1).size())];
    }
    const std::map<std::string, int> expected = {
        {playback(1), 1}, {playback(2), 1}, {playback(3), 2}, {playback(4), 2}};
    EXPECT_EQ(asked, expected);
    EXPECT_EQ(scene.waydiff({"verify"}).status, 0);

    EXPECT_EQ(scene.waydiff({"run", "--db", "undisturbed.db"}).status, 0);
    EXPECT_EQ(history("policies.db"), history("undisturbed.db"));
    EXPECT_THAT(history("policies.db"), HasSubstr("We keep your orders for 4 years."));
  }

  CrawlScene scene;
};

TEST_F(Interruption, ByAKillLosesNothingButWhatWasUnderWay) {
  Program program(scene.folder.path(), {"run"});
  ASSERT_TRUE(scene.wait_for_playbacks(4));
  // Finished captures are committed within a tenth of a second.
  while (program.running() && count(receipt_of(scene.waydiff({"status", "--json"})), "fetched") < 2) {
  }
  program.signal(SIGKILL);
  EXPECT_EQ(program.wait().status, -SIGKILL);
  expect_nothing_lost();
}

TEST_F(Interruption, BySigtermEndsCleanly) {
  Program program(scene.folder.path(), {"run"});
  ASSERT_TRUE(scene.wait_for_playbacks(4));
  program.signal(SIGTERM);
  const Ended ended = program.wait();
  EXPECT_EQ(ended.status, 3) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("stopped on request; a rerun goes on"));
  EXPECT_THAT(ended.out, HasSubstr("shop.example"));
  expect_nothing_lost();
}

TEST_F(Interruption, BySigintEndsCleanly) {
  Program program(scene.folder.path(), {"run"});
  ASSERT_TRUE(scene.wait_for_playbacks(4));
  program.signal(SIGINT);
  EXPECT_EQ(program.wait().status, 3);
  expect_nothing_lost();
}

TEST_F(Interruption, DoesNotComeFromASecondProcess) {
  Program program(scene.folder.path(), {"run"});
  ASSERT_TRUE(scene.wait_for_playbacks(4));
  const Ended second = scene.run();
  EXPECT_EQ(second.status, 5);
  EXPECT_THAT(second.err, HasSubstr("policies.db: another process"));
  EXPECT_EQ(scene.waydiff({"status"}).status, 0) << "readers are not kept out";
  EXPECT_TRUE(program.running());
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait().status, 3);
  expect_nothing_lost();
}

}  // namespace
}  // namespace waydiff::cli
