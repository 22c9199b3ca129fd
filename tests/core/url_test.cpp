#include "core/url.hpp"

#include <gtest/gtest.h>

namespace waydiff::core {

TEST(Url, AddsTheSchemeThatPeopleLeaveOut) {
  EXPECT_EQ(Url::parse("example.com/privacy")->text(), "http://example.com/privacy");
  EXPECT_EQ(Url::parse("example.com:8080/x")->text(), "http://example.com:8080/x");
  EXPECT_EQ(Url::parse(" https://WWW.Example.com/A ")->text(), "https://WWW.Example.com/A");
  EXPECT_EQ(Url::parse("https://WWW.Example.com/A")->host(), "www.example.com");
  EXPECT_EQ(Url::parse("https://WWW.Example.com/A")->site(), "example.com");
}

TEST(Url, RefusesWhatCannotBeFollowed) {
  for (const char* text : {"", "mailto:a@example.com", "ftp://example.com/", "http://", "javascript:alert(1)"}) {
    const auto url = Url::parse(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().code, Errc::bad_url);
  }
}

TEST(Url, ResolvesReferencesAsBrowsersDo) {
  const Url base = *Url::parse("https://example.com/legal/privacy?x=1");
  EXPECT_EQ(base.resolve("terms"), "https://example.com/legal/terms");
  EXPECT_EQ(base.resolve("../a/./b"), "https://example.com/a/b");
  EXPECT_EQ(base.resolve("../../../terms"), "https://example.com/terms");
  EXPECT_EQ(base.resolve("/cookies"), "https://example.com/cookies");
  EXPECT_EQ(base.resolve("//other.org/x"), "https://other.org/x");
  EXPECT_EQ(base.resolve("?y=2"), "https://example.com/legal/privacy?y=2");
  EXPECT_EQ(base.resolve("#top"), "https://example.com/legal/privacy?x=1#top");
  EXPECT_EQ(base.resolve(" a b\n.html "), "https://example.com/legal/a%20b.html");
  EXPECT_EQ(base.resolve("mailto:me@example.com"), "mailto:me@example.com");
  EXPECT_EQ(base.resolve("/100%"), "https://example.com/100%25");
}

TEST(PlaybackTarget, EscapesOnlyWhatBreaksARequest) {
  EXPECT_EQ(playback_target("http://e.com/a b?q=1&x=%20#f[1]"), "http://e.com/a%20b?q=1&x=%20%23f%5B1%5D");
  EXPECT_EQ(playback_target("http://e.com/50%"), "http://e.com/50%25");
}

TEST(PlaybackUrl, PutsTheRawCaptureBehindTheArchive) {
  EXPECT_EQ(playback_url("https://web.archive.org/web/", "20180512202517", "http://www.secomapp.com/privacy-policy"),
            "https://web.archive.org/web/20180512202517id_/http://www.secomapp.com/privacy-policy");
}

TEST(PlaybackUrl, IsReadInEveryForm) {
  for (const char* url : {"https://web.archive.org/web/2018id_/http://e.com/a?b=1", "/web/2018/http://e.com/a?b=1",
                          "//web.archive.org/web/2018if_/http://e.com/a?b=1",
                          "http://web.archive.org/web/2018id_/http%3A//e.com/a%3Fb%3D1", "/web/2018id_/e.com/a?b=1"}) {
    const PlaybackAddress read = parse_playback_url(url);
    EXPECT_EQ(read.timestamp, "2018") << url;
    EXPECT_EQ(read.original, "http://e.com/a?b=1") << url;
  }
  for (const char* url : {"https://e.com/web/site", "/web/x/http://e.com", "https://e.com/a/web/2018/http://f.com/"}) {
    EXPECT_EQ(parse_playback_url(url).original, "") << url;
  }
}

TEST(PercentEncode, LeavesOnlyUnreservedCharacters) {
  EXPECT_EQ(percent_encode("a/b?c%2F+~"), "a%2Fb%3Fc%252F%2B~");
}

}  // namespace waydiff::core
