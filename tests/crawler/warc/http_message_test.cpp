#include "crawler/http_message.hpp"

#include <gtest/gtest.h>

namespace waydiff::crawler {
namespace {

TEST(HttpHead, ReadsStatusTypeAndWhereTheBodyBegins) {
  const std::string_view text = "HTTP/1.1 404 Not Found\r\nContent-Type: Text/HTML; charset=x\r\n\r\nbody";
  const auto head = parse_http_head(text);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 404);
  EXPECT_EQ(head->mime(), "text/html");
  EXPECT_EQ(text.substr(head->size), "body");
}

TEST(HttpHead, TakesBareLineFeedsFoldedLinesAndNoReasonPhrase) {
  const auto head = parse_http_head("HTTP/1.0 200\nX-Folded: one\n two\nVary: a\nVERY ODD\nvary: b\n\n");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->fields.first("x-folded"), "one two");
  EXPECT_EQ(head->fields.all("Vary"), "a, b");
}

TEST(HttpHead, LeavesOutEmptyValuesOfARepeatedHeader) {
  const auto head = parse_http_head("HTTP/1.1 200 OK\r\nContent-Encoding:\r\nContent-Encoding: gzip\r\n\r\n");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->fields.all("content-encoding"), "gzip");
}

TEST(HttpHead, IsEmptyForAnAnswerWithoutStatusLine) {
  EXPECT_FALSE(parse_http_head("<html>from a server of 1994</html>"));
  EXPECT_FALSE(parse_http_head(""));
  EXPECT_FALSE(parse_http_head("HTTP/1.1 abc\r\n\r\n"));
}

TEST(HttpHead, EndsWithTheBytesWhenTheEmptyLineIsMissing) {
  const auto head = parse_http_head("HTTP/1.1 301 Moved\r\nLocation: /x");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->fields.first("Location"), "/x");
  EXPECT_EQ(head->size, 32u);
}

TEST(Dechunk, JoinsChunksAndIgnoresExtensionsAndTrailers) {
  const Dechunked undone = dechunk("4;name=x\r\nWiki\r\n5\r\npedia\r\n0\r\nTrailer: 1\r\n\r\n");
  EXPECT_TRUE(undone.chunked);
  EXPECT_FALSE(undone.cut);
  EXPECT_EQ(undone.body, "Wikipedia");
}

TEST(Dechunk, LeavesBytesAloneThatAreNoChunks) {
  const Dechunked undone = dechunk("<html>no chunks</html>");
  EXPECT_FALSE(undone.chunked);
  EXPECT_EQ(undone.body, "<html>no chunks</html>");
}

TEST(Dechunk, KeepsWhatACutBodyHas) {
  for (const char* cut : {"4\r\nWiki\r\n5\r\npe", "4\r\nWiki\r\n2\r\npe\r\n", "4\r\nWiki\r\n2\r\npe\r\nzz\r\n"}) {
    const Dechunked undone = dechunk(cut);
    EXPECT_TRUE(undone.chunked) << cut;
    EXPECT_TRUE(undone.cut) << cut;
    EXPECT_EQ(undone.body, "Wikipe") << cut;
  }
}

TEST(Dechunk, DoesNotBelieveAHugeChunk) {
  const Dechunked undone = dechunk("ffffffffffffffff\r\nshort");
  EXPECT_TRUE(undone.cut);
  EXPECT_EQ(undone.body, "short");
}

}  // namespace
}  // namespace waydiff::crawler
