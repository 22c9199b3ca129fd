#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <utility>

namespace waydiff::storage {

/// Decoded bodies used last, by SHA-256: what follows in time mostly stands on them. At most 64, of 16 MiB together.
class BodyCache {
 public:
  using Bytes = std::shared_ptr<const std::string>;

  /// Null when it is not here.
  [[nodiscard]] Bytes find(const std::string& sha256);
  void keep(const std::string& sha256, Bytes bytes);

 private:
  std::list<std::pair<std::string, Bytes>> kept_;  ///< used last first
  std::size_t size_ = 0;
};

}  // namespace waydiff::storage
