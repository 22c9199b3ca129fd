#include "extract/extract.hpp"

#include <algorithm>

#include "extract/ascii.hpp"
#include "extract/blocks.hpp"
#include "extract/charset.hpp"
#include "extract/content.hpp"
#include "extract/dates.hpp"
#include "extract/html_tree.hpp"
#include "extract/inline_text.hpp"
#include "extract/language.hpp"
#include "extract/page_head.hpp"
#include "extract/pdf.hpp"
#include "extract/tag_scan.hpp"
#include "extract/utf8.hpp"
#include "extract/verdict.hpp"

namespace waydiff::extract {
namespace {

using core::Block;
using core::BlockKind;
using core::Document;

enum class BodyKind { html, text, markdown, pdf, other };

bool has_type(std::string_view content_type, std::string_view type) {
  return starts_ignoring_case(content_type, type);
}

bool looks_like_html(std::string_view body) {
  std::string_view head = body.substr(0, 4096);
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  head = trim(head);
  for (const std::string_view tag :
       {"<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<table", "<div", "<p>", "<h1", "<h2",
        "<center", "<font", "<script", "<!--", "<section", "<main", "<article"}) {
    if (starts_ignoring_case(head, tag)) return true;
  }
  return find_ignoring_case(head, "<html") != std::string_view::npos ||
         find_ignoring_case(head, "<!doctype html") != std::string_view::npos;
}

// Bytes that no text has: controls other than white space. UTF-16 has many zeros and is text.
bool looks_binary(std::string_view body) {
  const std::string_view head = body.substr(0, 4096);
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) return false;
  const auto controls = std::count_if(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 32 && !is_space(c) && byte != 27) || byte == 127;
  });
  const auto zeros = std::count(head.begin(), head.end(), '\0');
  if (zeros * 10 > static_cast<std::ptrdiff_t>(head.size()) * 4) return false;
  return controls * 50 > static_cast<std::ptrdiff_t>(head.size());
}

BodyKind kind_of(std::string_view body, std::string_view content_type) {
  const std::string_view head = body.substr(0, 1024);
  if (head.find("%PDF-") != std::string_view::npos && !looks_like_html(body)) return BodyKind::pdf;
  for (const std::string_view magic : {"\x89PNG", "GIF8", "\xFF\xD8\xFF", "PK\x03\x04", "\x1F\x8B", "RIFF"}) {
    if (body.starts_with(magic)) return BodyKind::other;
  }
  if (looks_like_html(body)) return BodyKind::html;
  if (looks_binary(body)) return BodyKind::other;
  const std::string_view type = trim(content_type);
  if (has_type(type, "text/markdown") || has_type(type, "text/x-markdown")) return BodyKind::markdown;
  if (has_type(type, "text/plain")) return BodyKind::text;
  if (type.empty() || has_type(type, "text/html") || has_type(type, "application/xhtml") ||
      has_type(type, "application/xml") || has_type(type, "text/xml") || has_type(type, "application/octet-stream") ||
      has_type(type, "unk") || has_type(type, "warc/revisit")) {
    const std::string_view start = trim(body.substr(0, 64));
    if (type.empty() && (start.starts_with('{') || start.starts_with("[{"))) return BodyKind::other;
    return body.find('<') != std::string_view::npos || has_type(type, "text/html") ? BodyKind::html : BodyKind::text;
  }
  return BodyKind::other;
}

/// Headings rank below the page's title, which has level 1. The heading that repeats it counts for none.
void rank_headings(Document& document) {
  const Block* title = repeated_title(document);
  const auto count = std::count_if(document.blocks.begin(), document.blocks.end(), [&](const Block& block) {
    return block.kind == BlockKind::heading && block.level == 1 && &block != title;
  });
  for (Block& block : document.blocks) {
    if (block.kind != BlockKind::heading) continue;
    block.level = count > 1 && &block != title ? std::min(block.level + 1, 6) : std::max(block.level, 2);
  }
}

Document read_html(const std::string& text, const Page& page, const Limits& limits) {
  const ScannedHtml scanned = scan_tags(text, limits.depth);
  const HtmlTree tree = HtmlTree::parse(scanned.html);
  Document document;
  document.title = title_of(tree);
  const Selection selection = select_content(tree, page.url);
  document.blocks = read_blocks(tree, selection, page.url);
  rank_headings(document);
  document.language = language_of(document, declared_language(tree));
  if (scanned.flattened > 0) {
    document.notes.push_back(std::to_string(scanned.flattened) +
                             " elements stood too deep or were too many; they are left out, their text stays");
  }
  PageSigns signs;
  signs.markup = read_markup_signs(text);
  signs.forwards_to = forwarding_address(tree, page.url);
  document.verdict = judge(document, signs);
  return document;
}

}  // namespace

core::Result<Document> extract(std::string_view body, const Page& page, const Limits& limits) {
  const std::string name = page.url.empty() ? std::string("page") : page.url;
  if (body.size() > limits.bytes) {
    return core::fail(core::Errc::too_large, name + ": " + std::to_string(body.size()) + " bytes, over the limit of " +
                                                 std::to_string(limits.bytes));
  }
  const BodyKind kind = kind_of(body, page.content_type);
  Document document;
  if (kind == BodyKind::other) {
    return core::fail(core::Errc::bad_document, name + ": not a page of text (" +
                                                    (page.content_type.empty() ? "no type" : page.content_type) + ")");
  }
  if (kind == BodyKind::pdf) {
    auto read = read_pdf(body);
    if (!read) return core::fail(read.error().code, name + ": " + read.error().detail);
    document = std::move(*read);
    rank_headings(document);
    document.language = language_of(document, document.language);
    document.verdict = judge(document, {});
  } else {
    const Decoded decoded = decode(body, page.content_type, kind == BodyKind::html);
    if (kind == BodyKind::html) {
      document = read_html(decoded.text, page, limits);
    } else {
      document = kind == BodyKind::markdown ? read_markdown(decoded.text) : read_text(decoded.text);
      document.verdict = judge(document, {});
    }
    for (std::string& note : notes_of(decoded)) document.notes.push_back(std::move(note));
  }
  document.dates = stated_dates(document);
  return document;
}

}  // namespace waydiff::extract
