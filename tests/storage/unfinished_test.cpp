#include "storage/unfinished.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "storage/backup.hpp"
#include "tests/storage/bad_days.hpp"
#include "tests/storage/scratch.hpp"

namespace waydiff::storage {
namespace {

using core::Errc;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> names(const Scratch& scratch) {
  std::vector<std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator(scratch.folder())) {
    all.push_back(entry.path().filename().string());
  }
  std::sort(all.begin(), all.end());
  return all;
}

void make(const std::filesystem::path& file, const std::string& body) {
  Store store = got(Store::open(file, Mode::write));
  got(store.put_body(body));
}

std::vector<std::string> bodies(const std::filesystem::path& file) {
  Store store = got(Store::open(file, Mode::read));
  EXPECT_THAT(got(store.check()), IsEmpty());
  std::vector<std::string> all;
  for (Id id = 1;; ++id) {
    auto body = store.body(id);
    if (!body) return all;
    all.push_back(std::move(*body));
  }
}

TEST(Unfinished, TakesItsNameWhenItIsWholeAndLeavesNothingBeside) {
  const Scratch scratch;
  {
    Unfinished out = got(Unfinished::begin(scratch.file(), {}));
    make(out.place(), "new");
    EXPECT_FALSE(std::filesystem::exists(scratch.file()));
    done(out.finish());
  }
  EXPECT_THAT(names(scratch), ElementsAre("policies.db"));
  EXPECT_THAT(bodies(scratch.file()), ElementsAre("new"));
}

TEST(Unfinished, IsRemovedWhenItIsGivenUp) {
  const Scratch scratch;
  make(scratch.file("policies.db.unfinished"), "of a killed process");
  {
    const Unfinished out = got(Unfinished::begin(scratch.file(), {}));
    make(out.place(), "new");
    EXPECT_THAT(bodies(out.place()), ElementsAre("new"));
  }
  EXPECT_THAT(names(scratch), IsEmpty());
}

// What SQLite does at a store's closing cannot be told from outside: the log stays, and nobody is told.
TEST(Unfinished, KeepsWhatAFullDiskLeftInTheLog) {
  const Scratch scratch;
  const std::string body = noise(1, 300'000);
  Unfinished out = got(Unfinished::begin(scratch.file(), {}));
  {
    Store store = got(Store::open(out.place(), Mode::write));
    got(store.put_body(body));
    const FullDisk full(std::filesystem::file_size(out.place()) + 4096);
    { const Store closed = std::move(store); }
    const auto refused = out.finish();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::store_full) << refused.error().detail;
    EXPECT_FALSE(std::filesystem::exists(scratch.file()));
  }
  done(out.finish());
  EXPECT_THAT(bodies(scratch.file()), ElementsAre(body));
}

TEST(Unfinished, DoesNotReadTheLogOfTheStoreThatItReplaces) {
  const Scratch scratch;
  make(scratch.file(), noise(1));
  killed([&] {
    Store old = open(scratch);
    for (unsigned seed = 2; seed < 8; ++seed) got(old.put_body(noise(seed)));
    ::kill(::getpid(), SIGKILL);  // before it is closed
  });
  ASSERT_GT(std::filesystem::file_size(scratch.file().string() + "-wal"), 0u);
  Unfinished out = got(Unfinished::begin(scratch.file(), {}));
  make(out.place(), "new");
  done(out.finish());
  EXPECT_THAT(bodies(scratch.file()), ElementsAre("new"));
}

TEST(Unfinished, LeavesAStoreThatCannotBeReplacedAsItWas) {
  const Scratch scratch;
  make(scratch.file(), "old");
  killed([&] {
    Store old = open(scratch);
    got(old.put_body("newer"));
    ::kill(::getpid(), SIGKILL);
  });
  Connection reader = got(Connection::open(scratch.file(), Access::read_only));
  done(reader.script("BEGIN; SELECT count(*) FROM body"));
  {
    Unfinished out = got(Unfinished::begin(scratch.file(), {}));
    make(out.place(), "new");
    const auto refused = out.finish();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::store_busy);
    EXPECT_THAT(refused.error().detail, HasSubstr("policies.db: cannot be replaced while"));
  }
  done(reader.script("COMMIT"));
  EXPECT_THAT(bodies(scratch.file()), ElementsAre("old", "newer"));
}

TEST(Unfinished, BelongsToOneProcess) {
  const Scratch scratch;
  const Unfinished out = got(Unfinished::begin(scratch.file(), {}));
  const auto other = Unfinished::begin(scratch.file(), {});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Errc::store_busy);
  EXPECT_FALSE(Store::open(scratch.file(), Mode::write)) << "nor may a run write the store that is to be replaced";
}

TEST(Unfinished, IsNoFolder) {
  const Scratch scratch;
  const auto refused = Unfinished::begin(scratch.folder(), {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::bad_argument);
}

TEST(Unfinished, RemovesNothingThatIsToBeRead) {
  const Scratch scratch;
  const std::filesystem::path sources[] = {scratch.file("other.db"), scratch.file("policies.db.unfinished")};
  for (const auto& source : sources) make(source, "kept");
  const auto refused = Unfinished::begin(scratch.file(), sources);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::bad_argument);
  EXPECT_THAT(refused.error().detail, HasSubstr("policies.db.unfinished"));
  EXPECT_THAT(bodies(sources[1]), ElementsAre("kept"));
}

TEST(OpeningForReading, PlaysBackTheJournalThatAKilledWriterLeft) {
  const Scratch scratch;
  const auto copy = scratch.file("copy.db");
  {
    Store store = open(scratch);
    for (unsigned seed = 0; seed < 30; ++seed) got(store.put_body(noise(seed)));
  }
  done(back_up(scratch.file(), copy));
  killed([&] {
    auto connection = got(Connection::open(copy, Access::read_write));
    // Pages that do not fit into the cache go into the file before the end of the transaction.
    done(connection.script("PRAGMA cache_size = 2; BEGIN; UPDATE body SET zstd = zeroblob(20000)"));
    ::kill(::getpid(), SIGKILL);  // before the connection closes, which would undo it
  });
  ASSERT_GT(std::filesystem::file_size(copy.string() + "-journal"), 0u);
  EXPECT_EQ(bodies(copy).size(), 30u);
}

}  // namespace
}  // namespace waydiff::storage
