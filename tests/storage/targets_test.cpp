#include <gmock/gmock.h>

#include "tests/storage/scratch.hpp"

namespace waydiff::storage {
namespace {

using testing::ElementsAre;

std::vector<Id> ids(const std::vector<Target>& targets) {
  std::vector<Id> all;
  for (const Target& target : targets) all.push_back(target.id);
  return all;
}

TEST(Targets, AreOneForEachAddressAndKind) {
  const Scratch scratch;
  Store store = open(scratch);
  const Id first = example_target(store, "http://www.example.com/privacy");
  EXPECT_EQ(example_target(store, "https://example.com/privacy"), first) << "same urlkey";
  const auto targets = got(store.targets());
  ASSERT_EQ(targets.size(), 1u);
  EXPECT_EQ(targets[0].url, "https://example.com/privacy");
  EXPECT_NE(got(store.put_target({0, "https://example.com/privacy", "", "example.com", "cookie policy", ""})), first);
}

TEST(Targets, KeepTheirHistoryKeyWhenPutAgain) {
  const Scratch scratch;
  Store store = open(scratch);
  const Id target = example_target(store);
  done(
      store.put_history(target, {.key = "made from these", .states = {}, .placements = {}, .transitions = {}}, {1, 1}));
  example_target(store);
  EXPECT_EQ(got(store.targets())[0].history_key, "made from these");
}

TEST(Targets, AreSortedBySiteKindAndAddress) {
  const Scratch scratch;
  Store store = open(scratch);
  const Id last = got(store.put_target({0, "https://b.test/1", "", "b.test", "terms", ""}));
  const Id second = got(store.put_target({0, "https://a.test/2", "", "a.test", "terms", ""}));
  const Id first = got(store.put_target({0, "https://a.test/3", "", "a.test", "privacy policy", ""}));
  EXPECT_THAT(ids(got(store.targets())), ElementsAre(first, second, last));
}

TEST(Targets, AreFoundByAddressSiteSiteAndKindOrId) {
  const Scratch scratch;
  Store store = open(scratch);
  const Id privacy = got(store.put_target({0, "https://example.com/privacy", "", "example.com", "privacy policy", ""}));
  const Id terms = got(store.put_target({0, "https://example.com/terms", "", "example.com", "terms", ""}));
  EXPECT_THAT(ids(got(store.find_targets("http://WWW.example.com:80/privacy"))), ElementsAre(privacy));
  EXPECT_THAT(ids(got(store.find_targets("example.com/terms"))), ElementsAre(terms));
  EXPECT_THAT(ids(got(store.find_targets("Example.com"))), ElementsAre(privacy, terms));
  EXPECT_THAT(ids(got(store.find_targets("example.com terms"))), ElementsAre(terms));
  EXPECT_THAT(ids(got(store.find_targets(std::to_string(terms)))), ElementsAre(terms));
  EXPECT_THAT(ids(got(store.find_targets("other.test"))), ElementsAre());
  EXPECT_THAT(ids(got(store.find_targets(""))), ElementsAre());
}

TEST(Archives, RememberWhenTheyMayBeAskedAgain) {
  const Scratch scratch;
  Store store = open(scratch);
  const Id archive = wayback(store);
  const auto later = at("20240101120000").time();
  done(store.set_not_before(archive, later));
  EXPECT_EQ(wayback(store), archive);
  ASSERT_EQ(got(store.archives()).size(), 1u);
  EXPECT_EQ(got(store.archives())[0].not_before, later) << "putting an archive leaves it alone";
  EXPECT_EQ(got(store.archives())[0].playback, "https://archive.test/web/");
  done(store.set_not_before(archive, {}));
  EXPECT_EQ(got(store.archives())[0].not_before, std::nullopt);
  EXPECT_EQ(store.set_not_before(77, {}).error().code, core::Errc::not_found);
}

}  // namespace
}  // namespace waydiff::storage
