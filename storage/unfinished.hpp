#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "core/error.hpp"

namespace waydiff::storage {

/// A store in the making, in FILE.unfinished, until it is whole and takes the name FILE. Killed at any moment, FILE is
/// what it was or the whole new store; what lies beside it is removed by the next one that makes FILE.
class Unfinished {
 public:
  /// Holds the right to write FILE from here on, and removes what a killed process left of an earlier attempt. Fails
  /// with store_busy when another process writes FILE or makes it as well, with bad_argument when FILE is a folder,
  /// or when it or what is to be removed is one of `sources`, and with io.
  [[nodiscard]] static core::Result<Unfinished> begin(const std::filesystem::path& file,
                                                      std::span<const std::filesystem::path> sources);
  Unfinished(Unfinished&& other) noexcept;
  Unfinished& operator=(Unfinished&&) = delete;
  /// Removes what was not finished.
  ~Unfinished();

  /// Where to make it. Nobody may have it open any more at finish().
  [[nodiscard]] const std::filesystem::path& place() const;

  /// Brings all of it into one file and onto the disk, and gives it its name, in place of a store that had it. Fails
  /// with store_full; with store_busy when somebody reads or writes the one to be replaced, or what waits beside it
  /// cannot be brought into it; and with io. Then FILE is as it was.
  [[nodiscard]] core::Result<void> finish();

 private:
  struct Work;
  explicit Unfinished(std::unique_ptr<Work> work);
  std::unique_ptr<Work> work_;
};

}  // namespace waydiff::storage
