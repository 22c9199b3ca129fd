#include <gmock/gmock.h>

#include "storage/schema.hpp"
#include "tests/storage/example_history.hpp"

namespace waydiff::storage {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A store with a soft 404 (the second capture) at one address.
class Overrulings : public testing::Test {
 protected:
  [[nodiscard]] OverrulingRow released() const {
    OverrulingRow row;
    row.body_sha256 = example_.captures[1].body_sha256;
    row.page_url = "https://example.com/privacy";
    row.reason = "it is the policy";
    row.who = "Ada";
    row.decided_at = at("20240301120000").time();
    return row;
  }
  [[nodiscard]] Extraction second(int generation = 1) {
    for (const Extraction& one : got(example_.store.extractions(example_.target, generation))) {
      if (one.body == *got(example_.store.captures(example_.target))[1].body) return one;
    }
    throw std::runtime_error("no extraction");
  }
  void refresh() { example_.captures = got(example_.store.captures(example_.target)); }

  Scratch scratch_;
  ExampleStore example_{scratch_};
};

TEST_F(Overrulings, StandInThePlaceOfTheExtractorsVerdict) {
  refresh();
  done(example_.store.put_overruling(released()));
  const Extraction judged = second();
  EXPECT_TRUE(judged.verdict.good());
  EXPECT_EQ(judged.verdict.detail, "by Ada on 2024-03-01: it is the policy (the program: soft_404, not found)");
  ASSERT_TRUE(judged.overruled);
  EXPECT_EQ(judged.overruled->reason, core::Quarantine::soft_404);
  EXPECT_THAT(select(scratch_.file(), "verdict, overruled", "FROM captures WHERE timestamp = '20180601000000'"),
              ElementsAre("good|Ada: it is the policy"));
  EXPECT_THAT(got(example_.store.check()), IsEmpty());
}

TEST_F(Overrulings, OutliveALaterGenerationOfTheExtractor) {
  refresh();
  done(example_.store.put_overruling(released()));
  Extraction later = second();
  later.generation = 2;
  later.verdict = {core::Quarantine::parked, 0.7, "says so"};
  done(example_.store.put_extraction(later));
  EXPECT_TRUE(second(2).verdict.good());
  EXPECT_EQ(second(2).overruled->reason, core::Quarantine::parked);
}

TEST_F(Overrulings, CanBeTakenBackAndStayAsHistory) {
  refresh();
  done(example_.store.put_overruling(released()));
  const OverrulingRow row = released();
  EXPECT_TRUE(got(example_.store.take_back_overruling(row.body_sha256, row.page_url, at("20240401000000").time())));
  EXPECT_FALSE(got(example_.store.take_back_overruling(row.body_sha256, row.page_url, at("20240402000000").time())));
  EXPECT_EQ(second().verdict.reason, core::Quarantine::soft_404);
  EXPECT_THAT(got(example_.store.overrulings(example_.target)), IsEmpty());
  EXPECT_THAT(select(scratch_.file(), "who, taken_back_at", "FROM overruling"),
              ElementsAre("Ada|2024-04-01T00:00:00Z"));
}

TEST_F(Overrulings, AreReplacedByALaterOne) {
  refresh();
  done(example_.store.put_overruling(released()));
  OverrulingRow second_thought = released();
  second_thought.verdict = core::Quarantine::block_page;
  second_thought.who = "Ben";
  done(example_.store.put_overruling(second_thought));
  const auto in_force = got(example_.store.overrulings(example_.target));
  ASSERT_EQ(in_force.size(), 1u);
  EXPECT_EQ(in_force[0].who, "Ben");
  EXPECT_EQ(second().verdict.reason, core::Quarantine::block_page);
}

TEST_F(Overrulings, OfPagesThatAreNotThereAreFound) {
  OverrulingRow row = released();
  row.body_sha256 = std::string(64, '0');
  done(example_.store.put_overruling(row));
  EXPECT_THAT(got(example_.store.check()),
              ElementsAre(testing::Field(&Finding::what, HasSubstr("is not in the store"))));
}

// Stores as the first two versions of the program left them.
TEST(OverrulingMigration, BringsStoresOfEarlierVersionsUpToDate) {
  for (const std::size_t version : {std::size_t(1), std::size_t(2)}) {
    const Scratch scratch;
    {
      auto db = got(open_for_writing(scratch.file(), migrations().first(version)));
      done(db.script(
          "INSERT INTO target (id, url, urlkey, site, kind) VALUES (1, 'https://example.com/privacy',"
          " 'com,example)/privacy', 'example.com', 'privacy policy');"
          "INSERT INTO archive (id, name, profile, index_url, playback_url) VALUES (1, 'a', 'wayback',"
          " 'https://archive.test/cdx', 'https://archive.test/web/');"
          "INSERT INTO capture (id, target, archive, urlkey, raw_timestamp, captured_at, original, mime, digest,"
          " file, file_offset) VALUES (1, 1, 1, 'com,example)/privacy', '20180101000000',"
          " '2018-01-01T00:00:00Z', 'https://example.com/privacy', 'text/html', 'A', '', -1)"));
    }
    Store store = open(scratch);
    EXPECT_EQ(got(store.captures(1)).size(), 1u) << version;
    EXPECT_THAT(got(store.overrulings(1)), IsEmpty()) << version;
    EXPECT_THAT(select(scratch.file(), "timestamp, outcome, overruled", "FROM captures"),
                ElementsAre("20180101000000|unselected|-"))
        << version;
    EXPECT_THAT(got(store.check()), IsEmpty()) << version;
  }
}

}  // namespace
}  // namespace waydiff::storage
