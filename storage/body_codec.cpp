#include "storage/body_codec.hpp"

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <memory>

namespace waydiff::storage {
namespace {

// A level of 9 makes policies a tenth smaller, but takes five times as long: more than all else that is done to a
// capture between its answer and its commit.
constexpr int level = 3;

// Far above any body the crawler takes: a damaged or hostile size must not ask for all memory.
constexpr std::size_t most_bytes = std::size_t{1} << 30;

// Finds far matches at little cost; the tables of a low level forget the beginning of such a prefix.
constexpr std::size_t long_prefix = 256u << 10;

// What any decoder takes.
constexpr int narrowest_window = 10, widest_window = 27;

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const noexcept { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const noexcept { ZSTD_freeDCtx(context); }
};

}  // namespace

core::Result<std::string> compress(std::string_view bytes, std::string_view prefix) {
  // Its tables are larger than most pages: they are made once.
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  if (!context) return core::fail(core::Errc::io, "no memory to compress with");
  ZSTD_CCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  if (!prefix.empty()) {
    // Nothing is found in the prefix beyond the window.
    const int needed = static_cast<int>(std::bit_width(prefix.size() + bytes.size()));
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, std::clamp(needed, narrowest_window, widest_window));
    if (prefix.size() > long_prefix) ZSTD_CCtx_setParameter(context.get(), ZSTD_c_enableLongDistanceMatching, 1);
    ZSTD_CCtx_refPrefix(context.get(), prefix.data(), prefix.size());
  }
  std::string frame(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t length = ZSTD_compress2(context.get(), frame.data(), frame.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(length)) return core::fail(core::Errc::io, std::string("zstd: ") + ZSTD_getErrorName(length));
  frame.resize(length);
  return frame;
}

core::Result<std::string> decompress(std::string_view frame, std::size_t size, std::string_view prefix) {
  // The frame's own word is asked before memory is taken: the size column may be what is damaged.
  if (size > most_bytes || ZSTD_getFrameContentSize(frame.data(), frame.size()) != size) {
    return core::fail(core::Errc::store_corrupt, "zstd: not a frame of " + std::to_string(size) + " bytes");
  }
  std::string bytes(size, '\0');
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  if (!context) return core::fail(core::Errc::io, "no memory to decompress with");
  ZSTD_DCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
  // Decoded in one go, which takes any window.
  if (!prefix.empty()) ZSTD_DCtx_refPrefix(context.get(), prefix.data(), prefix.size());
  const std::size_t length = ZSTD_decompressDCtx(context.get(), bytes.data(), bytes.size(), frame.data(), frame.size());
  if (ZSTD_isError(length)) {
    return core::fail(core::Errc::store_corrupt, std::string("zstd: ") + ZSTD_getErrorName(length));
  }
  if (length != size) return core::fail(core::Errc::store_corrupt, "zstd: frame ends early");
  return bytes;
}

}  // namespace waydiff::storage
