#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;

class Import : public testing::Test {
 protected:
  void file(const std::string& name, const std::string& text) {
    const auto path = folder.path() / "texts" / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  static std::string terms(const std::string& sentence) {
    return "# Terms of service\n\nThese terms apply when you use our services. You agree to them by using our "
           "services.\n\n## Liability\n\n" +
           sentence + "\n\n## Privacy\n\nWe collect the personal data that you give us, and delete them on request.\n";
  }
  Ended waydiff(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--db", "store.db"});
    return cli::waydiff(folder.path(), arguments);
  }
  ScratchFolder folder;
};

TEST_F(Import, MakesAHistoryOfDatedTexts) {
  file("Acme/Terms/20180101000000.md", terms("Our liability may be limited by law."));
  file("Acme/Terms/20190101000000.md", terms("Our liability is limited to ten euros by law."));
  file("Acme/README.md", "not dated");
  const Ended ended = waydiff({"import", "texts"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("1 document, 2 files, 2 new; 1 called otherwise."));
  EXPECT_THAT(ended.out, HasSubstr("Acme, Terms"));
  const auto log = lines_of(waydiff({"log", "Acme", "--json"}));
  ASSERT_EQ(log.size(), 1u);
  EXPECT_EQ(log[0].at("not_after").as_string(), "20190101000000");
  EXPECT_EQ(waydiff({"verify"}).status, 0);

  const Ended again = waydiff({"import", "texts"});
  EXPECT_THAT(again.err, HasSubstr("2 files, 0 new"));
  file("Acme/Terms/20180601000000.md", terms("Our liability may be limited by law."));
  EXPECT_EQ(waydiff({"import", "texts"}).status, 0);
  EXPECT_EQ(lines_of(waydiff({"log", "Acme", "--json"}))[0].at("not_before").as_string(), "20180601000000");
}

TEST_F(Import, SaysWhatIsNotThere) {
  EXPECT_THAT(waydiff({"import", "nowhere"}).err, HasSubstr("nowhere: no such folder"));
  file("Acme/README.md", "not dated");
  const Ended ended = waydiff({"import", "texts"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("no files called like 20180525103000.md"));
}

}  // namespace
}  // namespace waydiff::cli
