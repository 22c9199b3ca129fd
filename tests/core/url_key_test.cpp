#include <gtest/gtest.h>

#include "core/url.hpp"

namespace waydiff::core {

struct Vector {
  const char* url;
  const char* key;
};

class UrlKey : public testing::TestWithParam<Vector> {};

TEST_P(UrlKey, IsWhatTheArchiveComputes) {
  EXPECT_EQ(url_key(GetParam().url), GetParam().key) << GetParam().url;
}

INSTANTIATE_TEST_SUITE_P(
    FieldGuide, UrlKey,
    testing::Values(
        Vector{"http://archive.org/goo/?a=2&b&a=1", "org,archive)/goo?a=1&a=2&b"},
        Vector{"https://www.nasa.gov:443/A/B/?B=2&a=1", "gov,nasa)/a/b?a=1&b=2"},
        Vector{"http://www2.epa.gov/ghgreporting/", "gov,epa)/ghgreporting"},
        Vector{"http://EXAMPLE.com:80", "com,example)/"}, Vector{"http://example.com:8080/x", "com,example:8080)/x"},
        Vector{"http://user:pw@www.example.com/", "com,example)/"},
        Vector{"https://example.com/a/../b/./c//d/?q=1", "com,example)/b/c/d?q=1"},
        Vector{"https://example.com/?", "com,example)/"}, Vector{"https://example.com/a%20b", "com,example)/a%20b"},
        Vector{"https://example.com/%2541", "com,example)/a"},
        Vector{"https://example.com/%E2%82%AC", "com,example)/%e2%82%ac"},
        Vector{"https://example.com/path%3Fx%3D1", "com,example)/path?x=1"},
        Vector{"https://www.nasa.gov/.%C2%A0%C2%A0/", "gov,nasa)/.%c2%a0%c2%a0"},
        Vector{"https://example.com/p?PHPSESSID=0123456789abcdef0123456789abcdef&x=1", "com,example)/p?x=1"},
        Vector{"https://example.com/b?cfid=12&cftoken=34&z=1", "com,example)/b?z=1"},
        Vector{"http://192.168.1.1/foo", "1,1,168,192)/foo"}, Vector{"http://bücher.de/", "de,xn--bcher-kva)/"},
        Vector{"http://www.example.com./x", "com,example)/x"}, Vector{"https://m.example.com/", "com,example,m)/"},
        Vector{"http://www.www3.com/", "com,www3)/"},
        Vector{"https://example.com/Policy?lang=EN#top", "com,example)/policy?lang=en"},
        Vector{"https://example.com/a?b=https://x.org/y?z=1", "com,example)/a?b=https://x.org/y?z=1"},
        Vector{"mailto:foo@example.com", "mailto:foo@example.com"},
        Vector{"http://e.com/(S(0123456789abcdefghijklmn))/p.aspx", "com,e)/p.aspx"},
        Vector{"http://e.com/a;jsessionid=0123456789abcdef0123456789abcdef", "com,e)/a"},
        Vector{"https://example.com/caf%C3%A9/men%C3%BC?q=%26+x", "com,example)/caf%c3%a9/men%c3%bc?+x&q="},
        Vector{"example.com/x", "com,example)/x"}, Vector{"", ")/"}));

TEST(UrlKeyOfGarbage, IsBounded) {
  std::string chain = "http://e.com/%";
  for (int i = 0; i < 2000; ++i) chain += "25";
  EXPECT_EQ(url_key(chain), "com,e)/%25");
}

}  // namespace waydiff::core
