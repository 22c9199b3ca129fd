// Loaded before the C library into a program under test: files take so many bytes more, then the disk is full.
// What goes to the three standard streams is not counted.

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>

namespace {

std::atomic<long long>& space_left() {
  static std::atomic<long long> left = [] {
    const char* const given = std::getenv("WAYDIFF_TEST_DISK_BYTES");
    return given == nullptr ? 1LL << 60 : std::atoll(given);
  }();
  return left;
}

/// False, with errno set, when `size` bytes more do not fit.
bool takes(int file, long long size) {
  struct stat about {};
  if (file <= STDERR_FILENO || ::fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) return true;
  if (space_left().fetch_sub(size) >= size) return true;
  space_left().store(0);
  errno = ENOSPC;
  return false;
}

template <class Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, size_t size) {
  static const auto next = real<ssize_t (*)(int, const void*, size_t)>("write");
  return takes(file, static_cast<long long>(size)) ? next(file, bytes, size) : -1;
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  static const auto next = real<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
  return takes(file, static_cast<long long>(size)) ? next(file, bytes, size, at) : -1;
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  static const auto next = real<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  return takes(file, static_cast<long long>(size)) ? next(file, bytes, size, at) : -1;
}

int fallocate(int file, int mode, off_t at, off_t size) {
  static const auto next = real<int (*)(int, int, off_t, off_t)>("fallocate");
  return takes(file, size) ? next(file, mode, at, size) : -1;
}

int posix_fallocate(int file, off_t at, off_t size) {
  static const auto next = real<int (*)(int, off_t, off_t)>("posix_fallocate");
  return takes(file, size) ? next(file, at, size) : ENOSPC;
}
}
