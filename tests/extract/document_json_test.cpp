#include "tests/extract/shown.hpp"

namespace waydiff::extract {
namespace {

TEST(DocumentJson, ReadsBackWhatItWrote) {
  const core::Document document = document_of(
      "<title>T</title><p>We <b>may</b> share <a href=/x>it</a>. Updated: May 1, 2020.</p><ol start=2><li>one</ol>"
      "<table><tr><th>a<th>b<tr><td>1<td>2</table>");
  const auto read = from_json(to_json(document));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(*read, document);
}

TEST(DocumentJson, RefusesWhatIsNoDocument) {
  for (const std::string_view text :
       {"", "{", "[]", "{}", R"({"schema":"waydiff.document/1","blocks":[{"kind":"x"}]})"}) {
    const auto read = from_json(text);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().code, core::Errc::bad_json);
  }
}

}  // namespace
}  // namespace waydiff::extract
