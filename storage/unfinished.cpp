#include "storage/unfinished.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "storage/sqlite_handle.hpp"
#include "storage/writer_lock.hpp"

namespace waydiff::storage {
namespace {

namespace fs = std::filesystem;
using core::Errc;
using core::Result;

constexpr const char* endings[] = {"-wal", "-shm", "-journal"};

fs::path with(const fs::path& file, const char* ending) {
  return file.string() + ending;
}

void remove_beside(const fs::path& file) {
  std::error_code gone;
  for (const char* const ending : endings) fs::remove(with(file, ending), gone);
}

bool holds_something(const fs::path& file) {
  std::error_code missing;
  const auto size = fs::file_size(file, missing);
  return !missing && size > 0;
}

/// Brings what waits in a log or journal beside a store into its file.
Result<void> settle(const fs::path& file) {
  auto db = Connection::open(file, Access::read_write);
  if (!db) return tl::unexpected(std::move(db.error()));
  const auto blocked = db->value<std::int64_t>("PRAGMA wal_checkpoint(TRUNCATE)");
  if (!blocked) return tl::unexpected(blocked.error());
  if (blocked->value_or(0) != 0) return core::fail(Errc::store_busy, file.string() + ": another process reads it");
  return {};
}

/// A name is not to stand on the disk before what it names.
Result<void> sync(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  const int failed = descriptor < 0 || ::fsync(descriptor) != 0 ? errno : 0;
  if (descriptor >= 0) ::close(descriptor);
  // Some file systems know no such thing as a folder's own state.
  if (failed == 0 || (failed == EINVAL && (flags & O_DIRECTORY) != 0)) return {};
  return core::fail(failed == ENOSPC || failed == EDQUOT ? Errc::store_full : Errc::io,
                    path.string() + ": " + std::generic_category().message(failed));
}

/// SQLite finds logs by the name of their file: one of the old store must not be taken for the new one's.
Result<void> clear_the_way(const fs::path& file) {
  std::error_code missing;
  if (!fs::exists(file, missing)) {
    remove_beside(file);
    return {};
  }
  if (holds_something(with(file, "-wal")) || holds_something(with(file, "-journal"))) {
    if (auto done = settle(file); !done) {
      return core::fail(done.error().code == Errc::store_full ? Errc::store_full : Errc::store_busy,
                        file.string() + ": cannot be replaced while changes of it wait in a file beside it (" +
                            done.error().detail + "); remove both, or name another file");
    }
  }
  remove_beside(file);
  return {};
}

}  // namespace

struct Unfinished::Work {
  fs::path file;
  fs::path place;
  WriterLock lock;
  bool lock_stays;
};

Unfinished::Unfinished(std::unique_ptr<Work> work) : work_(std::move(work)) {}
Unfinished::Unfinished(Unfinished&&) noexcept = default;

Result<Unfinished> Unfinished::begin(const fs::path& file, std::span<const fs::path> sources) {
  const fs::path place = with(file, ".unfinished");
  std::error_code trouble;
  for (const fs::path& source : sources) {
    for (const fs::path& mine : {file, place}) {
      if (!fs::equivalent(mine, source, trouble) || trouble) continue;
      return core::fail(Errc::bad_argument, file.string() + ": " + source.string() +
                                                " would be overwritten, which is to be read; name another file");
    }
  }
  if (fs::is_directory(file, trouble)) {
    return core::fail(Errc::bad_argument, file.string() + ": a folder, not a store");
  }
  // A killed process leaves one; a store keeps the one that it has.
  const bool lock_stays = fs::exists(file, trouble) && fs::exists(with(file, ".lock"), trouble);
  auto lock = WriterLock::acquire(file);
  if (!lock) return tl::unexpected(std::move(lock.error()));
  Unfinished begun(std::make_unique<Work>(Work{file, place, std::move(*lock), lock_stays}));
  remove_beside(place);
  fs::remove(place, trouble);
  if (trouble) return core::fail(Errc::io, place.string() + ": " + trouble.message());
  return begun;
}

Unfinished::~Unfinished() {
  if (!work_) return;
  std::error_code gone;
  fs::remove(work_->place, gone);
  fs::remove(with(work_->place, ".lock"), gone);
  remove_beside(work_->place);
  if (!work_->lock_stays) fs::remove(with(work_->file, ".lock"), gone);
}

const fs::path& Unfinished::place() const {
  return work_->place;
}

Result<void> Unfinished::finish() {
  const fs::path &file = work_->file, &place = work_->place;
  if (auto done = settle(place); !done) return done;
  if (holds_something(with(place, "-wal"))) return core::fail(Errc::io, place.string() + ": its log cannot be emptied");
  if (auto done = sync(place, O_RDWR); !done) return done;
  remove_beside(place);
  if (auto done = clear_the_way(file); !done) return done;
  std::error_code trouble;
  fs::rename(place, file, trouble);
  if (trouble) return core::fail(Errc::io, file.string() + ": " + trouble.message());
  const fs::path folder = file.parent_path();
  return sync(folder.empty() ? fs::path(".") : folder, O_RDONLY | O_DIRECTORY);
}

}  // namespace waydiff::storage
