#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crawler/body_coding.hpp"

/// Any bytes under any coding, the first byte choosing: within the cap, or an error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr const char* codings[] = {"", "gzip", "deflate", "br", "gzip, gzip", "zstd"};
  if (size == 0) return 0;
  waydiff::crawler::BodyLimits limits;
  limits.max_body = 1u << 16;
  const auto decoded = waydiff::crawler::decode_body(std::string(reinterpret_cast<const char*>(data) + 1, size - 1),
                                                     codings[data[0] % 6], "text/html", limits);
  if (decoded && decoded->body.size() > limits.max_body) std::abort();
  return 0;
}
