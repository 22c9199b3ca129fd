#include "storage/host_state.hpp"

#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#include "storage/sqlite_handle.hpp"

namespace waydiff::storage {
namespace {

using core::Errc;
using core::Result;

constexpr std::int64_t owner_mark = 0x77617968;  // "wayh"; a store has "wayd"
constexpr std::int64_t version = 1;
constexpr int open_attempts = 20;

constexpr const char* tables = R"sql(
CREATE TABLE host (                -- an archive host, and how much it can bear at the moment
  name TEXT PRIMARY KEY,           -- "web.archive.org", "127.0.0.1:8080"
  state TEXT NOT NULL,             -- JSON; crawler/pace_codec.hpp
  changed_at TEXT NOT NULL         -- for people who look
) STRICT, WITHOUT ROWID;
)sql";

/// 0 for an empty file, or the version of one of ours.
Result<std::int64_t> version_of(Connection& db) {
  const auto owner = db.value<std::int64_t>("PRAGMA application_id");
  if (!owner) return tl::unexpected(owner.error());
  const auto found = db.value<std::int64_t>("PRAGMA user_version");
  if (!found) return tl::unexpected(found.error());
  const auto objects = db.value<std::int64_t>("SELECT count(*) FROM sqlite_schema");
  if (!objects) return tl::unexpected(objects.error());
  if (owner->value_or(0) == 0 && found->value_or(0) == 0 && objects->value_or(0) == 0) return 0;
  if (owner->value_or(0) != owner_mark) {
    return core::fail(Errc::store_corrupt, db.file() + ": not a file of host states; left untouched");
  }
  if (found->value_or(0) != version) {
    return core::fail(Errc::store_newer, db.file() + ": made by a newer waydiff (host state version " +
                                             std::to_string(found->value_or(0)) + "); left untouched");
  }
  return **found;
}

Result<void> create(Connection& db) {
  auto scope = Transaction::begin(db);
  if (!scope) return tl::unexpected(scope.error());
  // Another process may have been faster.
  const auto found = version_of(db);
  if (!found) return tl::unexpected(found.error());
  if (*found == version) return {};
  const std::string stamps =
      "PRAGMA application_id = " + std::to_string(owner_mark) + "; PRAGMA user_version = " + std::to_string(version);
  if (auto done = db.script(tables + stamps); !done) return done;
  return scope->commit();
}

Result<Connection> open_once(const std::filesystem::path& file) {
  auto db = Connection::open(file, Access::create);
  if (!db) return db;
  // As one reading: another process may be making the file at this moment.
  if (auto begun = db->script("BEGIN"); !begun) return tl::unexpected(begun.error());
  const auto found = version_of(*db);
  const auto read = db->script("ROLLBACK");
  if (!found) return tl::unexpected(found.error());
  if (!read) return tl::unexpected(read.error());
  // NORMAL: see storage/schema.cpp. A power cut costs some charges of the last minute, in which nobody asks.
  auto done = db->script(
      "PRAGMA trusted_schema = OFF; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
      "PRAGMA journal_size_limit = 1048576");
  if (done && *found == 0) done = create(*db);
  if (!done) return tl::unexpected(done.error());
  return db;
}

}  // namespace

struct HostState::Impl {
  Connection db;
};

HostState::HostState(std::filesystem::path file, std::unique_ptr<Impl> impl)
    : file_(std::move(file)), impl_(std::move(impl)) {}
HostState::HostState(HostState&&) noexcept = default;
HostState& HostState::operator=(HostState&&) noexcept = default;
HostState::~HostState() = default;

Result<HostState> HostState::open(const std::filesystem::path& file) {
  std::error_code failed;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), failed);
  if (failed) return core::fail(Errc::io, file.parent_path().string() + ": " + failed.message());
  for (int attempt = 1;; ++attempt) {
    auto db = open_once(file);
    // A change to WAL, and what follows the death of a process, fails at once when another one is at it.
    if (!db && db.error().code == Errc::store_busy && attempt < open_attempts) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      continue;
    }
    if (!db) return tl::unexpected(db.error());
    return HostState(file, std::make_unique<Impl>(Impl{std::move(*db)}));
  }
}

Result<void> HostState::update(std::string_view host, const Change& change) {
  Connection& db = impl_->db;
  auto scope = Transaction::begin(db);
  if (!scope) return tl::unexpected(scope.error());
  const auto before = db.value<std::string>("SELECT state FROM host WHERE name = ?1", host);
  if (!before) return tl::unexpected(before.error());
  auto after = change(before->value_or(""));
  if (!after) {
    return core::fail(after.error().code, file_.string() + ": " + std::string(host) + ": " + after.error().detail);
  }
  if (*before && **before == *after) return {};
  auto done = db.run(
      "INSERT INTO host (name, state, changed_at) VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%SZ'))"
      " ON CONFLICT (name) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at",
      host, *after);
  if (!done) return done;
  return scope->commit();
}

}  // namespace waydiff::storage
