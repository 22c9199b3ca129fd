#include "storage/schema.hpp"

#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <fstream>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/storage/scratch.hpp"

namespace waydiff::storage {
namespace {

using core::Errc;
using testing::ElementsAre;
using testing::HasSubstr;

// Small stores of our own, older and newer.
constexpr std::string_view first_step = "CREATE TABLE t (a TEXT) STRICT; INSERT INTO t VALUES ('kept')";
constexpr std::string_view second_step = "ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT 'new'";
constexpr std::array<std::string_view, 1> one{first_step};
constexpr std::array<std::string_view, 2> two{first_step, second_step};

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Schema, StampsAStoreWithItsOwnerAndVersion) {
  const Scratch scratch;
  { open(scratch); }
  auto db = got(Connection::open(scratch.file(), Access::read_only));
  EXPECT_EQ(got(db.value<std::int64_t>("PRAGMA application_id")), application_id);
  EXPECT_EQ(got(db.value<std::int64_t>("PRAGMA user_version")), std::int64_t(migrations().size()));
  EXPECT_EQ(got(db.value<std::string>("PRAGMA journal_mode")), "wal");
}

TEST(Schema, MakesEveryTableStrictAndEveryViewWork) {
  const Scratch scratch;
  { open(scratch); }
  auto db = got(Connection::open(scratch.file(), Access::read_only));
  EXPECT_EQ(got(db.value<std::int64_t>("SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND NOT strict"
                                       " AND name NOT LIKE 'sqlite%'")),
            0);
  for (const char* view : {"snapshot", "captures", "states", "changes", "receipts", "disagreements", "clauses"}) {
    EXPECT_TRUE(db.run(std::string("SELECT * FROM ") + view)) << view;
  }
}

TEST(Schema, BringsAnOlderStoreUpToDateAndKeepsItsRows) {
  const Scratch scratch;
  { got(open_for_writing(scratch.file(), one)); }
  auto db = got(open_for_writing(scratch.file(), two));
  EXPECT_EQ(got(db.value<std::string>("SELECT a || ' ' || b FROM t")), "kept new");
  EXPECT_EQ(got(db.value<std::int64_t>("PRAGMA user_version")), 2);
  EXPECT_EQ(got(db.value<std::int64_t>("PRAGMA foreign_keys")), 1);
}

TEST(Schema, BringsAnOlderStoreUpToDateForReadersToo) {
  const Scratch scratch;
  { got(open_for_writing(scratch.file(), one)); }
  auto db = got(open_for_reading(scratch.file(), two));
  EXPECT_EQ(got(db.value<std::string>("SELECT a || ' ' || b FROM t")), "kept new");
}

TEST(Schema, LeavesAStoreAsItWasWhenAStepFails) {
  const Scratch scratch;
  { got(open_for_writing(scratch.file(), one)); }
  constexpr std::array<std::string_view, 2> broken{first_step, "CREATE TABLE u (a) ; CREATE TABLE oops"};
  EXPECT_FALSE(open_for_writing(scratch.file(), broken));
  EXPECT_THAT(select(scratch.file(), "name", "FROM sqlite_schema"), ElementsAre("t"));
  EXPECT_TRUE(open_for_writing(scratch.file(), two));
}

TEST(Schema, RefusesAStepThatLeavesRowsWithoutAParent) {
  const Scratch scratch;
  constexpr std::array<std::string_view, 1> orphan{
      "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p); INSERT INTO c VALUES (1)"};
  const auto db = open_for_writing(scratch.file(), orphan);
  ASSERT_FALSE(db);
  EXPECT_EQ(db.error().code, Errc::store_corrupt);
  EXPECT_TRUE(select(scratch.file(), "name", "FROM sqlite_schema").empty());
}

TEST(Schema, RefusesAStoreOfANewerProgram) {
  const Scratch scratch;
  { open(scratch); }
  meddle(scratch.file(), "PRAGMA user_version = 99");
  for (const Mode mode : {Mode::read, Mode::write}) {
    const auto store = Store::open(scratch.file(), mode);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, Errc::store_newer);
    EXPECT_THAT(store.error().detail, HasSubstr("policies.db: made by a newer waydiff (store version 99; this program "
                                                "knows up to " +
                                                std::to_string(migrations().size()) + ")"));
  }
}

TEST(Schema, RefusesADatabaseOfAnotherProgramAndLeavesItUntouched) {
  const Scratch scratch;
  meddle(scratch.file(), "CREATE TABLE bookmark (address TEXT); INSERT INTO bookmark VALUES ('https://example.org')");
  const std::string before = content(scratch.file());
  for (const Mode mode : {Mode::read, Mode::write}) {
    const auto store = Store::open(scratch.file(), mode);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, Errc::store_corrupt);
    EXPECT_THAT(store.error().detail, HasSubstr("policies.db: an SQLite database, but not a waydiff store"));
  }
  EXPECT_EQ(content(scratch.file()), before);
}

TEST(Schema, RefusesAFileThatIsNoDatabase) {
  const Scratch scratch;
  std::ofstream(scratch.file()) << std::string(5000, 'x');
  for (const Mode mode : {Mode::read, Mode::write}) {
    const auto store = Store::open(scratch.file(), mode);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, Errc::store_corrupt);
    EXPECT_THAT(store.error().detail, HasSubstr("policies.db"));
  }
  EXPECT_EQ(content(scratch.file()), std::string(5000, 'x'));
}

TEST(Schema, IsReadAsOneWhileOthersMakeTheStore) {
  for (int round = 0; round < 20; ++round) {
    const Scratch scratch;
    std::ofstream(scratch.file()) << "";
    std::atomic<bool> made = false;
    std::vector<std::thread> readers;
    std::mutex mutex;
    std::vector<std::string> surprises;
    for (int n = 0; n < 4; ++n) {
      readers.emplace_back([&] {
        while (!made) {
          const auto store = Store::open(scratch.file(), Mode::read);
          if (store || store.error().code == Errc::not_found || store.error().code == Errc::store_busy) continue;
          const std::lock_guard lock(mutex);
          surprises.push_back(store.error().detail);
        }
      });
    }
    const auto written = Store::open(scratch.file(), Mode::write);
    made = true;
    for (std::thread& reader : readers) reader.join();
    EXPECT_TRUE(written) << written.error().detail;
    EXPECT_THAT(surprises, testing::IsEmpty());
  }
}

TEST(Schema, TakesAnEmptyFileForAStoreToBeMade) {
  const Scratch scratch;
  std::ofstream(scratch.file()) << "";
  EXPECT_EQ(Store::open(scratch.file(), Mode::read).error().code, Errc::not_found);
  EXPECT_TRUE(Store::open(scratch.file(), Mode::write));
}

TEST(Schema, TellsCutBodiesByAColumnSinceVersionFour) {
  const Scratch scratch;
  {
    auto db = got(open_for_writing(scratch.file(), migrations().first(3)));
    done(
        db.script("INSERT INTO target (id, url, urlkey, site, kind) VALUES (1, 'u', 'u', 's', 'k');"
                  "INSERT INTO archive (id, name, profile, index_url, playback_url) VALUES (1, 'a', 'wayback', '', '');"
                  "INSERT INTO body (id, sha256, size, zstd) VALUES (1, '" +
                  std::string(64, 'a') + "', 0, x'')"));
    int second = 10;
    for (const char* const cause :
         {"cut short: 400 of 90000 bytes that the site declared", "cut short: 995 of 1000 bytes",
          "undeclared gzip; cut short: WARC-Truncated: length; more", "nothing"}) {
      done(db.run(
          "INSERT INTO capture (target, archive, urlkey, raw_timestamp, captured_at, original, mime, digest, file,"
          " file_offset, outcome, cause, body) VALUES (1, 1, 'u', ?, '2018-01-01T00:00:00Z', 'u', '', '', '', -1,"
          " 'fetched', ?, 1)",
          "201801010000" + std::to_string(second++), cause));
    }
  }
  { open(scratch); }
  EXPECT_THAT(select(scratch.file(), "cut_short", "FROM capture ORDER BY id"),
              ElementsAre("400 of 90000 bytes that the site declared", "", "WARC-Truncated: length", ""));
}

}  // namespace
}  // namespace waydiff::storage
