#include "storage/body_codec.hpp"

#include <zstd.h>

#include <memory>
#include <utility>

#include "core/digest.hpp"

namespace waydiff::storage {
namespace {

// A level of 9 makes policies a tenth smaller, but takes five times as long: more than all else that is done to a
// capture between its answer and its commit.
constexpr int level = 3;

// Far above any body the crawler takes: a damaged or hostile size must not ask for all memory.
constexpr std::size_t most_bytes = std::size_t{1} << 30;

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const noexcept { ZSTD_freeCCtx(context); }
};

}  // namespace

core::Result<std::string> compress(std::string_view bytes) {
  // Its tables are larger than most pages: they are made once.
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  if (!context) return core::fail(core::Errc::io, "no memory to compress with");
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::string frame(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t length = ZSTD_compress2(context.get(), frame.data(), frame.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(length)) return core::fail(core::Errc::io, std::string("zstd: ") + ZSTD_getErrorName(length));
  frame.resize(length);
  return frame;
}

core::Result<PackedBody> pack(std::string_view bytes) {
  auto frame = compress(bytes);
  if (!frame) return tl::unexpected(std::move(frame.error()));
  return PackedBody{core::sha256_hex(bytes), bytes.size(), std::move(*frame)};
}

core::Result<std::string> decompress(std::string_view frame, std::size_t size) {
  // The frame's own word is asked before memory is taken: the size column may be what is damaged.
  if (size > most_bytes || ZSTD_getFrameContentSize(frame.data(), frame.size()) != size) {
    return core::fail(core::Errc::store_corrupt, "zstd: not a frame of " + std::to_string(size) + " bytes");
  }
  std::string bytes(size, '\0');
  const std::size_t length = ZSTD_decompress(bytes.data(), bytes.size(), frame.data(), frame.size());
  if (ZSTD_isError(length)) {
    return core::fail(core::Errc::store_corrupt, std::string("zstd: ") + ZSTD_getErrorName(length));
  }
  if (length != size) return core::fail(core::Errc::store_corrupt, "zstd: frame ends early");
  return bytes;
}

}  // namespace waydiff::storage
