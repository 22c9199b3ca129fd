#include "pipeline/import.hpp"

#include <gmock/gmock.h>

namespace waydiff::pipeline {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

TEST(LayoutOfFolders, TakesTheFoldersNamesForSiteAndKindAndTheFilesForTimes) {
  const std::vector<std::string> names = {"Acme/Privacy Policy/20200102030405.md",
                                          "Acme/Privacy Policy/20190101.html",
                                          "Acme/Terms/20180525.PDF",
                                          "Acme/README.md",
                                          "index.tsv",
                                          "Acme/Terms/20189999.md"};
  const Layout layout = layout_of("/data/versions", names);
  ASSERT_THAT(layout.folders, SizeIs(2));
  EXPECT_EQ(layout.folders[0].site, "Acme");
  EXPECT_EQ(layout.folders[0].kind, "Privacy Policy");
  EXPECT_EQ(layout.folders[0].files[0].digits, "20190101000000") << "by time";
  EXPECT_EQ(layout.folders[0].files[0].content_type, "text/html");
  EXPECT_EQ(layout.folders[1].files[0].content_type, "application/pdf");
  EXPECT_EQ(layout.others, 3u);
}

TEST(LayoutOfFolders, TakesTheImportedFolderItselfForADocument) {
  const std::vector<std::string> names = {"20200102030405.txt"};
  const Layout layout = layout_of("/data/example.com/privacy policy/", names);
  ASSERT_THAT(layout.folders, SizeIs(1));
  EXPECT_EQ(layout.folders[0].site, "example.com");
  EXPECT_EQ(layout.folders[0].kind, "privacy policy");
  EXPECT_EQ(layout.folders[0].name, "example.com/privacy policy") << "as if the folder above were imported";
}

}  // namespace
}  // namespace waydiff::pipeline
