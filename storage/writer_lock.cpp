#include "storage/writer_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

namespace waydiff::storage {
namespace {

constexpr int most_attempts = 20;

// The number that the lock's holder wrote into the file; empty when there is none yet.
std::string holder(int descriptor) {
  std::array<char, 16> digits{};
  const auto length = ::pread(descriptor, digits.data(), digits.size(), 0);
  if (length <= 0) return {};
  const std::string text(digits.data(), static_cast<std::size_t>(length));
  return text.substr(0, text.find_first_not_of("0123456789"));
}

/// False when the file was removed, and perhaps made anew, since it was opened: such a lock keeps nobody out.
bool has_name(int descriptor, const std::string& file) {
  struct stat opened {
  }, named{};
  return ::fstat(descriptor, &opened) == 0 && ::stat(file.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
         opened.st_dev == named.st_dev;
}

}  // namespace

core::Result<WriterLock> WriterLock::acquire(const std::filesystem::path& store) {
  for (int attempt = 1;; ++attempt) {
    auto lock = attempt_to_lock(store);
    if (!lock || has_name(lock->descriptor_, store.string() + ".lock")) return lock;
    if (attempt == most_attempts) {
      return core::fail(core::Errc::store_busy, store.string() + ".lock: others make and remove it; try again");
    }
  }
}

core::Result<WriterLock> WriterLock::attempt_to_lock(const std::filesystem::path& store) {
  const std::string file = store.string() + ".lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return core::fail(core::Errc::io, file + ": " + std::generic_category().message(errno));
  WriterLock lock(descriptor);

  int locked = 0;
  do {
    locked = ::flock(descriptor, LOCK_EX | LOCK_NB);
  } while (locked != 0 && errno == EINTR);
  if (locked != 0) {
    if (errno != EWOULDBLOCK) {
      return core::fail(core::Errc::io, file + ": cannot be locked: " + std::generic_category().message(errno));
    }
    const std::string process = holder(descriptor);
    return core::fail(core::Errc::store_busy, store.string() + ": another process" +
                                                  (process.empty() ? "" : " (" + process + ")") +
                                                  " is writing this store; try again when it has ended");
  }

  // Only for the message above, so a full disk does not matter here.
  const std::string process = std::to_string(::getpid()) + "\n";
  if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, process.data(), process.size(), 0) < 0) return lock;
  return lock;
}

WriterLock::~WriterLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace waydiff::storage
