#include "storage/backup.hpp"

#include <system_error>

#include "storage/schema.hpp"
#include "storage/sqlite_handle.hpp"

namespace waydiff::storage {

core::Result<void> back_up(const std::filesystem::path& store, const std::filesystem::path& copy) {
  std::error_code trouble;
  if (std::filesystem::exists(std::filesystem::symlink_status(copy, trouble))) {
    return core::fail(core::Errc::bad_argument, copy.string() + ": it is there already");
  }
  if (!std::filesystem::exists(store, trouble) && !trouble) {
    return core::fail(core::Errc::not_found, store.string() + ": no such store");
  }
  auto db = open_for_reading(store, migrations());
  if (!db) return tl::unexpected(std::move(db.error()));
  // One reading transaction: writers go on beside it. Nothing but the copy is written.
  if (auto set = db->script("PRAGMA query_only = OFF"); !set) return set;
  auto done = db->run("VACUUM INTO ?", copy.string());
  if (!done) {
    std::filesystem::remove(copy, trouble);
    std::filesystem::remove(copy.string() + "-journal", trouble);
  }
  return done;
}

}  // namespace waydiff::storage
