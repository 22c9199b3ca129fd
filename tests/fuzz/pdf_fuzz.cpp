#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "extract/extract.hpp"
#include "extract/render.hpp"

#if defined(__SANITIZE_ADDRESS__)
// The font library that poppler asks for fonts keeps its tables to the end.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig\n";
}
#endif

/// Any bytes taken for a PDF: a Document that survives its own JSON, or an error that says why not.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waydiff;
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto document = extract::extract(body, {"https://example.com/privacy.pdf", "application/pdf"});
  if (!document) {
    if (document.error().detail.empty()) std::abort();
    return 0;
  }
  const auto again = extract::from_json(extract::to_json(*document));
  if (!again || !(*again == *document)) std::abort();
  static_cast<void>(extract::to_markdown(*document));
  return 0;
}
