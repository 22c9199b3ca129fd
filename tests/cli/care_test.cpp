#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;

/// Stores made of dated files, and what is done with whole stores.
class Care : public testing::Test {
 protected:
  void file(const std::string& name, const std::string& sentence) {
    const auto path = folder.path() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path)
        << "# Terms of service\n\nThese terms apply when you use our services. You agree to them by using our "
           "services.\n\n## Liability\n\n"
        << sentence << "\n\n## Privacy\n\nWe collect the personal data that you give us, and delete them on request.\n";
  }
  void two_documents(const std::string& of_acme, const std::string& of_foo) {
    file(of_acme + "/Acme/Terms/20180101000000.md", "Our liability may be limited by law.");
    file(of_acme + "/Acme/Terms/20190101000000.md", "Our liability is limited to ten euros by law.");
    file(of_foo + "/Foo/Terms/20180301000000.md", "Our liability ends with the contract.");
    file(of_foo + "/Foo/Terms/20200301000000.md", "Our liability never ends.");
  }
  Ended waydiff(const std::vector<std::string>& arguments) { return cli::waydiff(folder.path(), arguments); }
  ScratchFolder folder;
};

TEST_F(Care, MergedStoresTellWhatOneStoreOfAllTells) {
  two_documents("one", "other");
  two_documents("all", "all");
  EXPECT_EQ(waydiff({"import", "one", "--db", "one.db"}).status, 0);
  EXPECT_EQ(waydiff({"import", "other", "--db", "other.db"}).status, 0);
  EXPECT_EQ(waydiff({"import", "all", "--db", "all.db"}).status, 0);
  const Ended merged = waydiff({"merge", "merged.db", "one.db", "other.db"});
  EXPECT_EQ(merged.status, 0) << merged.err;
  EXPECT_EQ(waydiff({"verify", "--db", "merged.db"}).status, 0);
  for (const char* const target : {"Acme", "Foo"}) {
    const auto expected = lines_of(waydiff({"log", target, "--json", "--db", "all.db"}));
    const auto got = lines_of(waydiff({"log", target, "--json", "--db", "merged.db"}));
    ASSERT_EQ(expected.size(), 1u);
    ASSERT_EQ(got.size(), 1u);
    for (const char* const key : {"not_before", "not_after"}) EXPECT_EQ(got[0].at(key), expected[0].at(key));
    EXPECT_EQ(waydiff({"blame", target, "--db", "merged.db"}).out, waydiff({"blame", target, "--db", "all.db"}).out);
  }
}

TEST_F(Care, StoresThatDisagreeAreNotMerged) {
  file("one/Acme/Terms/20180101000000.md", "Our liability may be limited by law.");
  file("other/Acme/Terms/20180101000000.md", "Our liability may be limited by law.");
  EXPECT_EQ(waydiff({"import", "one", "--db", "one.db"}).status, 0);
  EXPECT_EQ(waydiff({"import", "other", "--db", "other.db"}).status, 0);
  EXPECT_EQ(waydiff({"quarantine", "Acme@20180101000000", "--reason", "a draft", "--db", "one.db"}).status, 0);
  EXPECT_EQ(waydiff({"quarantine", "Acme@20180101000000", "--reason", "a jest", "--db", "other.db"}).status, 0);
  const Ended merged = waydiff({"merge", "merged.db", "one.db", "other.db"});
  EXPECT_NE(merged.status, 0);
  EXPECT_THAT(merged.err, HasSubstr("other.db disagrees with the stores before it: verdict on"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "merged.db"));
}

TEST_F(Care, ABackupIsAStoreOfItsOwnAndOverwritesNothing) {
  two_documents("all", "all");
  EXPECT_EQ(waydiff({"import", "all", "--db", "all.db"}).status, 0);
  EXPECT_EQ(waydiff({"backup", "copy.db", "--db", "all.db"}).status, 0);
  EXPECT_EQ(waydiff({"verify", "--db", "copy.db"}).status, 0);
  EXPECT_EQ(waydiff({"log", "Acme", "--db", "copy.db"}).out, waydiff({"log", "Acme", "--db", "all.db"}).out);
  const Ended again = waydiff({"backup", "copy.db", "--db", "all.db"});
  EXPECT_NE(again.status, 0);
  EXPECT_THAT(again.err, HasSubstr("copy.db"));
  EXPECT_EQ(waydiff({"backup", "copy.db", "--force", "--db", "all.db"}).status, 0);
}

TEST_F(Care, WhatIsToBeReadIsNeverTakenForTheRestOfAKilledCommand) {
  two_documents("all", "all");
  EXPECT_EQ(waydiff({"import", "all", "--db", "new.db.unfinished"}).status, 0);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"backup", "new.db", "--db", "new.db.unfinished"},
        {"merge", "new.db", "new.db.unfinished"}}) {
    const Ended refused = waydiff(words);
    EXPECT_EQ(refused.status, 2) << refused.err;
    EXPECT_THAT(refused.err, HasSubstr("new.db.unfinished"));
  }
  EXPECT_EQ(waydiff({"verify", "--db", "new.db.unfinished"}).status, 0);
}

}  // namespace
}  // namespace waydiff::cli
