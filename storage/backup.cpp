#include "storage/backup.hpp"

#include <system_error>

#include "storage/schema.hpp"
#include "storage/sqlite_handle.hpp"

namespace waydiff::storage {

core::Result<void> back_up(const std::filesystem::path& store, const std::filesystem::path& copy) {
  auto db = open_for_reading(store, migrations());
  if (!db) return tl::unexpected(std::move(db.error()));
  // One reading transaction: writers go on beside it. Nothing but the copy is written.
  if (auto set = db->script("PRAGMA query_only = OFF"); !set) return set;
  auto done = db->run("VACUUM INTO ?", copy.string());
  if (!done) remove_store(copy);
  return done;
}

void remove_store(const std::filesystem::path& file) {
  std::error_code gone;
  for (const char* const ending : {"", "-wal", "-shm", "-journal", ".lock"}) {
    std::filesystem::remove(file.string() + ending, gone);
  }
}

core::Result<void> rename_store(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code trouble;
  std::filesystem::rename(from, to, trouble);
  if (trouble) return core::fail(core::Errc::io, to.string() + ": " + trouble.message());
  remove_store(from);  // what stood beside it
  return {};
}

}  // namespace waydiff::storage
