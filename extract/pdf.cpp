#include "extract/pdf.hpp"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <algorithm>
#include <climits>
#include <memory>
#include <string>
#include <vector>

#include "extract/ascii.hpp"
#include "extract/plain_text.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

std::string utf8(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return repaired_utf8(std::string_view(bytes.data(), bytes.size()));
}

void keep_quiet(const std::string& /*message*/, void* /*closure*/) {}

}  // namespace

core::Result<core::Document> read_pdf(std::string_view body) {
  // poppler prints complaints to standard error otherwise; once, since the setting is the process's.
  [[maybe_unused]] static const bool quiet = (poppler::set_debug_error_function(&keep_quiet, nullptr), true);
  if (body.size() > INT_MAX) return core::fail(core::Errc::too_large, "PDF of more than 2 GB");
  const std::unique_ptr<poppler::document> pdf(
      poppler::document::load_from_raw_data(body.data(), static_cast<int>(body.size())));
  if (!pdf || pdf->is_locked()) return core::fail(core::Errc::bad_document, "PDF cannot be opened");
  static constexpr int most_pages = 2000;
  std::vector<std::string> pages;
  const int count = std::min(pdf->pages(), most_pages);
  for (int i = 0; i < count; ++i) {
    const std::unique_ptr<poppler::page> page(pdf->create_page(i));
    if (page) pages.push_back(utf8(page->text()));
  }
  core::Document document = read_wrapped_pages(pages);
  document.title = std::string(trim(utf8(pdf->get_title())));
  if (pdf->pages() > most_pages)
    document.notes.push_back("only the first " + std::to_string(most_pages) + " pages were read");
  return document;
}

}  // namespace waydiff::extract
