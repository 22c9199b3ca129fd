#pragma once

namespace waydiff::pipeline {

/// While one of these lives, SIGINT and SIGTERM set a flag instead of ending the process. A second signal ends it.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  [[nodiscard]] static bool interrupted() noexcept;
};

}  // namespace waydiff::pipeline
