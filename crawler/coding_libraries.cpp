#include "crawler/coding_libraries.hpp"

#include "core/late_library.hpp"

namespace waydiff::crawler {

const Zlib& zlib() {
  static const Zlib loaded = [] {
    const core::LateLibrary library("libz.so.1", "gzip cannot be read without");
    Zlib found;
    library.find("inflateInit2_", found.inflate_init);
    library.find("inflate", found.inflate);
    library.find("inflateReset", found.inflate_reset);
    library.find("inflateEnd", found.inflate_end);
    return found;
  }();
  return loaded;
}

const Brotli& brotli() {
  static const Brotli loaded = [] {
    const core::LateLibrary library("libbrotlidec.so.1", "bodies coded with br cannot be read without");
    Brotli found;
    library.find("BrotliDecoderCreateInstance", found.create);
    library.find("BrotliDecoderDecompressStream", found.decompress);
    library.find("BrotliDecoderDestroyInstance", found.destroy);
    return found;
  }();
  return loaded;
}

}  // namespace waydiff::crawler
