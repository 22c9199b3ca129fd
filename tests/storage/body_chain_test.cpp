#include "storage/body_chain.hpp"

#include <gmock/gmock.h>

#include <random>

#include "core/digest.hpp"
#include "storage/body_codec.hpp"
#include "tests/storage/example_history.hpp"

namespace waydiff::storage {
namespace {

using core::Errc;
using testing::ElementsAre;
using testing::HasSubstr;

core::Timestamp day(int n) {
  return core::Timestamp(std::chrono::sys_days(std::chrono::year(2018) / 1 / 1) + std::chrono::days(n));
}

BaseOffer offer(const char* name, std::size_t size, std::size_t chain, int on) {
  return {name, size, chain, chain * size, day(on)};
}

std::string chosen(const std::vector<BaseOffer>& offers, std::size_t size, int on) {
  const auto best = best_base(offers, size, day(on));
  return best ? best->sha256 : "none";
}

TEST(BodyChain, PrefersTheNearestInTimeAndTheEarlierOfTwo) {
  EXPECT_EQ(chosen({offer("a", 100, 0, 1), offer("b", 100, 0, 8), offer("c", 100, 0, 30)}, 100, 10), "b");
  EXPECT_EQ(chosen({offer("later", 100, 0, 11), offer("earlier", 100, 0, 9)}, 100, 10), "earlier");
  EXPECT_EQ(chosen({}, 100, 10), "none");
}

TEST(BodyChain, PassesOverPagesOfAnotherSizeAndFullChains) {
  EXPECT_EQ(chosen({offer("error", 24, 0, 10), offer("page", 100, 0, 1)}, 100, 10), "page");
  EXPECT_EQ(chosen({offer("full", 100, longest_chain, 10), offer("roomy", 100, longest_chain - 1, 1)}, 100, 10),
            "roomy");
  EXPECT_EQ(chosen({offer("huge", most_chain_bytes + 1, 0, 10)}, most_chain_bytes, 10), "none");
}

/// Noise that does not compress, so that whatever is small refers to another body.
std::string page(unsigned version) {
  std::mt19937 random(7);
  std::string out(60'000, '\0');
  for (char& c : out) c = static_cast<char>(random());
  std::mt19937 edits(version);
  for (int i = 0; i < 5; ++i) out[edits() % out.size()] = static_cast<char>(edits());
  return out;
}

/// A store with one target, of which captures can be had.
struct ChainStore {
  explicit ChainStore(const Scratch& scratch) : store(open(scratch)) {
    target = got(store.put_target({0, "https://example.com/", "com,example)/", "example.com", "privacy policy", {}}));
    archive = got(store.put_archive({0, "a", "wayback", "", "", {}}));
  }
  Id add(int on, const std::string& bytes) {
    core::Capture capture;
    capture.urlkey = "com,example)/";
    capture.timestamp = day(on);
    capture.raw_timestamp = day(on).digits();
    capture.original = "https://example.com/";
    ListingRow listing;
    listing.target = target;
    listing.archive = archive;
    got(store.put_listing(listing, std::vector{capture}));
    CaptureRow row = got(store.captures_at(target, archive, capture.raw_timestamp)).front();
    const Id body = got(store.put_body(NewBody{bytes, target, day(on)}));
    row.body = body;
    row.outcome = Outcome::fetched;
    done(store.update_capture(row));
    return body;
  }
  Store store;
  Id target = 0, archive = 0;
};

TEST(BodyChain, KeepsBodiesAsWhatDiffersFromTheirNeighbour) {
  const Scratch scratch;
  ChainStore made(scratch);
  std::vector<Id> ids;
  for (unsigned n = 0; n < 100; ++n) ids.push_back(made.add(static_cast<int>(n), page(n)));
  EXPECT_THAT(select(scratch.file(),
                     "count(*) FILTER (WHERE base IS NULL), max(chain), sum(length(zstd)) < 100000,"
                     " sum(chain_bytes <> chain * 60000)",
                     "FROM body"),
              ElementsAre("1|32|1|0"))
      << "one whole frame; full chains go on from where they begin";
  for (unsigned n = 0; n < 100; ++n) EXPECT_TRUE(got(made.store.body(ids[n])) == page(n)) << n;
}

TEST(BodyChain, LooksBothWaysWhateverTheOrderOfArrival) {
  const Scratch scratch;
  ChainStore made(scratch);
  for (const int n : {50, 10, 90, 30, 70, 20, 60}) {
    const auto bytes = page(static_cast<unsigned>(n));
    EXPECT_TRUE(got(made.store.body(made.add(n, bytes))) == bytes);
  }
  EXPECT_THAT(select(scratch.file(), "sum(base IS NULL)", "FROM body"), ElementsAre("1"));
}

TEST(BodyChain, StandsAloneWhereNothingIsAlike) {
  const Scratch scratch;
  ChainStore made(scratch);
  made.add(1, page(1));
  std::mt19937 random(99);
  std::string other(60'000, '\0');
  for (char& c : other) c = static_cast<char>(random());
  made.add(2, other);
  made.add(3, page(3));
  EXPECT_THAT(select(scratch.file(), "coalesce(base, 0)", "FROM body ORDER BY id"), ElementsAre("0", "0", "1"))
      << "the nearest is another page, the one before it is not";
}

TEST(BodyChain, PacksSeveralThatStandOnEachOther) {
  const Scratch scratch;
  ChainStore made(scratch);
  const std::string first = page(1), second = page(2);
  const std::vector<NewBody> bodies{
      {first, made.target, day(1)}, {second, made.target, day(2)}, {first, made.target, day(3)}};
  const auto packed = got(made.store.pack(bodies));
  EXPECT_TRUE(packed[0].base.empty());
  EXPECT_EQ(packed[1].base, core::sha256_hex(first));
  EXPECT_TRUE(packed[2].frame.empty()) << "it is the first once more";
  std::vector<Id> ids;
  for (const PackedBody& body : packed) ids.push_back(got(made.store.put_body(body)));
  EXPECT_EQ(ids[0], ids[2]);
  EXPECT_TRUE(got(made.store.body(ids[1])) == second);
}

TEST(BodyChain, ReportsTheBodyThatIsDamagedAndThoseThatStandOnIt) {
  const Scratch scratch;
  {
    ChainStore made(scratch);
    for (unsigned n = 1; n <= 3; ++n) made.add(static_cast<int>(n), page(n));
  }
  meddle(scratch.file(), "UPDATE body SET zstd = x'00' WHERE id = 1");
  Store store = open(scratch, Mode::read);
  EXPECT_THAT(store.body(1).error().detail, HasSubstr("body 1 ("));
  const auto third = store.body(3);
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, Errc::store_corrupt);
  EXPECT_THAT(third.error().detail, HasSubstr("): stands on body 1: zstd: "));
}

TEST(BodyChain, EndsWhereItLeadsInACircleOrNowhere) {
  const Scratch scratch;
  {
    ChainStore made(scratch);
    for (unsigned n = 1; n <= 2; ++n) made.add(static_cast<int>(n), page(n));
  }
  meddle(scratch.file(), "UPDATE body SET base = 2 WHERE id = 1");
  EXPECT_THAT(open(scratch, Mode::read).body(2).error().detail, HasSubstr("the chain of bodies does not end"));
  meddle(scratch.file(), "PRAGMA foreign_keys = OFF; UPDATE body SET base = 77 WHERE id = 1");
  EXPECT_THAT(open(scratch, Mode::read).body(2).error().detail, HasSubstr("body 77 is missing"));
}

TEST(BodyChain, GoesOnBesideABodyThatCannotBeRead) {
  const Scratch scratch;
  ChainStore(scratch).add(1, page(1));
  meddle(scratch.file(), "UPDATE body SET zstd = x'00' WHERE id = 1");
  ChainStore made(scratch);
  EXPECT_TRUE(got(made.store.body(made.add(2, page(2)))) == page(2));
}

TEST(BodyCodec, NeedsThePrefixThatAFrameWasMadeWith) {
  const std::string frame = got(compress(page(2), page(1)));
  EXPECT_LT(frame.size(), 200u);
  EXPECT_TRUE(got(decompress(frame, page(2).size(), page(1))) == page(2));
  EXPECT_EQ(decompress(frame, page(2).size(), page(3)).error().code, Errc::store_corrupt);
  EXPECT_EQ(decompress(frame, page(2).size()).error().code, Errc::store_corrupt);
}

}  // namespace
}  // namespace waydiff::storage
