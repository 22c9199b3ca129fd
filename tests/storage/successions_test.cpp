#include <gmock/gmock.h>

#include "storage/schema.hpp"
#include "tests/storage/scratch.hpp"

namespace waydiff::storage {
namespace {

core::Timestamp at(const char* digits) {
  return got(core::Timestamp::parse(digits));
}

TEST(Aliases, AreKeptOnceForEachAddressAndInOrderOfTime) {
  const Scratch scratch;
  Store store = open(scratch);
  const Id target = example_target(store);
  const AliasRow late{0, target, "https://b.test/p", "test,b)/p", AliasReason::redirect, "301", at("20150101000000"),
                      {}};
  const AliasRow early{0, target, "https://a.test/p", "test,a)/p", AliasReason::same_text, "", at("20100101000000"),
                       {}};
  EXPECT_TRUE(got(store.put_alias(late)));
  EXPECT_TRUE(got(store.put_alias(early)));
  EXPECT_FALSE(got(store.put_alias(late)));
  const auto found = got(store.aliases(target));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].url, "https://a.test/p");
  EXPECT_EQ(found[1].reason, AliasReason::redirect);
  EXPECT_EQ(found[1].since, at("20150101000000"));
}

TEST(Discoveries, AreReplacedWholeAndGivenBestFirst) {
  const Scratch scratch;
  Store store = open(scratch);
  DiscoveryRow row{"https://x.test/a",   "test,x)/a", 0.4,   2, at("20100101000000"),
                   at("20120101000000"), "[]",        false, {}};
  DiscoveryRow best = row;
  best.url = "https://x.test/b";
  best.urlkey = "test,x)/b";
  best.chosen = true;
  done(store.put_discoveries("x.test", "terms", {row}));
  done(store.put_discoveries("x.test", "privacy policy", {row, best}));
  done(store.put_discoveries("x.test", "privacy policy", {row, best}));
  const auto found = got(store.discoveries("x.test", "privacy policy"));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].url, "https://x.test/b");
  EXPECT_EQ(found[1].score, 0.4);
  EXPECT_EQ(got(store.discoveries("x.test", "terms")).size(), 1u);
}

TEST(Schema, BringsAStoreOfVersionOneUpToDate) {
  const Scratch scratch;
  {
    auto db = got(open_for_writing(scratch.file(), migrations().first(1)));
    done(db.script(
        "INSERT INTO target (url, urlkey, site, kind) VALUES ('http://x.test/', 'test,x)/', 'x.test', 'terms');"
        "INSERT INTO archive (name, profile, index_url, playback_url) VALUES ('a', 'wayback', '', '');"
        "INSERT INTO listing (target, archive, query, listed_at, complete, problem, pages, rows)"
        " VALUES (1, 1, 'q', '2020-01-01T00:00:00Z', 1, '', 1, 0)"));
  }
  Store store = open(scratch);
  const auto listings = got(store.listings(1));
  ASSERT_EQ(listings.size(), 1u);
  EXPECT_EQ(listings[0].since, "");
  EXPECT_TRUE(got(store.aliases(1)).empty());
  EXPECT_TRUE(got(store.check()).empty());
}

}  // namespace
}  // namespace waydiff::storage
