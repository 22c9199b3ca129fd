#include "crawler/link_header.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace waydiff::crawler {
namespace {

TEST(ParseLinks, SplitsAtBracketsAndNotAtCommas) {
  const Links links = parse_links(
      "<http://a.example/x?a=1,2;b=3>; rel=\"original\",\n"
      " <http://h/web/2001/http://a.example/>; rel=\"first last memento\"; datetime=\"Tue, 02 Jan 2001 03:04:05 GMT\"");
  ASSERT_EQ(links.entries.size(), 2u);
  EXPECT_TRUE(links.whole);
  EXPECT_EQ(links.entries[0].target, "http://a.example/x?a=1,2;b=3");
  EXPECT_EQ(links.entries[1].parameter("datetime"), "Tue, 02 Jan 2001 03:04:05 GMT");
}

TEST(ParseLinks, ReadsRelationsAsASet) {
  const Link link = parse_links("<u>; REL = \"First  Memento\"").entries.at(0);
  EXPECT_TRUE(link.is("first"));
  EXPECT_TRUE(link.is("memento"));
  EXPECT_FALSE(link.is("mement"));
  EXPECT_FALSE(link.is("last"));
}

TEST(ParseLinks, UndoesTheEscapesOfHtml) {
  EXPECT_EQ(parse_links("<https://b.example/?x=1&amp;y=2>; rel=original").entries.at(0).target,
            "https://b.example/?x=1&y=2");
}

TEST(ParseLinks, AcceptsTokensQuotesAndMissingCommas) {
  const Links links = parse_links("<a>;rel=timemap;type=application/link-format <b>; rel=\"a \\\"b\\\"\"; x");
  EXPECT_FALSE(links.whole) << "a parameter without its end";
  ASSERT_EQ(links.entries.size(), 1u);
  EXPECT_EQ(links.entries[0].parameter("type"), "application/link-format");
}

TEST(ParseLinks, NoticesWhereverATextIsCut) {
  const std::string whole =
      "<http://a.example/>; rel=\"original\",\n<http://h/web/20010102030405/http://a.example/>; rel=\"memento\"; "
      "datetime=\"Tue, 02 Jan 2001 03:04:05 GMT\"";
  EXPECT_TRUE(parse_links(whole).whole);
  EXPECT_FALSE(parse_links(whole + ",\n").whole);
  const std::size_t second = whole.find("<http://h");
  for (std::size_t size = second; size < whole.size(); ++size) {
    const Links links = parse_links(whole.substr(0, size));
    // Cut behind a whole parameter, a list may look whole: what it lacks is its datetime.
    const bool lacks = links.entries.size() == 2 && links.entries[1].parameter("datetime").empty();
    EXPECT_TRUE(!links.whole || lacks) << whole.substr(0, size);
  }
}

TEST(ParseLinks, AllowsACommaAfterTheLastMemento) {
  EXPECT_TRUE(parse_links("<a>; rel=\"last memento\",\n").whole);
  EXPECT_TRUE(parse_links("").whole);
  EXPECT_FALSE(parse_links("not links").whole);
}

}  // namespace
}  // namespace waydiff::crawler
