#include "extract/pdf_headings.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

/// Letters and digits only: outlines leave out numbers' spaces, and line breaks.
std::string key_of(std::string_view text) {
  std::string key;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    if (is_word_character(next_code_point(text, at))) key += lower(text.substr(before, at - before));
  }
  return key;
}

bool is_same(const std::string& block, const std::string& entry) {
  if (block == entry) return true;
  // "1. Scope" in the page is "Scope" in the outline, or the reverse.
  const auto ends = [](const std::string& longer, const std::string& shorter) {
    return shorter.size() >= 4 && longer.ends_with(shorter) && longer.size() - shorter.size() <= 4 &&
           is_digit(longer.front());
  };
  return ends(block, entry) || ends(entry, block);
}

bool holds_year(std::string_view text) {
  for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
    const bool alone = (i == 0 || !is_digit(text[i - 1])) && (i + 4 == text.size() || !is_digit(text[i + 4]));
    if (!alone || !is_digit(text[i + 2]) || !is_digit(text[i + 3])) continue;
    const std::string_view century = text.substr(i, 2);
    if (century == "19" || century == "20") return true;
  }
  return false;
}

}  // namespace

PdfHeadings::PdfHeadings(const PdfMeasures& usual, const std::vector<PdfOutlineEntry>& outline) : usual_(usual) {
  for (const PdfOutlineEntry& entry : outline) {
    std::string key = key_of(entry.title);
    if (!key.empty()) outline_.push_back({std::move(key), entry.depth});
  }
}

bool PdfHeadings::is_styled(const PdfLine& line) const {
  if (line.words.empty()) return false;
  return line.size > usual_.size * 1.08 + 0.1 || (line.bold && !usual_.bold && line.size > usual_.size * 0.93);
}

void PdfHeadings::mark(core::Block& block, const PdfLine& line) {
  const std::string text = plain_text(block);
  const Style style{-static_cast<int>(std::lround(line.size * 4)), line.bold ? 0 : 1};
  static constexpr std::size_t longest = 300;
  if (text.size() > longest || count_words(text) == 0) return;
  int depth = 0;
  const std::string key = key_of(text);
  static constexpr std::size_t ahead = 12;  // entries that may be missing from the text
  for (std::size_t i = next_; i < outline_.size() && i < next_ + ahead; ++i) {
    if (!is_same(key, outline_[i].title)) continue;
    depth = outline_[i].depth;
    next_ = i + 1;
    break;
  }
  if (depth == 0) {
    const bool strong = std::all_of(block.runs.begin(), block.runs.end(),
                                    [](const core::Inline& run) { return run.strong || count_words(run.text) == 0; });
    const bool larger = line.size > usual_.size * 1.08 + 0.1;
    if (!larger && (!strong || usual_.bold)) return;
    static constexpr std::size_t longest_bold = 160;
    const char last = text.back();
    if (!larger && (text.size() > longest_bold || last == '.' || last == ';' || last == ',' || last == ':')) return;
    if (!larger && holds_year(text)) return;  // "Last updated: May 25, 2018" in bold
    // A whole paragraph in large letters is no heading.
    if (larger && text.size() > longest_bold && (last == '.' || last == ';')) return;
  }
  block.kind = core::BlockKind::heading;
  block.level = 1;
  std::vector<core::Inline> plain;
  for (core::Inline& run : block.runs) {
    run.strong = false;
    std::replace(run.text.begin(), run.text.end(), '\n', ' ');
  }
  block.runs = tidy_line(std::move(block.runs));
  marked_.push_back({style, depth});
}

void PdfHeadings::rank(std::vector<core::Block>& blocks) const {
  std::set<Style> plain;
  std::map<Style, int> named;  // styles that the outline has placed
  for (const Marked& heading : marked_) {
    if (heading.depth == 0) {
      plain.insert(heading.style);
    } else {
      const auto [at, fresh] = named.emplace(heading.style, heading.depth);
      if (!fresh) at->second = std::min(at->second, heading.depth);
    }
  }
  std::size_t count = 0;
  for (const auto& [style, depth] : named) count += static_cast<std::size_t>(depth > 0);
  std::size_t next = 0;
  int above = 0;
  for (core::Block& block : blocks) {
    if (block.kind != core::BlockKind::heading || next >= marked_.size()) continue;
    const Marked& heading = marked_[next++];
    int level = heading.depth;
    if (level == 0 && count > 0) {
      const auto known = named.find(heading.style);
      level = known != named.end() ? known->second : above + 1;
    } else if (level == 0) {
      level = 1 + static_cast<int>(std::distance(plain.begin(), plain.find(heading.style)));
    }
    block.level = std::clamp(level, 1, 6);
    if (heading.depth > 0) above = heading.depth;
  }
}

}  // namespace waydiff::extract
