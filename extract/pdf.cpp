#include "extract/pdf.hpp"

#include <algorithm>
#include <climits>
#include <string>
#include <utility>
#include <vector>

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"
#include "extract/pdf_blocks.hpp"
#include "extract/pdf_furniture.hpp"
#include "extract/pdf_lines.hpp"
#include "extract/pdf_module.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

/// Not "Microsoft Word - terms_v3.doc", "untitled", "C:\legal\x" or "privacy-policy-2018".
bool is_title(std::string_view text) {
  const std::string small = lower(text);
  if (count_words(text) == 0 || small.size() > 300) return false;
  for (const std::string_view start : {"microsoft word", "microsoft powerpoint", "untitled", "document", "slide 1",
                                       "print", "http://", "https://", "file:", "about:", "full page photo"}) {
    if (!small.starts_with(start)) continue;
    if (start != "document" && start != "print") return false;
    if (std::all_of(small.begin() + static_cast<std::ptrdiff_t>(start.size()), small.end(),
                    [](char c) { return is_digit(c) || c == ' '; }))
      return false;
  }
  for (const std::string_view end : {".doc", ".docx", ".pdf", ".indd", ".rtf", ".odt", ".html", ".htm", ".qxd", ".fm",
                                     ".pages", ".txt", ".dotx", ".ai", ".pub"}) {
    if (small.ends_with(end)) return false;
  }
  if (small.find('\\') != std::string::npos) return false;
  const bool one_word = small.find(' ') == std::string::npos;
  return !one_word || small.find_first_of("_-./0123456789") == std::string::npos;
}

std::string title_of(const PdfContent& pdf, const std::vector<core::Block>& blocks) {
  const std::string given = tidy_text(pdf.title);
  if (is_title(given)) return given;
  static constexpr std::size_t opening = 12;  // blocks among which a title stands
  const core::Block* best = nullptr;
  for (std::size_t i = 0; i < blocks.size() && i < opening; ++i) {
    if (blocks[i].kind == core::BlockKind::heading && (best == nullptr || blocks[i].level < best->level)) {
      best = &blocks[i];
    }
  }
  return best == nullptr ? std::string() : plain_text(*best);
}

/// The catalogue's /Lang, where it stands in plain sight: the library does not tell it.
std::string language_of(std::string_view body) {
  for (std::size_t at = body.find("/Lang"); at != std::string_view::npos; at = body.find("/Lang", at + 5)) {
    const std::string_view rest = trim(body.substr(at + 5, 24));
    const std::size_t close = rest.find(')');
    if (rest.starts_with('(') && close != std::string_view::npos && close > 2)
      return std::string(rest.substr(1, close - 1));
  }
  return {};
}

std::string listed(const std::vector<std::string>& texts) {
  static constexpr std::size_t most = 6;
  std::string list;
  for (std::size_t i = 0; i < texts.size() && i < most; ++i) list += (i > 0 ? ", \"" : "\"") + texts[i] + "\"";
  return texts.size() > most ? list + " and " + std::to_string(texts.size() - most) + " more" : list;
}

}  // namespace

core::Result<core::Document> read_pdf(std::string_view body) {
  if (body.size() > INT_MAX) return core::fail(core::Errc::too_large, "PDF of more than 2 GB");
  auto pdf = read_pdf_content(body);
  if (!pdf) return tl::unexpected(pdf.error());
  if (pdf->state == PdfContent::State::not_opened) {
    return core::fail(core::Errc::bad_document, "PDF cannot be opened: it is damaged beyond repair");
  }
  if (pdf->state == PdfContent::State::locked) {
    return core::fail(core::Errc::bad_document, "PDF cannot be opened: it asks for a password");
  }

  core::Document document;
  std::vector<PdfPage>& pages = pdf->pages;
  std::size_t words = 0;
  for (const PdfPage& page : pages) words += page.words.size() + page.sideways.size();
  const int unreadable = pdf->unreadable;
  const auto read = static_cast<int>(pages.size()) + unreadable;
  const std::vector<std::string> furniture = take_furniture(pages);
  document.blocks = blocks_of(lines_of(pages), pdf->outline);
  document.title = title_of(*pdf, document.blocks);
  document.language = language_of(body);
  if (pdf->page_count > read) {
    document.notes.push_back("only the first " + std::to_string(read) + " of " + std::to_string(pdf->page_count) +
                             " pages were read");
  }
  if (unreadable > 0) document.notes.push_back(std::to_string(unreadable) + " pages of the PDF cannot be read");
  if (pdf->damaged || body.rfind("%%EOF") == std::string_view::npos) {
    document.notes.push_back("the PDF is damaged: what could be found was read");
  }
  if (!furniture.empty()) document.notes.push_back("left out at the edges of pages: " + listed(furniture));
  if (words == 0) {
    document.notes.push_back("no text in the PDF: " + std::to_string(read) + (read == 1 ? " page" : " pages") +
                             " of pictures at most");
  }
  return document;
}

}  // namespace waydiff::extract
