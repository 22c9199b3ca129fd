#include "storage/schema.hpp"

#include <array>
#include <chrono>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "storage/writer_lock.hpp"

namespace waydiff::storage {
namespace {

// NORMAL: in WAL mode a killed process loses nothing committed, and neither mode can be damaged by a power cut. What a
// power cut may take back are the last commits, and all of them are work the next run repeats: pages are fetched
// and texts derived again. FULL would wait for the disk at every commit to save that.
constexpr const char* writing = R"sql(
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA journal_size_limit = 67108864;
)sql";
constexpr int attempts_to_prepare = 50;
constexpr const char* reading = "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON";

core::Error naming(core::Error error, std::string_view more) {
  error.detail += more;
  return error;
}

/// What tells whose file it is.
struct Marks {
  std::int64_t owner = 0, version = 0, objects = 0;
};

/// As one reading: another process may be making the store at this moment, and half of the marks of an empty file with
/// half of those of a store look like a file that is not ours.
core::Result<Marks> read_marks(Connection& connection) {
  auto scope = Transaction::begin(connection, Transaction::Intent::read);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  const auto owner = connection.value<std::int64_t>("PRAGMA application_id");
  if (!owner) return tl::unexpected(owner.error());
  const auto version = connection.value<std::int64_t>("PRAGMA user_version");
  if (!version) return tl::unexpected(version.error());
  const auto objects = connection.value<std::int64_t>("SELECT count(*) FROM sqlite_schema");
  if (!objects) return tl::unexpected(objects.error());
  return Marks{owner->value_or(0), version->value_or(0), objects->value_or(0)};
}

core::Result<void> apply(Connection& connection, std::string_view step, std::int64_t version) {
  auto scope = Transaction::begin(connection);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  // The two stamps live in the file's header and are part of the transaction like any row.
  auto done = connection.script(std::string(step) + "\n;PRAGMA application_id = " + std::to_string(application_id) +
                                ";PRAGMA user_version = " + std::to_string(version));
  if (!done) return done;
  const auto orphans = connection.value<std::int64_t>("SELECT count(*) FROM pragma_foreign_key_check");
  if (!orphans) return tl::unexpected(orphans.error());
  if (orphans->value_or(0) != 0) {
    return core::fail(core::Errc::store_corrupt, connection.file() + ": version " + std::to_string(version) +
                                                     " of the store would leave rows without a parent");
  }
  return scope->commit();
}

/// A change to WAL fails at once, without waiting, while somebody reads the file.
core::Result<void> prepare_for_writing(Connection& connection) {
  for (int attempt = 1;; ++attempt) {
    auto done = connection.script(writing);
    if (done || done.error().code != core::Errc::store_busy || attempt == attempts_to_prepare) return done;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

bool waits(const std::filesystem::path& file, const char* ending) {
  std::error_code missing;
  const auto size = std::filesystem::file_size(file.string() + ending, missing);
  return !missing && size > 0;
}

// SQLite needs shared memory beside a WAL file even to read it. Where the folder cannot be written (a CD, an archive
// mounted read-only) nobody writes the store either, so it can be read as it lies, if no journal waits beside it.
bool unchanging(const std::filesystem::path& file) {
  return !waits(file, "-wal") && !waits(file, "-journal");
}

// A journal is there only before a store first writes to a WAL. One that a killed process left is to be played back,
// which is writing.
core::Result<void> play_back(const std::filesystem::path& file, std::int64_t newest) {
  const auto lock = WriterLock::acquire(file);
  if (!lock) return tl::unexpected(lock.error());
  auto connection = Connection::open(file, Access::read_write);
  if (!connection) return tl::unexpected(std::move(connection.error()));
  const auto version = store_version(*connection, newest);
  if (!version) return tl::unexpected(version.error());
  return {};
}

}  // namespace

std::span<const std::string_view> migrations() {
  static const std::string first = std::string(tables_sql) + std::string(views_sql);
  static const std::array<std::string_view, 6> steps{first,         version_2_sql, version_3_sql,
                                                     version_4_sql, version_5_sql, version_6_sql};
  return steps;
}

core::Result<std::int64_t> store_version(Connection& connection, std::int64_t newest) {
  const auto marks = read_marks(connection);
  if (!marks) return tl::unexpected(marks.error());
  const std::int64_t found = marks->version;
  if (marks->owner == 0 && found == 0 && marks->objects == 0) return 0;
  if (marks->owner != application_id || found < 1) {
    return core::fail(core::Errc::store_corrupt,
                      connection.file() + ": an SQLite database, but not a waydiff store; left untouched");
  }
  if (found > newest) {
    return core::fail(core::Errc::store_newer, connection.file() + ": made by a newer waydiff (store version " +
                                                   std::to_string(found) + "; this program knows up to " +
                                                   std::to_string(newest) + "); left untouched");
  }
  return found;
}

core::Result<void> migrate(Connection& connection, std::span<const std::string_view> steps) {
  const auto newest = static_cast<std::int64_t>(steps.size());
  const auto version = store_version(connection, newest);
  if (!version) return tl::unexpected(version.error());
  if (*version == newest) return {};
  // A step may rebuild a table, which takes its rows away from their children for a moment; apply() checks afterwards.
  if (auto off = connection.script("PRAGMA foreign_keys = OFF"); !off) return off;
  for (std::int64_t next = *version; next < newest; ++next) {
    if (auto done = apply(connection, steps[static_cast<std::size_t>(next)], next + 1); !done) return done;
  }
  return connection.script("PRAGMA foreign_keys = ON");
}

core::Result<Connection> open_for_writing(const std::filesystem::path& file, std::span<const std::string_view> steps) {
  auto connection = Connection::open(file, Access::create);
  if (!connection) return connection;
  // Before anything is set: journal_mode would already change somebody else's file.
  const auto version = store_version(*connection, static_cast<std::int64_t>(steps.size()));
  if (!version) return tl::unexpected(version.error());
  if (auto set = prepare_for_writing(*connection); !set) return tl::unexpected(std::move(set.error()));
  if (auto done = migrate(*connection, steps); !done) return tl::unexpected(std::move(done.error()));
  return connection;
}

core::Result<Connection> open_for_reading(const std::filesystem::path& file, std::span<const std::string_view> steps) {
  const auto newest = static_cast<std::int64_t>(steps.size());
  auto connection = Connection::open(file, Access::read_only);
  auto version = connection.and_then([&](Connection& opened) { return store_version(opened, newest); });
  if (!version && version.error().code == core::Errc::io && waits(file, "-journal")) {
    if (auto done = play_back(file, newest); !done) return tl::unexpected(std::move(done.error()));
    connection = Connection::open(file, Access::read_only);
    version = connection.and_then([&](Connection& opened) { return store_version(opened, newest); });
  }
  if (!version && version.error().code == core::Errc::io && unchanging(file)) {
    connection = Connection::open(file, Access::immutable);
    version = connection.and_then([&](Connection& opened) { return store_version(opened, newest); });
  }
  if (!version) return tl::unexpected(version.error());
  if (*version == 0) return core::fail(core::Errc::not_found, file.string() + ": an empty file, no store yet");
  for (int attempt = 1; *version < newest; ++attempt) {
    constexpr std::string_view why = " (the store has an older form and must be brought up to date before reading)";
    const auto lock = WriterLock::acquire(file);
    // Who writes it is perhaps bringing it up to date, or making it.
    if (!lock && lock.error().code == core::Errc::store_busy && attempt < attempts_to_prepare) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      version = store_version(*connection, newest);
      if (!version) return tl::unexpected(version.error());
      continue;
    }
    if (!lock) return tl::unexpected(naming(lock.error(), why));
    const auto writer = open_for_writing(file, steps);
    if (!writer) return tl::unexpected(naming(writer.error(), why));
    break;
  }
  if (auto set = connection->script(reading); !set) return tl::unexpected(std::move(set.error()));
  return connection;
}

}  // namespace waydiff::storage
