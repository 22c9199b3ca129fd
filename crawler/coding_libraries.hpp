#pragma once

#include <brotli/decode.h>
#include <zlib.h>

namespace waydiff::crawler {

/// The functions of zlib that are used here, of the library that is loaded at the first call (docs/decisions/0009).
struct Zlib {
  decltype(&::inflateInit2_) inflate_init = nullptr;
  decltype(&::inflate) inflate = nullptr;
  decltype(&::inflateReset) inflate_reset = nullptr;
  decltype(&::inflateEnd) inflate_end = nullptr;

  /// zlib's own way to ask for a stream; `window_bits` as there: 15 + 16 gzip, 15 zlib, -15 raw.
  [[nodiscard]] bool begin(z_stream& stream, int window_bits) const {
    return inflate_init(&stream, window_bits, ZLIB_VERSION, static_cast<int>(sizeof(z_stream))) == Z_OK;
  }
};

/// The same of brotli's decoder.
struct Brotli {
  decltype(&::BrotliDecoderCreateInstance) create = nullptr;
  decltype(&::BrotliDecoderDecompressStream) decompress = nullptr;
  decltype(&::BrotliDecoderDestroyInstance) destroy = nullptr;
};

/// Throw std::runtime_error, naming the library, when it is not installed. Any thread.
[[nodiscard]] const Zlib& zlib();
[[nodiscard]] const Brotli& brotli();

}  // namespace waydiff::crawler
