#pragma once

#include <filesystem>
#include <utility>

#include "core/error.hpp"

namespace waydiff::storage {

/// The right to write a store: an advisory lock (flock) on FILE.lock. It ends with the process, however that dies, so
/// a lock file that stays behind means nothing. Only its holder may remove it: who locks a file that has lost its name
/// looks for the one that has it now.
class WriterLock {
 public:
  /// Fails with store_busy, naming the other writer's process when known, or io.
  [[nodiscard]] static core::Result<WriterLock> acquire(const std::filesystem::path& store);
  WriterLock(WriterLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  WriterLock& operator=(WriterLock&&) = delete;
  ~WriterLock();

 private:
  [[nodiscard]] static core::Result<WriterLock> attempt_to_lock(const std::filesystem::path& store);
  explicit WriterLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace waydiff::storage
