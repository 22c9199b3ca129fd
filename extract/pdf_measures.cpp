#include "extract/pdf_measures.hpp"

#include <cmath>
#include <cstddef>
#include <map>

namespace waydiff::extract {
namespace {

constexpr double steps = 50;  // pitches are counted in fiftieths of the size

double usual_pitch(const std::vector<PdfLine>& lines, double size) {
  std::map<int, std::size_t> times;
  std::size_t all = 0;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const PdfLine& line = lines[i];
    const PdfLine& before = lines[i - 1];
    if (line.column != before.column || line.table > 0 || before.table > 0) continue;
    if (std::abs(line.size - size) > 0.3 || std::abs(before.size - size) > 0.3) continue;
    const double pitch = (line.bottom - before.bottom) / size;
    if (pitch < 0.8 || pitch > 4) continue;
    ++times[static_cast<int>(std::lround(pitch * steps))];
    ++all;
  }
  // The closest that is common: gaps between paragraphs may be more frequent, never closer.
  for (const auto& [pitch, count] : times) {
    const auto next = times.find(pitch + 1);
    const std::size_t near = count + (next == times.end() ? 0 : next->second);
    if (near * 10 >= all) return (pitch + (next != times.end() && next->second > count ? 1 : 0)) / steps;
  }
  return 1.2;
}

double usual_indent(const std::vector<PdfLine>& lines, const PdfMeasures& usual) {
  std::map<int, std::size_t> times;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    const PdfLine& line = lines[i];
    const PdfLine& after = lines[i + 1];
    if (line.column != after.column || line.words.empty() || after.words.empty()) continue;
    const double shift = line.left - line.column_left;
    if (shift < usual.size * 0.8 || shift > usual.size * 4) continue;
    if (std::abs(after.left - line.column_left) > 1.5 || !is_full(line, after) || is_gap(usual, line, after)) continue;
    ++times[static_cast<int>(std::lround(shift))];
  }
  std::size_t most = 0;
  double best = 0;
  for (const auto& [shift, count] : times) {
    const auto next = times.find(shift + 1);
    const std::size_t after = next == times.end() ? 0 : next->second;
    if (count + after <= most) continue;
    most = count + after;
    best = (shift * static_cast<double>(count) + (shift + 1) * static_cast<double>(after)) / static_cast<double>(most);
  }
  return most >= 3 && most * 40 >= lines.size() ? best : 0;
}

}  // namespace

PdfMeasures measures_of(const std::vector<PdfLine>& lines) {
  PdfMeasures usual;
  std::map<int, std::size_t> letters;
  std::size_t bold = 0;
  std::size_t all = 0;
  for (const PdfLine& line : lines) {
    for (const PdfWord& word : line.words) {
      letters[static_cast<int>(std::lround(word.size * 4))] += word.text.size();
      all += word.text.size();
      if (word.bold) bold += word.text.size();
    }
  }
  std::size_t most = 0;
  for (const auto& [size, count] : letters) {
    if (count <= most) continue;
    most = count;
    usual.size = size / 4.0;
  }
  if (usual.size <= 0) usual.size = 10;
  usual.bold = bold * 10 > all * 6;
  usual.pitch = usual_pitch(lines, usual.size);
  usual.indent = usual_indent(lines, usual);
  return usual;
}

bool is_gap(const PdfMeasures& usual, const PdfLine& before, const PdfLine& line) {
  if (before.column != line.column) return false;
  const double size = std::max(before.size, line.size);
  return line.bottom - before.bottom > usual.pitch * size * 1.18 + 0.8;
}

bool is_full(const PdfLine& before, const PdfLine& line) {
  if (line.words.empty()) return false;
  const PdfWord& first = line.words.front();
  const double spare = before.column_right - before.right;
  return spare < first.right - first.left + before.size * 0.2;
}

}  // namespace waydiff::extract
