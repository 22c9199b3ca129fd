#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace waydiff::storage {

/// One text for each archive host, shared by all processes that open the file: how much each host can bear at the
/// moment. A small SQLite file of its own, beside no store: the budget belongs to the network address, not to what is
/// collected. What the texts say is the caller's; docs/decisions/0007-host-state.md.
class HostState {
 public:
  /// Opens the file; makes it, and the folders above it, when missing. Fails with store_corrupt when it is something
  /// else, store_newer when a later version made it, store_busy or io. Waits up to 2 s for others.
  [[nodiscard]] static core::Result<HostState> open(const std::filesystem::path& file);

  HostState(HostState&& other) noexcept;
  HostState& operator=(HostState&& other) noexcept;
  ~HostState();

  using Change = std::function<core::Result<std::string>(std::string_view)>;

  /// Calls `change` once with the text of `host` ("" for a new one) and keeps what it returns, as one step that no
  /// other process comes between; nothing is kept when it fails. Waits up to 2 s for others, then fails with
  /// store_busy. About 30 us; survives the death of the process at once, a power cut only from an earlier moment on.
  [[nodiscard]] core::Result<void> update(std::string_view host, const Change& change);

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

 private:
  struct Impl;
  HostState(std::filesystem::path file, std::unique_ptr<Impl> impl);

  std::filesystem::path file_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace waydiff::storage
