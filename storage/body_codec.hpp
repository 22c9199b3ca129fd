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
  std::string frame;
};

/// The work that storing a body takes beside the storing itself: a few hundred MB/s, on any thread. Fails with io when
/// there is no memory.
[[nodiscard]] core::Result<PackedBody> pack(std::string_view bytes);

/// One zstd frame with a checksum of its content. Fails with io when there is no memory.
[[nodiscard]] core::Result<std::string> compress(std::string_view bytes);

/// The `size` bytes that a frame holds. Fails with store_corrupt when it is damaged or holds another number of bytes;
/// never allocates more than `size`.
[[nodiscard]] core::Result<std::string> decompress(std::string_view frame, std::size_t size);

}  // namespace waydiff::storage
