#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "diff/compare.hpp"
#include "extract/extract.hpp"
#include "extract/render.hpp"

/// Any text can be read as Markdown, written again, read again and cut into clauses.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waydiff;
  const core::Document once = extract::read_markdown({reinterpret_cast<const char*>(data), size});
  const core::Document twice = extract::read_markdown(extract::to_markdown(once));
  static_cast<void>(diff::clauses(once));
  static_cast<void>(diff::clauses(twice));
  return 0;
}
