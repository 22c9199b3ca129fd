#include "extract/pdf_table.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "extract/ascii.hpp"
#include "extract/pdf_lines.hpp"

namespace waydiff::extract {
namespace {

using Words = std::vector<PdfWord>;
using Rows = std::vector<Words>;

struct Strip {
  double from;
  double to;
};

/// White strips between the words of a row, wide enough to part cells.
std::vector<Strip> strips_of(const Words& row) {
  std::vector<Strip> strips;
  double right = row.front().right;
  for (std::size_t i = 1; i < row.size(); ++i) {
    if (row[i].left - right > std::max(5.0, row[i].size * 0.7)) strips.push_back({right, row[i].left});
    right = std::max(right, row[i].right);
  }
  return strips;
}

bool parts_cells(const Words& row) {
  for (std::size_t i = 1; i < row.size(); ++i) {
    const bool wide = row[i].left - row[i - 1].right > row[i].size;
    if (wide && !(i == 1 && is_list_mark(row[0].text))) return true;
  }
  return false;
}

constexpr double narrowest = 2.5;  // points between columns

/// What stays white of each strip when `row` is added: of one that words cut, the widest part.
std::vector<Strip> narrowed(const std::vector<Strip>& strips, const Words& row) {
  std::vector<Strip> left;
  for (const Strip& strip : strips) {
    Strip widest{strip.from, strip.from};
    double from = strip.from;
    const auto offer = [&](double to) {
      if (to - from > widest.to - widest.from) widest = {from, to};
    };
    for (const PdfWord& word : row) {
      if (word.right <= strip.from || word.left >= strip.to) continue;
      offer(std::min(word.left, strip.to));
      from = std::max(from, word.right);
    }
    offer(strip.to);
    if (widest.to - widest.from > narrowest) left.push_back(widest);
  }
  return left;
}

std::size_t cell_of(const PdfWord& word, const std::vector<Strip>& strips) {
  std::size_t cell = 0;
  while (cell < strips.size() && word.left >= strips[cell].to - 0.5) ++cell;
  return cell;
}

double top_of(const Words& row) {
  return std::min_element(row.begin(), row.end(), [](auto& a, auto& b) { return a.top < b.top; })->top;
}

double bottom_of(const Words& row) {
  return std::max_element(row.begin(), row.end(), [](auto& a, auto& b) { return a.bottom < b.bottom; })->bottom;
}

bool has_cell(const Words& row, const std::vector<Strip>& strips, std::size_t cell) {
  return std::any_of(row.begin(), row.end(), [&](const PdfWord& word) { return cell_of(word, strips) == cell; });
}

/// The words between two white bands that cross the whole table.
struct Band {
  Words words;
  double gap = 0;  ///< above it
  double bottom = 0;
};

std::vector<Band> bands_of(const Rows& rows) {
  Words words;
  for (const Words& row : rows) words.insert(words.end(), row.begin(), row.end());
  std::stable_sort(words.begin(), words.end(), [](auto& a, auto& b) { return a.top < b.top; });
  std::vector<Band> bands;
  for (PdfWord& word : words) {
    // Boxes of neighbouring lines may touch or overlap by a hair.
    const double hair = word.size * 0.25;
    if (bands.empty() || word.top > bands.back().bottom - hair) {
      Band band;
      band.gap = bands.empty() ? 0 : word.top - bands.back().bottom;
      band.bottom = word.bottom;
      bands.push_back(std::move(band));
    }
    bands.back().bottom = std::max(bands.back().bottom, word.bottom);
    bands.back().words.push_back(std::move(word));
  }
  return bands;
}

/// Bands as rows of the table: cut at the wider gaps where gaps tell, else where the first column begins anew. Cells
/// whose text is set in their middle have lines at heights of their own.
std::vector<Words> table_rows(const Rows& rows, const std::vector<Strip>& strips) {
  std::vector<Band> bands = bands_of(rows);
  double closest = 1e9;
  double widest = -1e9;
  for (std::size_t i = 1; i < bands.size(); ++i) {
    closest = std::min(closest, bands[i].gap);
    widest = std::max(widest, bands[i].gap);
  }
  const bool gaps = widest - closest > 1.2;
  const auto whole = std::count_if(bands.begin(), bands.end(), [&](const Band& band) {
    return has_cell(band.words, strips, 0) && has_cell(band.words, strips, 1);
  });
  const bool each = !gaps && static_cast<std::size_t>(whole) * 10 >= bands.size() * 7;
  std::vector<Words> result;
  for (Band& band : bands) {
    const bool cut = result.empty() || each || (gaps ? band.gap > closest + 0.9 : has_cell(band.words, strips, 0));
    if (cut) result.emplace_back();
    result.back().insert(result.back().end(), band.words.begin(), band.words.end());
  }
  return result;
}

PdfLine table_row(const Words& words, const std::vector<Strip>& strips) {
  PdfLine line;
  line.cells.resize(strips.size() + 1);
  line.left = words.front().left;
  line.top = top_of(words);
  line.bottom = bottom_of(words);
  line.size = words.front().size;
  line.bold = true;
  for (const PdfWord& word : words) {
    line.left = std::min(line.left, word.left);
    line.right = std::max(line.right, word.right);
    line.bold = line.bold && word.bold;
    line.cells[cell_of(word, strips)].push_back(word);
  }
  return line;
}

struct Table {
  std::size_t end = 0;  ///< row of words behind it; 0: none
  std::vector<PdfLine> rows;
};

Table table_at(const Rows& rows, std::size_t from) {
  Table none;
  std::vector<Strip> strips = strips_of(rows[from]);
  std::size_t end = from + 1;
  std::size_t last_parted = from;
  for (; end < rows.size(); ++end) {
    const double height = rows[end - 1].front().bottom - rows[end - 1].front().top;
    if (top_of(rows[end]) - bottom_of(rows[end - 1]) > height * 3) break;
    std::vector<Strip> left = narrowed(strips, rows[end]);
    // Each row must leave all columns: one that crosses a strip is text again.
    if (left.empty() || left.size() < strips.size()) break;
    strips = std::move(left);
    if (has_cell(rows[end], strips, 0) && cell_of(rows[end].back(), strips) > 0) last_parted = end;
  }
  // Below the last row of two cells only the rest of its cells can follow, without a gap.
  const auto gap = [&](std::size_t i) { return top_of(rows[i]) - bottom_of(rows[i - 1]); };
  double closest = 1e9;
  for (std::size_t i = from + 1; i < end; ++i) closest = std::min(closest, gap(i));
  std::size_t stop = last_parted + 1;
  while (stop < end && gap(stop) < std::max(closest + 1, rows[stop].front().size * 0.25)) ++stop;
  const Rows inside(rows.begin() + static_cast<std::ptrdiff_t>(from), rows.begin() + static_cast<std::ptrdiff_t>(stop));
  if (inside.size() < 2) return none;
  std::size_t parted = 0;
  std::size_t marks = 0;
  for (const Words& row : inside) {
    parted += has_cell(row, strips, 0) && row.size() > 1 && cell_of(row.back(), strips) > 0;
    marks += row.size() > 1 && cell_of(row[1], strips) > 0 && is_list_mark(row[0].text);
  }
  if (parted < 2 || parted * 3 < inside.size() || marks * 2 > parted) return none;
  const std::vector<Words> found = table_rows(inside, strips);
  if (found.size() < 2) return none;
  Table table;
  table.end = stop;
  for (const Words& words : found) table.rows.push_back(table_row(words, strips));
  return table;
}

}  // namespace

bool is_list_mark(std::string_view word) {
  static constexpr std::array<std::string_view, 32> bullets{"\xE2\x80\xA2",
                                                            "\xE2\x97\x8F",
                                                            "\xE2\x97\x8B",
                                                            "\xE2\x96\xAA",
                                                            "\xE2\x96\xAB",
                                                            "\xE2\x97\xA6",
                                                            "\xC2\xB7",
                                                            "\xE2\x96\xA0",
                                                            "\xE2\x96\xA1",
                                                            "\xE2\x97\x86",
                                                            "\xE2\x97\x87",
                                                            "\xE2\x9E\xA2",
                                                            "\xE2\x9C\x93",
                                                            "\xE2\x9C\x94",
                                                            "\xE2\x96\xBA",
                                                            "\xE2\x96\xB8",
                                                            "\xE2\x80\xA3",
                                                            "\xE2\x81\x83",
                                                            "\xE2\x80\x93",
                                                            "\xE2\x80\x94",
                                                            "-",
                                                            "*",
                                                            "o",
                                                            "\xEF\x82\xB7",
                                                            "\xEF\x82\xA7",
                                                            "\xEF\x83\x98",
                                                            "\xEF\x80\xAD",
                                                            "\xEF\x83\xBC",
                                                            "\xEF\x81\xB6",
                                                            "\xEF\x82\x9F",
                                                            "\xE2\x88\x99",
                                                            "\xE2\xA6\x81"};
  if (std::find(bullets.begin(), bullets.end(), word) != bullets.end()) return true;
  const bool opened = word.starts_with('(') || word.starts_with('[');
  if (opened) word.remove_prefix(1);
  if (word.size() < 2 || word.size() > 7) return false;
  const char close = word.back();
  if (opened ? close != ')' && close != ']' : close != '.' && close != ')') return false;
  word.remove_suffix(1);
  if (std::all_of(word.begin(), word.end(), is_digit)) return word.size() <= 3;
  if (word.size() == 1) return is_alpha(word[0]);
  return word.find_first_not_of("ivxIVX") == std::string_view::npos ||
         (word.size() == 2 && word[0] == word[1] && is_alpha(word[0]));
}

std::vector<PdfLine> with_tables(std::vector<std::vector<PdfWord>> rows, std::size_t& tables) {
  std::vector<PdfLine> lines;
  for (std::size_t i = 0; i < rows.size();) {
    Table table = parts_cells(rows[i]) ? table_at(rows, i) : Table();
    if (table.end == 0) {
      PdfLine line;
      line.words = std::move(rows[i++]);
      lines.push_back(std::move(line));
      continue;
    }
    ++tables;
    for (PdfLine& line : table.rows) {
      line.table = tables;
      lines.push_back(std::move(line));
    }
    i = table.end;
  }
  return lines;
}

}  // namespace waydiff::extract
