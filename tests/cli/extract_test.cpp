#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>

#include "crawl_scene.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// `extract` of a file with these bytes, called page.html.
Ended extracted(std::string_view bytes, std::vector<std::string> options = {}) {
  const ScratchFolder folder;
  folder.write("page.html", bytes);
  std::vector<std::string> arguments = {"extract", "page.html"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return waydiff(folder.path(), arguments);
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t n = 0; n < times; ++n) out += text;
  return out;
}

TEST(Extract, PrintsMarkdownWithItsProvenance) {
  const Ended ended =
      extracted(policy_number(1), {"--url", "https://web.archive.org/web/20180102030405/http://shop.example/p"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, StartsWith("> *The following text is extracted and transformed from the shop.example privacy "
                                    "policy that was archived on 2018-01-02."));
  EXPECT_THAT(ended.out, HasSubstr("\n# Privacy policy\n"));
  EXPECT_THAT(ended.out, HasSubstr("We keep your orders for 2 years."));
  EXPECT_EQ(ended.err, "");
}

TEST(Extract, NamesAFileThatIsMissing) {
  const ScratchFolder folder;
  const Ended ended = waydiff(folder.path(), {"extract", "nowhere.html"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("nowhere.html: there is no such file"));
}

TEST(Extract, NamesAFolder) {
  const ScratchFolder folder;
  const Ended ended = waydiff(folder.path(), {"extract", folder.path().string()});
  EXPECT_NE(ended.status, 0);
  EXPECT_THAT(ended.err, HasSubstr(folder.path().string() + ": it cannot be read"));
}

TEST(Extract, ReadsAPageOfTwoAndAHalfMegabytes) {
  const std::string page = "<html><body><h1>Terms</h1>" +
                           repeated("<p>You may use the service only as these terms allow it.</p>\n", 42000) +
                           "<p>The end of the terms.</p></body></html>";
  const Ended ended = extracted(page);
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("The end of the terms."));
}

TEST(Extract, RefusesOrReadsAnEnormousPageButNamesItWhenItRefuses) {
  const std::string page =
      "<html><body>" + repeated("<p>" + std::string(1000, 'x') + "</p>\n", 60000) + "</body></html>";
  const Ended ended = extracted(page);
  EXPECT_TRUE(ended.status == 0 || ended.status == 2) << ended.status << ended.err.substr(0, 1000);
  EXPECT_THAT(ended.err, HasSubstr(ended.status == 2 ? "page.html: " : ""));
}

TEST(Extract, SurvivesAHundredThousandNestedElements) {
  const Ended ended = extracted("<html><body>" + repeated("<div>", 100000) + "deep down" + "</body></html>");
  EXPECT_TRUE(ended.status == 0 || ended.status == 2) << ended.status << ended.err.substr(0, 1000);
  EXPECT_THAT(ended.err, HasSubstr(ended.status == 2 ? "page.html: " : ""));
}

TEST(Extract, TurnsInvalidUtf8IntoValidText) {
  const Ended ended = extracted(policy("We keep your caf\xC3( orders \xFF\xFE forever."),
                                {"--content-type", "text/html; charset=utf-8", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  boost::system::error_code invalid;
  boost::json::parse(ended.out, invalid);  // which takes nothing but valid UTF-8
  EXPECT_FALSE(invalid) << ended.out;
  EXPECT_THAT(ended.out, HasSubstr(" forever."));
}

TEST(Extract, SaysWhenAPageIsNotFitToCompare) {
  const Ended ended = extracted("");
  EXPECT_THAT(ended.err, HasSubstr("page.html"));
}

}  // namespace
}  // namespace waydiff::cli
