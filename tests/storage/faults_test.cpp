#include <gmock/gmock.h>

#include <cerrno>

#include "tests/storage/bad_days.hpp"
#include "tests/storage/scratch.hpp"

namespace waydiff::storage {
namespace {

using core::Errc;

TEST(Faults, AFullDiskIsSaidAndLosesNothingCommitted) {
  const Scratch scratch;
  Store store = open(scratch);
  std::vector<Id> kept;
  {
    const FullDisk full(1 << 20);
    for (unsigned seed = 0;; ++seed) {
      ASSERT_LT(seed, 200u);
      const auto id = store.put_body(noise(seed));
      if (!id) {
        EXPECT_EQ(id.error().code, Errc::store_full) << id.error().detail;
        EXPECT_THAT(id.error().detail, testing::HasSubstr("policies.db"));
        break;
      }
      kept.push_back(*id);
    }
    EXPECT_GT(kept.size(), 5u);
    EXPECT_EQ(got(store.body(kept.back())), noise(static_cast<unsigned>(kept.size() - 1))) << "reading still works";
  }
  EXPECT_TRUE(got(store.check()).empty());
  EXPECT_TRUE(store.put_body(noise(999))) << "and writing once there is room again";
}

TEST(Faults, AFullDiskInATransactionUndoesAllOfIt) {
  const Scratch scratch;
  Store store = open(scratch);
  {
    const FullDisk full(1 << 20);
    const auto outcome = store.transaction([&]() -> core::Result<void> {
      // More than the cache holds, so that pages reach the disk before the commit.
      for (unsigned seed = 0; seed < 400; ++seed) {
        if (const auto id = store.put_body(noise(seed)); !id) return tl::unexpected(id.error());
      }
      return {};
    });
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, Errc::store_full) << outcome.error().detail;
  }
  EXPECT_EQ(store.body(1).error().code, Errc::not_found);
  EXPECT_TRUE(store.put_body("small"));
  EXPECT_TRUE(got(store.check()).empty());
}

TEST(Faults, AFailureThatUndidTheTransactionCannotBeOverlooked) {
  const Scratch scratch;
  Store store = open(scratch);
  const FullDisk full(1 << 20);
  const auto outcome = store.transaction([&]() -> core::Result<void> {
    for (unsigned seed = 0; seed < 400; ++seed) static_cast<void>(store.put_body(noise(seed)));
    return {};
  });
  EXPECT_FALSE(outcome);
  EXPECT_EQ(select(scratch.file(), "count(*)", "FROM body"), std::vector<std::string>{"0"});
}

TEST(Faults, AFullDiskAtTheVeryStartIsSaid) {
  const Scratch scratch;
  {
    const FullDisk full(4096);
    const auto store = Store::open(scratch.file(), Mode::write);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, Errc::store_full) << store.error().detail;
  }
  EXPECT_TRUE(Store::open(scratch.file(), Mode::write));
}

TEST(Faults, AKilledProcessKeepsWhatItCommittedAndNothingElse) {
  const Scratch scratch;
  killed([&] {
    Store store = open(scratch);
    example_target(store, "https://example.com/privacy");
    static_cast<void>(store.transaction([&]() -> core::Result<void> {
      example_target(store, "https://example.com/terms");
      for (unsigned seed = 0; seed < 400; ++seed) got(store.put_body(noise(seed)));
      ::kill(::getpid(), SIGKILL);
      return {};
    }));
  });
  Store store = open(scratch);
  const auto targets = got(store.targets());
  ASSERT_EQ(targets.size(), 1u);
  EXPECT_EQ(targets[0].url, "https://example.com/privacy");
  EXPECT_EQ(store.body(1).error().code, Errc::not_found);
  EXPECT_TRUE(got(store.check()).empty());
}

TEST(Faults, AKilledProcessLeavesNoLock) {
  const Scratch scratch;
  killed([&] {
    const auto writer = Store::open(scratch.file(), Mode::write);
    ::kill(::getpid(), SIGKILL);
  });
  EXPECT_TRUE(Store::open(scratch.file(), Mode::write));
}

TEST(Faults, AKilledWritersStoreCanBeRead) {
  const Scratch scratch;
  killed([&] {
    Store store = open(scratch);
    example_target(store);
    ::kill(::getpid(), SIGKILL);
  });
  EXPECT_EQ(got(open(scratch, Mode::read).targets()).size(), 1u);
}

TEST(Faults, AnotherProgramThatHoldsTheDatabaseMakesItBusy) {
  const Scratch scratch;
  Store store = open(scratch);
  auto other = got(Connection::open(scratch.file(), Access::create));
  auto scope = got(Transaction::begin(other));
  EXPECT_EQ(store.put_body("text").error().code, Errc::store_busy);
}

TEST(Faults, AreToldApartOnce) {
  // SQLite's result codes, by number so that only one file includes its header.
  EXPECT_EQ(translate(5, 0), Errc::store_busy);         // BUSY
  EXPECT_EQ(translate(6, 0), Errc::store_busy);         // LOCKED
  EXPECT_EQ(translate(517, 0), Errc::store_busy);       // BUSY_SNAPSHOT
  EXPECT_EQ(translate(11, 0), Errc::store_corrupt);     // CORRUPT
  EXPECT_EQ(translate(26, 0), Errc::store_corrupt);     // NOTADB
  EXPECT_EQ(translate(13, 0), Errc::store_full);        // FULL
  EXPECT_EQ(translate(778, ENOSPC), Errc::store_full);  // IOERR_WRITE
  EXPECT_EQ(translate(778, EDQUOT), Errc::store_full);
  EXPECT_EQ(translate(778, EIO), Errc::io);
  EXPECT_EQ(translate(4874, 0), Errc::store_full);     // IOERR_SHMSIZE
  EXPECT_EQ(translate(8458, 0), Errc::store_corrupt);  // IOERR_CORRUPTFS
  EXPECT_EQ(translate(14, 0), Errc::io);               // CANTOPEN
  EXPECT_EQ(translate(8, 0), Errc::io);                // READONLY
  EXPECT_EQ(translate(18, 0), Errc::too_large);        // TOOBIG
  EXPECT_EQ(translate(787, 0), Errc::bad_argument);    // CONSTRAINT_FOREIGNKEY
}

}  // namespace
}  // namespace waydiff::storage
