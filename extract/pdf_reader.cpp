#include "extract/pdf_reader.hpp"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>
#include <poppler-toc.h>

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <utility>

#include "extract/ascii.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

// Poppler complains through one function for the whole process, on the thread that reads.
thread_local bool rebuilt = false;

void hear(const std::string& message, void* /*closure*/) {
  for (const std::string_view sign : {"xref", "trailer", "Top-level pages object", "Page count", "end of file"}) {
    if (message.find(sign) != std::string::npos) rebuilt = true;
  }
}

std::string utf8(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return repaired_utf8(std::string_view(bytes.data(), bytes.size()));
}

/// Ligatures of Latin letters (U+FB00 to U+FB06) as the letters they are.
std::string without_ligatures(std::string text) {
  static constexpr std::string_view letters[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
  for (std::size_t at = text.find("\xEF\xAC"); at != std::string::npos; at = text.find("\xEF\xAC", at + 1)) {
    const auto which = static_cast<unsigned char>(at + 2 < text.size() ? text[at + 2] : '\0');
    if (which >= 0x80 && which <= 0x86) text.replace(at, 3, letters[which - 0x80]);
  }
  return text;
}

bool names_any(std::string_view font, std::initializer_list<std::string_view> signs) {
  return std::any_of(signs.begin(), signs.end(),
                     [&](std::string_view sign) { return font.find(sign) != std::string_view::npos; });
}

struct Weight {
  bool bold = false;
  bool italic = false;
  friend bool operator==(const Weight&, const Weight&) = default;
};

Weight weight_of(const std::string& name) {
  const std::string font = lower(name);
  return {names_any(font, {"bold", "black", "heavy", "demi", "-bd", ",bd"}),
          names_any(font, {"italic", "oblique", "-it", "slanted"})};
}

/// The word, cut where the weight of its font changes: "(the" "**Services**" "”)".
std::vector<PdfWord> pieces_of(const poppler::text_box& box, const PdfWord& whole) {
  const poppler::ustring text = box.text();
  std::vector<PdfWord> pieces;
  std::string font = box.get_font_name(0);
  Weight weight = weight_of(font);
  std::size_t from = 0;
  const auto put = [&](std::size_t to) {
    PdfWord piece = whole;
    poppler::ustring part = text;
    part.resize(to);
    part.erase(0, from);
    piece.text = without_ligatures(utf8(part));
    piece.bold = weight.bold;
    piece.italic = weight.italic;
    piece.space_after = to == text.size() && whole.space_after;
    if (from > 0) piece.left = box.char_bbox(from).left();
    if (to < text.size()) piece.right = box.char_bbox(to).left();
    pieces.push_back(std::move(piece));
    from = to;
  };
  for (std::size_t i = 1; i < text.size(); ++i) {
    // Beyond the glyphs that the library knows of, its answers are not defined.
    const poppler::rectf place = box.char_bbox(i);
    if (!(place.width() > 0) && !(place.height() > 0)) break;
    std::string next = box.get_font_name(static_cast<int>(i));
    if (next == font) continue;
    font = std::move(next);
    const Weight other = weight_of(font);
    if (other == weight) continue;
    put(i);
    weight = other;
  }
  put(text.size());
  return pieces;
}

PdfPage read_page(const poppler::page& page) {
  PdfPage result;
  const poppler::rectf box = page.page_rect();
  result.width = box.width();
  result.height = box.height();
  for (const poppler::text_box& piece : page.text_list(poppler::page::text_list_include_font)) {
    PdfWord word;
    word.text = utf8(piece.text());
    if (trim(word.text).empty()) continue;
    word.text = without_ligatures(std::move(word.text));
    const poppler::rectf place = piece.bbox();
    word.left = place.left();
    word.top = place.top();
    word.right = place.right();
    word.bottom = place.bottom();
    word.space_after = piece.has_space_after();
    if (piece.has_font_info()) word.size = piece.get_font_size();
    if (!(word.size > 0)) word.size = std::max(1.0, (word.bottom - word.top) * 0.85);
    std::vector<PdfWord>& words = piece.rotation() == 0 ? result.words : result.sideways;
    if (!piece.has_font_info()) {
      words.push_back(std::move(word));
      continue;
    }
    for (PdfWord& part : pieces_of(piece, word)) words.push_back(std::move(part));
  }
  return result;
}

void read_outline(const poppler::toc_item& item, int depth, std::vector<PdfOutlineEntry>& entries) {
  static constexpr int deepest = 8;
  static constexpr std::size_t most = 5000;
  for (const poppler::toc_item* child : item.children()) {
    if (entries.size() >= most) return;
    entries.push_back({utf8(child->title()), depth});
    if (depth < deepest) read_outline(*child, depth + 1, entries);
  }
}

std::unique_ptr<poppler::document> opened(std::string_view body) {
  return std::unique_ptr<poppler::document>(
      poppler::document::load_from_raw_data(body.data(), static_cast<int>(body.size())));
}

/// The number of the object that is the file's catalogue, as text; empty if none stands in plain sight.
std::string catalogue_of(std::string_view body) {
  std::size_t at = body.find("/Catalog");
  if (at == std::string_view::npos) return {};
  at = body.rfind(" obj", at);
  if (at == std::string_view::npos) return {};
  std::size_t from = at;
  while (from > 0 && (is_digit(body[from - 1]) || body[from - 1] == ' ')) --from;
  return std::string(trim(body.substr(from, at - from)));  // "12 0"
}

void read(std::string_view body, PdfContent& content) {
  // Poppler prints complaints to standard error otherwise; once, since the setting is the process's.
  [[maybe_unused]] static const bool quiet = (poppler::set_debug_error_function(&hear, nullptr), true);
  rebuilt = false;
  std::string mended;  // outlives the document, which reads from it
  std::unique_ptr<poppler::document> pdf = opened(body);
  // Of a file that was cut, the table at its end is missing; the library finds objects, but must be told the first.
  if (!pdf) {
    if (const std::string root = catalogue_of(body); !root.empty()) {
      mended = std::string(body) + "\ntrailer\n<</Root " + root + " R>>\nstartxref\n0\n%%EOF\n";
      pdf = opened(mended);
      rebuilt = true;
    }
  }
  if (!pdf || pdf->is_locked()) {
    content.state = pdf ? PdfContent::State::locked : PdfContent::State::not_opened;
    return;
  }
  content.state = PdfContent::State::read;
  content.page_count = pdf->pages();
  std::size_t words = 0;
  const int count = std::min(pdf->pages(), most_pdf_pages);
  for (int i = 0; i < count && words < most_pdf_words; ++i) {
    const std::unique_ptr<poppler::page> page(pdf->create_page(i));
    if (!page) {
      ++content.unreadable;
      continue;
    }
    content.pages.push_back(read_page(*page));
    words += content.pages.back().words.size() + content.pages.back().sideways.size();
  }
  if (const std::unique_ptr<poppler::toc> toc(pdf->create_toc()); toc && toc->root() != nullptr) {
    read_outline(*toc->root(), 1, content.outline);
  }
  content.title = utf8(pdf->get_title());
  content.damaged = rebuilt;
}

}  // namespace
}  // namespace waydiff::extract

void waydiff_read_pdf(const std::string_view& body, waydiff::extract::PdfContent& content) {
  waydiff::extract::read(body, content);
}
