#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace waydiff::storage {

/// A body as the store keeps it.
struct PackedBody {
  std::string sha256;    ///< of the bytes, lower-case hex
  std::size_t size = 0;  ///< of the bytes
  std::string frame;     ///< empty: the store had it already
  std::string base;      ///< SHA-256 of the body whose bytes the frame refers to; empty: it stands alone
};

/// One zstd frame with a checksum of its content: a few hundred MB/s, on any thread. With a prefix it refers to that
/// one's bytes, which decompress() needs again. Fails with io when there is no memory.
[[nodiscard]] core::Result<std::string> compress(std::string_view bytes, std::string_view prefix = {});

/// The `size` bytes that a frame holds. Fails with store_corrupt when it is damaged, holds another number of bytes or
/// was made with another prefix; never allocates more than `size`.
[[nodiscard]] core::Result<std::string> decompress(std::string_view frame, std::size_t size,
                                                   std::string_view prefix = {});

}  // namespace waydiff::storage
