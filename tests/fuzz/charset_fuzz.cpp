#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "extract/charset.hpp"
#include "extract/mixed_encoding.hpp"
#include "extract/utf8.hpp"

/// The first line is a content type, the rest a body: the text is well-formed UTF-8 without controls, every stretch
/// replaced has its bytes counted, and reading the text again as UTF-8 changes nothing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waydiff;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = input.find('\n');
  const std::string_view type = line == std::string_view::npos ? std::string_view() : input.substr(0, line);
  const std::string_view body = line == std::string_view::npos ? input : input.substr(line + 1);
  const extract::Decoded decoded = extract::decode(body, type, true);
  if (extract::check_utf8(decoded.text).broken > 0) std::abort();
  if (decoded.replaced_bytes < decoded.replaced || decoded.replaced_bytes > body.size()) std::abort();
  if (decoded.text.find('\0') != std::string::npos) std::abort();
  std::string again = decoded.text;
  std::size_t restored = 0;
  if (extract::drop_controls(again, restored) > 0 || restored > 0 || again != decoded.text) std::abort();
  static_cast<void>(extract::notes_of(decoded));
  return 0;
}
