#include <gmock/gmock.h>

#include "crawl_scene.hpp"
#include "storage/sqlite_handle.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;

TEST(StoreOnTheCommandLine, ThatIsMissingIsNamedAndNotMade) {
  const ScratchFolder folder;
  const Ended ended = waydiff(folder.path(), {"status", "--db", "nowhere.db"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("nowhere.db"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "nowhere.db"));
}

TEST(StoreOnTheCommandLine, OfANewerProgramIsLeftAlone) {
  CrawlScene scene;
  scene.capture("20180101", policy_number(1));
  ASSERT_EQ(scene.run().status, 0);
  {
    auto connection = storage::Connection::open(scene.folder.path() / "policies.db", storage::Access::create);
    ASSERT_TRUE(connection);
    ASSERT_TRUE(connection->script("PRAGMA user_version = 99"));
  }
  for (const char* command : {"run", "status"}) {
    const Ended ended = scene.waydiff({command});
    EXPECT_EQ(ended.status, 5);
    EXPECT_THAT(ended.err, HasSubstr("policies.db: made by a newer waydiff"));
  }
}

TEST(StoreOnTheCommandLine, ThatIsNoStoreIsLeftAlone) {
  CrawlScene scene;
  const std::string text = "Dear diary, this is a file of mine and no database at all.\n";
  scene.folder.write("policies.db", text);
  const Ended ended = scene.run();
  EXPECT_EQ(ended.status, 5);
  EXPECT_THAT(ended.err, HasSubstr("policies.db"));
  EXPECT_EQ(bytes_of(scene.folder.path() / "policies.db"), text);
}

TEST(StoreOnTheCommandLine, ThatCannotBeMadeIsNamed) {
  CrawlScene scene;
  scene.folder.write("file", "");
  const Ended ended = scene.waydiff({"run", "--db", "file/policies.db"});
  EXPECT_EQ(ended.status, 5);
  EXPECT_THAT(ended.err, HasSubstr("file"));
}

TEST(StoreOnTheCommandLine, ThatIsDamagedIsFoundOutByVerify) {
  CrawlScene scene;
  scene.capture("20180101", policy_number(1));
  ASSERT_EQ(scene.run().status, 0);
  {
    auto connection = storage::Connection::open(scene.folder.path() / "policies.db", storage::Access::create);
    ASSERT_TRUE(connection);
    ASSERT_TRUE(connection->script("UPDATE capture SET body = NULL"));
  }
  const Ended ended = scene.waydiff({"verify"});
  EXPECT_EQ(ended.status, 5) << ended.out << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("without a body"));
}

}  // namespace
}  // namespace waydiff::cli
