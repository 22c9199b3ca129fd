#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/ascii.hpp"
#include "extract/extract.hpp"
#include "extract/inline_text.hpp"
#include "extract/language.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

using core::Block;
using core::BlockKind;
using core::Inline;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\n\f"), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Length of a bullet and the spaces behind it; 0 if the line has none.
std::size_t bullet_length(std::string_view line) {
  for (const std::string_view mark : {"-", "*", "+", "\xE2\x80\xA2", "\xE2\x97\x8F", "\xE2\x96\xAA", "\xE2\x97\xA6",
                                      "\xC2\xB7", "\xE2\x80\x93", "\xEF\x82\xB7", "o"}) {
    if (!line.starts_with(mark) || line.size() <= mark.size() + 1 || line[mark.size()] != ' ') continue;
    std::size_t length = mark.size();
    while (length < line.size() && line[length] == ' ') ++length;
    return length < line.size() ? length : 0;
  }
  return 0;
}

class Joiner {
 public:
  void line(std::string_view raw, std::size_t width) {
    const std::string_view text = trim(raw);
    if (text.empty()) {
      end();
      return;
    }
    const std::size_t bullet = bullet_length(text);
    // A line that ends early ends its paragraph when it closes a sentence.
    if (bullet > 0 || (short_before_ && closes(text_))) end();
    if (bullet > 0) kind_ = BlockKind::list_item;
    if (!text_.empty()) text_.push_back(' ');
    text_ += text.substr(bullet);
    short_before_ = raw.size() * 10 < width * 8;
  }
  void end() {
    const std::string text = tidy_text(text_);
    if (!text.empty()) {
      Block block;
      block.kind = kind_;
      block.level = kind_ == BlockKind::list_item ? 1 : 0;
      block.runs.push_back(Inline{text, false, false, false, ""});
      blocks_.push_back(std::move(block));
    }
    text_.clear();
    kind_ = BlockKind::paragraph;
    short_before_ = false;
  }
  std::vector<Block> take() {
    end();
    return std::move(blocks_);
  }

 private:
  static bool closes(std::string_view text) {
    return !text.empty() && (text.back() == '.' || text.back() == ':' || text.back() == '!' || text.back() == '?');
  }
  std::vector<Block> blocks_;
  std::string text_;
  BlockKind kind_ = BlockKind::paragraph;
  bool short_before_ = false;
};

std::size_t usual_width(const std::vector<std::string>& lines) {
  std::size_t widest = 0;
  for (const std::string& line : lines) widest = std::max(widest, std::min<std::size_t>(line.size(), 120));
  return widest;
}

}  // namespace

core::Document read_text(std::string_view text, Telling language) {
  const std::string good = repaired_utf8(text);
  const std::vector<std::string> lines = lines_of(good);
  // Wrapped by hand when lines are short and most of them are followed by another one; else a line is a paragraph.
  const std::size_t width = usual_width(lines);
  std::size_t followed = 0;
  std::size_t filled = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (trim(lines[i]).empty()) continue;
    ++filled;
    followed += i + 1 < lines.size() && !trim(lines[i + 1]).empty();
  }
  const bool wrapped = width <= 100 && followed * 2 > filled;
  Joiner joiner;
  for (const std::string& line : lines) {
    joiner.line(line, width);
    if (!wrapped) joiner.end();
  }
  core::Document document;
  document.blocks = joiner.take();
  if (language == Telling::now) document.language = language_of(document, "");
  return document;
}

}  // namespace waydiff::extract
