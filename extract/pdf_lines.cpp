#include "extract/pdf_lines.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "extract/pdf_table.hpp"

namespace waydiff::extract {
namespace {

using Words = std::vector<PdfWord>;
using Rows = std::vector<Words>;

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double top_of(const Words& row) {
  return std::min_element(row.begin(), row.end(), [](auto& a, auto& b) { return a.top < b.top; })->top;
}

/// Rows on one side of a gutter.
struct Side {
  Rows rows;
  double words = 0;            ///< median number a row
  double fill = 0;             ///< median share of the width
  std::vector<double> starts;  ///< tops of the rows that follow a gap
};

Side side_of(Words words, double left, double right) {
  Side side;
  side.rows = rows_of(std::move(words));
  std::vector<double> counts;
  std::vector<double> widths;
  std::vector<double> pitches;
  for (std::size_t i = 0; i < side.rows.size(); ++i) {
    const Words& row = side.rows[i];
    counts.push_back(static_cast<double>(row.size()));
    widths.push_back((row.back().right - row.front().left) / std::max(1.0, right - left));
    if (i > 0) pitches.push_back(top_of(row) - top_of(side.rows[i - 1]));
  }
  side.words = median(counts);
  side.fill = median(widths);
  const double pitch = median(pitches);
  for (std::size_t i = 1; i < side.rows.size(); ++i) {
    if (pitches[i - 1] > pitch * 1.2) side.starts.push_back(top_of(side.rows[i]));
  }
  return side;
}

// Prose in two columns: both sides hold lines of several words that fill their width, and their paragraphs begin
// where they like. Rows of a table begin at one height: a white band runs through both sides above each.
bool are_columns(const Side& left, const Side& right) {
  if (left.rows.size() < 4 || right.rows.size() < 3) return false;
  if (left.words < 3 || right.words < 3 || left.fill < 0.5 || right.fill < 0.5) return false;
  const auto is_white = [](const Side& side, double top) {
    return std::none_of(side.rows.begin(), side.rows.end(), [&](const Words& row) {
      const double height = row.front().bottom - row.front().top;
      return row.front().top < top - height * 0.1 && row.front().bottom > top - height * 0.35;
    });
  };
  const auto shared =
      std::count_if(left.starts.begin(), left.starts.end(), [&](double top) { return is_white(right, top); }) +
      std::count_if(right.starts.begin(), right.starts.end(), [&](double top) { return is_white(left, top); });
  const std::size_t all = left.starts.size() + right.starts.size();
  return shared < 3 || static_cast<std::size_t>(shared) * 10 < all * 7;
}

struct Column {
  Rows rows;
  int index = 0;  ///< among its neighbours
  int of = 1;
};

/// Places that most rows leave white, best first, not too near the edges nor each other.
std::vector<double> gutters_of(const Rows& rows) {
  static constexpr double step = 2;
  static constexpr double apart = 12;
  static constexpr std::size_t most = 6;
  if (rows.size() < 4) return {};
  double left = 1e9;
  double right = -1e9;
  for (const Words& row : rows) {
    left = std::min(left, row.front().left);
    for (const PdfWord& word : row) right = std::max(right, word.right);
  }
  if (!(right - left > 100) || right - left > 20'000) return {};
  std::vector<std::size_t> covered(static_cast<std::size_t>((right - left) / step) + 1);
  for (const Words& row : rows) {
    for (const PdfWord& word : row) {
      const auto from = static_cast<std::size_t>((word.left - left) / step);
      const auto to = static_cast<std::size_t>(std::max(0.0, word.right - left) / step);
      for (std::size_t i = from; i <= to && i < covered.size(); ++i) ++covered[i];
    }
  }
  std::vector<std::pair<std::size_t, double>> places;
  const std::size_t margin = covered.size() / 8;
  for (std::size_t i = margin; i + margin < covered.size(); ++i) {
    places.emplace_back(covered[i], left + (static_cast<double>(i) + 0.5) * step);
  }
  std::stable_sort(places.begin(), places.end(), [](auto& a, auto& b) { return a.first < b.first; });
  std::vector<double> gutters;
  for (const auto& [count, place] : places) {
    if (count + 4 > rows.size() || gutters.size() >= most) break;
    const bool near = std::any_of(gutters.begin(), gutters.end(),
                                  [&, at = place](double other) { return std::abs(other - at) < apart; });
    if (!near) gutters.push_back(place);
  }
  return gutters;
}

void split_columns(Rows rows, int depth, std::vector<Column>& columns);

// Cuts the longest stretch of rows that leave the strip before `gutter` white. False if its sides are no columns.
bool split_at(const Rows& rows, double gutter, int depth, std::vector<Column>& columns) {
  const auto crosses = [&](const Words& row) {
    return std::any_of(row.begin(), row.end(),
                       [&](const PdfWord& word) { return word.left < gutter + 2 && word.right > gutter - 2; });
  };
  std::size_t best = 0;
  std::size_t length = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::size_t end = i;
    while (end < rows.size() && !crosses(rows[end])) ++end;
    if (end - i > length) {
      best = i;
      length = end - i;
    }
    i = end;
  }
  if (length < 4) return false;
  Words before;
  Words after;
  for (std::size_t i = best; i < best + length; ++i) {
    for (const PdfWord& word : rows[i]) (word.left < gutter ? before : after).push_back(word);
  }
  if (before.empty() || after.empty()) return false;
  double left = gutter;
  double inner = 0;
  double right = gutter;
  double outer = 1e9;
  for (const PdfWord& word : before) left = std::min(left, word.left), inner = std::max(inner, word.right);
  for (const PdfWord& word : after) outer = std::min(outer, word.left), right = std::max(right, word.right);
  const double size = after.front().size;
  if (outer - inner < std::max(7.0, size * 0.8)) return false;  // the spaces of some lines, one below the other
  Side first = side_of(std::move(before), left, inner);
  Side second = side_of(std::move(after), outer, right);
  if (!are_columns(first, second)) return false;
  const auto at = [&](std::size_t i) { return rows.begin() + static_cast<std::ptrdiff_t>(i); };
  if (best > 0) split_columns(Rows(rows.begin(), at(best)), depth + 1, columns);
  const std::size_t from = columns.size();
  split_columns(std::move(first.rows), depth + 1, columns);
  split_columns(std::move(second.rows), depth + 1, columns);
  const auto count = static_cast<int>(columns.size() - from);
  for (int i = 0; i < count; ++i) {
    columns[from + static_cast<std::size_t>(i)].index = i;
    columns[from + static_cast<std::size_t>(i)].of = count;
  }
  if (best + length < rows.size()) split_columns(Rows(at(best + length), rows.end()), depth + 1, columns);
  return true;
}

void split_columns(Rows rows, int depth, std::vector<Column>& columns) {
  static constexpr int deepest = 8;
  if (depth < deepest) {
    for (const double gutter : gutters_of(rows)) {
      if (split_at(rows, gutter, depth, columns)) return;
    }
  }
  if (!rows.empty()) columns.push_back({std::move(rows), 0, 1});
}

PdfLine line_of(Words words) {
  PdfLine line;
  line.left = words.front().left;
  line.top = top_of(words);
  std::map<int, std::size_t> sizes;
  bool bold = true;
  for (const PdfWord& word : words) {
    line.left = std::min(line.left, word.left);
    line.right = std::max(line.right, word.right);
    line.bottom = std::max(line.bottom, word.bottom);
    sizes[static_cast<int>(std::lround(word.size * 4))] += word.text.size();
    bold = bold && word.bold;
  }
  line.bold = bold;
  line.size =
      std::max_element(sizes.begin(), sizes.end(), [](auto& a, auto& b) { return a.second < b.second; })->first / 4.0;
  line.words = std::move(words);
  return line;
}

/// Columns of the same rank share their edges: a page of short lines does not know its own.
void share_edges(std::vector<PdfLine>& lines, const std::vector<std::pair<int, int>>& ranks) {
  struct Edges {
    double left = 1e9;
    double right = 0;
    std::size_t lines = 0;
  };
  std::map<std::size_t, Edges> own;
  for (const PdfLine& line : lines) {
    Edges& edges = own[line.column];
    edges.left = std::min(edges.left, line.left);
    edges.right = std::max(edges.right, line.right);
    ++edges.lines;
  }
  std::map<std::pair<int, int>, std::pair<std::vector<double>, std::vector<double>>> usual;
  for (const auto& [column, edges] : own) {
    if (edges.lines < 8) continue;
    usual[ranks[column]].first.push_back(edges.left);
    usual[ranks[column]].second.push_back(edges.right);
  }
  std::map<std::pair<int, int>, std::pair<double, double>> shared;
  for (auto& [rank, edges] : usual) shared[rank] = {median(edges.first), median(edges.second)};
  for (PdfLine& line : lines) {
    const Edges& edges = own[line.column];
    line.column_left = edges.left;
    line.column_right = edges.right;
    const auto found = shared.find(ranks[line.column]);
    if (found == shared.end()) continue;
    const auto& [left, right] = found->second;
    if (left < edges.left && edges.left - left < (right - left) / 2) line.column_left = left;
    if (right > edges.right) line.column_right = right;
  }
}

}  // namespace

std::vector<std::vector<PdfWord>> rows_of(std::vector<PdfWord> words) {
  std::stable_sort(words.begin(), words.end(), [](auto& a, auto& b) { return a.middle() < b.middle(); });
  Rows rows;
  double middle = 0;
  double height = 0;
  for (PdfWord& word : words) {
    const double own = word.bottom - word.top;
    if (rows.empty() || word.middle() - middle > std::min(height, own) * 0.5) {
      rows.emplace_back();
      middle = word.middle();
      height = own;
    }
    height = std::max(height, own);
    rows.back().push_back(std::move(word));
  }
  for (Words& row : rows) {
    std::stable_sort(row.begin(), row.end(), [](auto& a, auto& b) { return a.left < b.left; });
  }
  return rows;
}

std::vector<PdfLine> lines_of(const std::vector<PdfPage>& pages) {
  std::vector<PdfLine> lines;
  std::vector<std::pair<int, int>> ranks;
  std::size_t tables = 0;
  const auto put = [&](PdfLine line) {
    line.column = ranks.size() - 1;
    lines.push_back(std::move(line));
  };
  for (const PdfPage& page : pages) {
    std::vector<Column> columns;
    split_columns(rows_of(page.words), 0, columns);
    for (Column& column : columns) {
      ranks.emplace_back(column.index, column.of);
      for (PdfLine& line : with_tables(std::move(column.rows), tables)) {
        if (line.table > 0) {
          put(std::move(line));
          continue;
        }
        PdfLine measured = line_of(std::move(line.words));
        put(std::move(measured));
      }
    }
    if (page.sideways.empty()) continue;
    ranks.emplace_back(-1, -1);
    put(line_of(page.sideways));
  }
  share_edges(lines, ranks);
  return lines;
}

std::string text_of(const std::vector<PdfWord>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool apart =
        i > 0 && (words[i - 1].space_after || words[i].left - words[i - 1].right > words[i].size * 0.12 ||
                  words[i].top > words[i - 1].bottom);
    if (apart) text.push_back(' ');
    text += words[i].text;
  }
  return text;
}

}  // namespace waydiff::extract
