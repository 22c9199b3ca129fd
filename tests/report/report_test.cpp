#include "report/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "sample_store.hpp"

namespace waydiff::report {
namespace {

using testing::HasSubstr;

class Report : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              (std::string("waydiff_report_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    auto store = storage::Store::open(folder_ / "store.db", storage::Mode::write);
    ASSERT_TRUE(store) << store.error().detail;
    store_.emplace(std::move(*store));
    ASSERT_EQ(sample::fill(*store_, sample::dossier()), "");
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "report")) {
      std::ifstream in(entry.path(), std::ios::binary);
      out[entry.path().filename().string()] = std::string(std::istreambuf_iterator<char>(in), {});
    }
    return out;
  }

  std::filesystem::path folder_;
  std::optional<storage::Store> store_;
};

TEST_F(Report, WritesAnIndexAndTwoFilesForATarget) {
  const auto written = write_report(*store_, folder_ / "report");
  ASSERT_TRUE(written) << written.error().detail;
  EXPECT_EQ(written->files, 3u);
  EXPECT_EQ(written->changed, 3u);
  const auto found = files();
  ASSERT_EQ(found.size(), 3u);
  EXPECT_THAT(found.at("index.html"), HasSubstr("paper.example-privacy-policy.html#t2"));
  EXPECT_THAT(
      found.at("paper.example-privacy-policy.html"),
      HasSubstr("We <del>may</del><ins>will</ins> share your address with our printers<ins> and advertisers</ins>."));
  EXPECT_THAT(found.at("paper.example-privacy-policy.md"), HasSubstr("We ~~may~~ **will** share your address"));
}

TEST_F(Report, ShowsInTheIndexWhatSeveralDocumentsShare) {
  ASSERT_TRUE(write_report(*store_, folder_ / "report"));
  EXPECT_THAT(files().at("index.html"), testing::Not(HasSubstr("The same change in several documents")));
  for (const char* const site : {"ink.example", "pen.example"}) {
    Dossier dossier = sample::dossier();
    dossier.target.site = site;
    dossier.target.url = std::string("https://") + site + "/privacy";
    dossier.target.urlkey.clear();
    ASSERT_EQ(sample::fill(*store_, dossier), "");
  }
  ASSERT_TRUE(write_report(*store_, folder_ / "report"));
  const std::string index = files().at("index.html");
  EXPECT_THAT(index, HasSubstr("<h2>The same change in several documents</h2>"));
  EXPECT_THAT(index, HasSubstr("<h3>Reworded in 3 documents <span"));
  EXPECT_THAT(index, HasSubstr("<li><a href=\"pen.example-privacy-policy.html#t1\">pen.example privacy policy</a>"));
}

TEST_F(Report, LeavesTheFilesOfAnUnchangedStoreAlone) {
  ASSERT_TRUE(write_report(*store_, folder_ / "report"));
  const auto before = files();
  const auto again = write_report(*store_, folder_ / "report");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->files, 3u);
  EXPECT_EQ(again->changed, 0u);
  EXPECT_EQ(files(), before);
}

TEST_F(Report, WritesTheSameBytesFromAStoreThatWasReopened) {
  ASSERT_TRUE(write_report(*store_, folder_ / "report"));
  const auto before = files();
  std::filesystem::remove_all(folder_ / "report");
  store_.reset();
  auto store = storage::Store::open(folder_ / "store.db", storage::Mode::read);
  ASSERT_TRUE(store) << store.error().detail;
  ASSERT_TRUE(write_report(*store, folder_ / "report"));
  EXPECT_EQ(files(), before);
}

TEST_F(Report, KeepsTargetsOfOneNameApart) {
  storage::Target other = sample::dossier().target;
  other.url = "http://paper.example/de/privacy";
  other.urlkey = core::url_key(other.url);
  ASSERT_TRUE(store_->put_target(other));
  const auto written = write_report(*store_, folder_ / "report");
  ASSERT_TRUE(written);
  EXPECT_EQ(written->files, 5u);
  EXPECT_EQ(files().count("paper.example-privacy-policy-2.html"), 1u);
}

TEST_F(Report, LeavesOutHomePages) {
  ASSERT_TRUE(write_report(*store_, folder_ / "report"));
  const auto before = files();
  storage::Target home = sample::dossier().target;
  home.url = "https://paper.example/";
  home.urlkey = core::url_key(home.url);
  home.kind = storage::home_page_kind;
  ASSERT_TRUE(store_->put_target(home));
  const auto written = write_report(*store_, folder_ / "report");
  ASSERT_TRUE(written);
  EXPECT_EQ(written->files, 3u);
  EXPECT_EQ(files(), before);
}

TEST_F(Report, NamesTheFolderThatCannotBeMade) {
  std::ofstream(folder_ / "in_the_way") << "a file";
  const auto written = write_report(*store_, folder_ / "in_the_way" / "report");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, core::Errc::io);
  EXPECT_THAT(written.error().detail, HasSubstr("in_the_way"));
}

TEST(ReportOfAnEmptyStore, IsAnIndex) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "waydiff_report_empty";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  {
    auto store = storage::Store::open(folder / "store.db", storage::Mode::write);
    ASSERT_TRUE(store);
    const auto written = write_report(*store, folder / "report");
    ASSERT_TRUE(written);
    EXPECT_EQ(written->files, 1u);
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace waydiff::report
