#include "extract/pdf_blocks.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"
#include "extract/pdf_headings.hpp"
#include "extract/pdf_hyphens.hpp"
#include "extract/pdf_lines.hpp"
#include "extract/pdf_measures.hpp"
#include "extract/pdf_table.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

using core::Block;
using core::BlockKind;
using core::Inline;

constexpr double same_place = 0.6;  // of the font's size

enum class Mark { none, bullet, number, letter };

Mark mark_of(const PdfLine& line) {
  if (line.words.size() < 2 || !is_list_mark(line.words[0].text)) return Mark::none;
  const std::string& word = line.words[0].text;
  const char second = word[word.size() > 1 && !is_alnum(word[0]) ? 1 : 0];
  if (is_digit(second)) return Mark::number;
  const bool lettered = is_alpha(second) && (word.size() > 1);
  return lettered && static_cast<unsigned char>(word[0]) < 0x80 ? Mark::letter : Mark::bullet;
}

bool starts_lower(const PdfLine& line) {
  if (line.words.empty()) return false;
  const std::string& word = line.words.front().text;
  return !word.empty() && word[0] >= 'a' && word[0] <= 'z';
}

bool starts_number(const PdfLine& line) {
  if (line.words.empty()) return false;
  const std::string& word = line.words.front().text;
  // "2.1", "3.", "Section 4", "Art. 5"
  if (is_digit(word[0])) return word.find('.') != std::string::npos && word.size() < 10;
  return line.words.size() > 1 && is_digit(line.words[1].text[0]) &&
         (word == "Section" || word == "Article" || word == "Art." || word == "\xC2\xA7" || word == "Artikel");
}

bool closes(const PdfLine& line) {
  if (line.words.empty()) return true;
  std::string_view text = line.words.back().text;
  for (const std::string_view tail : {")", "\"", "'", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB", "]"}) {
    if (text.size() > tail.size() && text.ends_with(tail)) text.remove_suffix(tail.size());
  }
  for (const std::string_view end : {".", "!", "?", ":", ";", "\xE3\x80\x82", "\xE2\x80\xA6"}) {
    if (text.ends_with(end)) return true;
  }
  return false;
}

/// Puts lines together to blocks. One block is open at a time; a footnote or a table may not interrupt it.
class Composer {
 public:
  Composer(const std::vector<PdfLine>& lines, const std::vector<PdfOutlineEntry>& outline)
      : lines_(lines), hyphens_(lines), usual_(measures_of(lines)), headings_(usual_, outline) {}

  std::vector<Block> compose() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].table > 0) {
        close();
        put_row(lines_[i]);
      } else if (open_.empty() || begins(i)) {
        close();
        open(i);
      } else {
        open_.push_back(i);
      }
    }
    close();
    headings_.rank(blocks_);
    itemize();
    return std::move(blocks_);
  }

 private:
  [[nodiscard]] double place(const PdfLine& line) const { return line.left - line.column_left; }
  [[nodiscard]] bool same_style(const PdfLine& a, const PdfLine& b) const {
    return std::abs(a.size - b.size) <= 0.06 * std::max(a.size, b.size);
  }

  /// Where the text of a line with a mark begins.
  [[nodiscard]] double text_place(const PdfLine& line) const { return line.words[1].left - line.column_left; }

  [[nodiscard]] bool is_centered(std::size_t i) const {
    const PdfLine& line = lines_[i];
    const double before = line.left - line.column_left;
    const double after = line.column_right - line.right;
    if (before <= line.size * 2 || std::abs(before - after) >= line.size * 1.5) return false;
    // Neighbours that begin at the same place, and end elsewhere, are set to the left.
    const auto flush = [&](const PdfLine& other) {
      return other.column == line.column && std::abs(other.left - line.left) < 1 &&
             std::abs(other.right - line.right) > 3;
    };
    return !(i > 0 && flush(lines_[i - 1])) && !(i + 1 < lines_.size() && flush(lines_[i + 1]));
  }

  /// The mark is a list's: it stands apart from its text, or what follows hangs behind it.
  [[nodiscard]] bool is_item(std::size_t i) const {
    const PdfLine& line = lines_[i];
    const Mark mark = mark_of(line);
    if (mark == Mark::none || headings_.is_styled(line)) return false;
    if (is_centered(i)) return false;
    const std::string& word = line.words[0].text;
    const bool doubtful = mark != Mark::bullet || word == "-" || word == "\xE2\x80\x93" || word == "\xE2\x80\x94" ||
                          word == "o" || word == "*";
    const bool apart = line.words[1].left - line.words[0].right > line.size * 1.2;
    const bool indented = place(line) > line.size * 0.8 && std::abs(place(line) - usual_.indent) > 1.5;
    if (!doubtful || apart || indented) return true;
    if (mark == Mark::bullet) return true;
    if (i + 1 >= lines_.size()) return false;
    const PdfLine& next = lines_[i + 1];
    return next.column == line.column && next.table == 0 && !is_gap(usual_, line, next) &&
           std::abs(place(next) - text_place(line)) < line.size * 0.5;
  }

  /// Line `i` begins a block, seen from the open one.
  [[nodiscard]] bool begins(std::size_t i) const {
    const PdfLine& line = lines_[i];
    const PdfLine& before = lines_[open_.back()];
    const bool full = is_full(before, line);
    const bool apart = line.column != before.column;
    if (!same_style(line, before)) return true;
    const bool heading = headings_.is_styled(before);
    if (headings_.is_styled(line) != heading && (!full || heading)) return true;
    if (is_gap(usual_, before, line)) return true;
    const Mark mark = mark_of(line);
    if (mark != Mark::none || starts_number(line)) {
      if (apart || !full || closes(before) || is_item(i) || ends_list_part(before)) return true;
    }
    if (heading) return apart;
    const double shift = place(line) - place(before);
    const double em = line.size;
    if (item_) {
      const double inside = place(line) - item_place_;
      if (apart) return inside < -em * same_place || (!full && !starts_lower(line));
      if (inside < -em * same_place && place(line) < item_mark_ - em * same_place) {
        return open_.size() > 1 ? shift < -em * same_place || (!full && closes(before)) : !full;
      }
      return !full && closes(before) && !starts_lower(line);
    }
    if (apart) {
      if (!full && !starts_lower(line)) return true;
      if (std::abs(shift) < em * same_place) return false;
      return !(open_.size() == 1 && shift < 0) && !is_centered(open_.back());
    }
    if (usual_.indent > 0 && std::abs(place(line) - usual_.indent) < 1.5 && closes(before)) return true;
    const bool centered = is_centered(i) && is_centered(open_.back());
    if (shift > em * 0.8 && !centered) return open_.size() > 1 || !full || closes(before);
    if (shift < -em * 0.8 && !centered) return open_.size() > 1 || !full;
    if (full || is_narrow(i)) return false;
    return closes(before) || (is_indented(line) && is_indented(before) && !starts_lower(line));
  }

  [[nodiscard]] bool is_indented(const PdfLine& line) const {
    return place(line) > line.size * 0.8 && std::abs(place(line) - usual_.indent) > 1.5;
  }

  static bool ends_list_part(const PdfLine& line) {
    const std::string& last = line.words.back().text;
    return last.ends_with(',') || last == "and" || last == "or" || last == "und" || last == "oder";
  }

  /// The lines before end at one place short of the column's edge: a box of its own.
  [[nodiscard]] bool is_narrow(std::size_t i) const {
    if (open_.size() < 2) return false;
    const PdfLine& last = lines_[open_.back()];
    const PdfLine& other = lines_[open_[open_.size() - 2]];
    return std::abs(last.right - other.right) < 2 && lines_[i].right < last.right + 2;
  }

  void open(std::size_t i) {
    const PdfLine& line = lines_[i];
    open_.assign(1, i);
    item_ = is_item(i);
    inner_ = 0;
    const double em = line.size;
    if (item_) {
      item_mark_ = place(line);
      item_place_ = text_place(line);
      while (!places_.empty() && places_.back() > item_place_ + em * same_place) places_.pop_back();
      if (places_.empty() || places_.back() < item_place_ - em * same_place) places_.push_back(item_place_);
      return;
    }
    if (headings_.is_styled(line)) {
      places_.clear();
      return;
    }
    for (std::size_t k = 0; k < places_.size(); ++k) {
      if (std::abs(places_[k] - place(line)) < em * same_place) inner_ = static_cast<int>(k) + 1;
    }
    while (inner_ == 0 && !places_.empty() && places_.back() > place(line) - em * same_place) places_.pop_back();
  }

  void close() {
    if (open_.empty()) return;
    const PdfLine& first = lines_[open_.front()];
    Block block;
    std::size_t skipped = 0;
    if (item_) {
      block.kind = BlockKind::list_item;
      block.level = static_cast<int>(places_.size());
      const Mark mark = mark_of(first);
      if (mark != Mark::letter) skipped = 1;
      if (mark == Mark::number) {
        block.ordered = true;
        const std::string& word = first.words[0].text;
        const std::size_t digit = word.find_first_of("0123456789");
        std::from_chars(word.data() + digit, word.data() + word.size(), block.number);
      }
    } else {
      block.level = inner_;
    }
    block.runs = runs_of(skipped);
    const bool indented = is_indented(first) && !is_centered(open_.front());
    open_.clear();
    item_ = false;
    if (block.runs.empty()) return;
    if (block.kind == BlockKind::paragraph) headings_.mark(block, first);
    if (block.kind == BlockKind::paragraph && inner_ == 0 && indented) {
      shifted_.push_back({blocks_.size(), place(first), static_cast<int>(places_.size()), first.size});
    }
    blocks_.push_back(std::move(block));
  }

  /// The open lines' words under their marks, `skipped` of the first line's left out.
  [[nodiscard]] std::vector<Inline> runs_of(std::size_t skipped) const {
    std::vector<Inline> runs;
    const auto put = [&](std::string text, const PdfWord& word) {
      Inline run;
      run.strong = word.bold && !usual_.bold;
      run.emphasis = word.italic;
      run.text = std::move(text);
      runs.push_back(std::move(run));
    };
    for (std::size_t k = 0; k < open_.size(); ++k) {
      const PdfLine& line = lines_[open_[k]];
      const std::vector<PdfWord> words(line.words.begin() + static_cast<std::ptrdiff_t>(k == 0 ? skipped : 0),
                                       line.words.end());
      for (std::size_t w = 0; w < words.size(); ++w) {
        std::string text = words[w].text;
        const bool last = w + 1 == words.size();
        if (last && k + 1 < open_.size()) {
          const PdfLine& next = lines_[open_[k + 1]];
          const Joint joint = hyphens_.joint(text, next.words.front().text);
          if (joint == Joint::hyphen) {
            while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
            if (!text.empty()) text.pop_back();
          } else if (joint == Joint::space) {
            text += is_broken(line, next) ? "\n" : " ";
          }
        } else if (!last && (words[w].space_after ||
                             words[w + 1].left - words[w].right > std::min(words[w].size, words[w + 1].size) * 0.12)) {
          text += " ";
        }
        put(std::move(text), words[w]);
      }
    }
    auto parts = tidy_paragraphs(std::move(runs));
    return parts.empty() ? std::vector<Inline>() : std::move(parts.front());
  }

  /// The author's line break: much room was left on the line.
  [[nodiscard]] bool is_broken(const PdfLine& line, const PdfLine& next) const {
    if (line.column != next.column || is_full(line, next) || headings_.is_styled(line)) return false;
    const double room = line.column_right - line.right - (next.words.front().right - next.words.front().left);
    return room > (line.column_right - line.column_left) * 0.2 && !starts_lower(next);
  }

  /// Paragraphs that stand in, several in a row or below a colon, are items whose bullets were drawn, not written.
  void itemize() {
    for (std::size_t k = 0; k < shifted_.size();) {
      std::size_t end = k + 1;
      while (end < shifted_.size() && shifted_[end].block == shifted_[end - 1].block + 1) ++end;
      const std::size_t first = k;
      const std::size_t before = shifted_[k].block;
      const bool led = before > 0 && plain_text(blocks_[before - 1]).ends_with(':');
      std::vector<double> places;
      for (; k < end; ++k) {
        const Shifted& here = shifted_[k];
        const double near = here.size * same_place;
        while (!places.empty() && places.back() > here.place + near) places.pop_back();
        if (places.empty() || places.back() < here.place - near) places.push_back(here.place);
        if (!led && end - first == 1) continue;
        Block& block = blocks_[here.block];
        block.kind = BlockKind::list_item;
        block.level = here.outer + static_cast<int>(places.size());
      }
    }
  }

  void put_row(const PdfLine& line) {
    Block block;
    block.kind = BlockKind::table_row;
    block.number = static_cast<int>(line.table);
    const bool first =
        blocks_.empty() || blocks_.back().kind != BlockKind::table_row || blocks_.back().number != block.number;
    block.header = first && line.bold;
    for (const std::vector<PdfWord>& words : line.cells) {
      std::vector<Inline> runs;
      for (const std::vector<PdfWord>& row : rows_of(words)) {
        for (std::size_t w = 0; w < row.size(); ++w) {
          Inline run;
          run.text = row[w].text;
          run.strong = row[w].bold && !usual_.bold && !block.header;
          run.emphasis = row[w].italic;
          const bool joined =
              w + 1 < row.size() && !row[w].space_after && row[w + 1].left - row[w].right <= row[w].size * 0.12;
          if (!joined) run.text += " ";
          runs.push_back(std::move(run));
        }
      }
      block.cells.push_back(tidy_line(std::move(runs)));
    }
    places_.clear();
    blocks_.push_back(std::move(block));
  }

  struct Shifted {
    std::size_t block = 0;
    double place = 0;
    int outer = 0;  ///< depth of the items around it
    double size = 0;
  };

  const std::vector<PdfLine>& lines_;
  Hyphens hyphens_;
  PdfMeasures usual_;
  PdfHeadings headings_;
  std::vector<Block> blocks_;
  std::vector<Shifted> shifted_;   ///< paragraphs that stand in, without a mark
  std::vector<std::size_t> open_;  ///< lines of the block being put together
  std::vector<double> places_;     ///< where the texts of the items around it begin, outermost first
  bool item_ = false;
  int inner_ = 0;  ///< depth of the item whose further paragraph is open
  double item_mark_ = 0;
  double item_place_ = 0;
};

}  // namespace

std::vector<Block> blocks_of(const std::vector<PdfLine>& lines, const std::vector<PdfOutlineEntry>& outline) {
  return Composer(lines, outline).compose();
}

}  // namespace waydiff::extract
