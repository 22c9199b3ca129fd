#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crawler/cdx.hpp"

/// Any answer: rows, or an error; never a listing out of something that is none.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto page = waydiff::crawler::parse_page({reinterpret_cast<const char*>(data), size}, {"http://e.com/", "", ""});
  if (page && page->captures.size() > page->rows) std::abort();
  return 0;
}
