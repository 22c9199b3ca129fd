#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "config/config.hpp"

/// Any text: a configuration, or a message that names the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto config = waydiff::config::parse({reinterpret_cast<const char*>(data), size}, "fuzz.toml");
  if (!config && config.error().detail.find("fuzz.toml") == std::string::npos) std::abort();
  return 0;
}
