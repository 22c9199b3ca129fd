#include "extract/pdf_furniture.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "extract/ascii.hpp"
#include "extract/pdf_lines.hpp"

namespace waydiff::extract {
namespace {

constexpr std::size_t deepest = 4;  // rows from the edge that may be furniture
constexpr double same_height = 4;   // points

struct EdgeRow {
  std::string key;    ///< its text, numbers as "#"
  double height = 0;  ///< distance from the edge
  double left = 0;
  double right = 0;
  double top = 0;
  double bottom = 0;
  double gap = 0;  ///< to the next row inwards
};

bool is_roman(std::string_view word) {
  return !word.empty() && word.size() <= 6 && word.find_first_not_of("ivxl") == std::string_view::npos;
}

std::string key_of(const std::vector<PdfWord>& row) {
  const std::string text = text_of(row);
  if (is_roman(lower(text))) return "#";
  std::string key;
  for (const char c : text) {
    if (!is_digit(c)) {
      key.push_back(c);
    } else if (key.empty() || key.back() != '#') {
      key.push_back('#');
    }
  }
  return key;
}

// "7", "- 7 -", "7/12", "Page 7", "Seite 7 von 12": a number and at most two words beside it.
bool is_page_number(const std::string& key) {
  const auto numbers = std::count(key.begin(), key.end(), '#');
  if (numbers == 0 || numbers > 2) return false;
  std::string letters;
  for (const char c : lower(key)) {
    if (c != '#' && c != ' ' && c != '-' && c != '/' && c != '|' && c != '.' && c != '[' && c != ']') letters += c;
  }
  for (const std::string_view words : {"",
                                       "page",
                                       "pageof",
                                       "of",
                                       "p",
                                       "pg",
                                       "seite",
                                       "seitevon",
                                       "von",
                                       "pagesur",
                                       "sur",
                                       "página",
                                       "páginade",
                                       "pagina",
                                       "paginadi",
                                       "paginavan",
                                       "di",
                                       "de",
                                       "van",
                                       "strona",
                                       "stronaz",
                                       "sida",
                                       "side",
                                       "sivu",
                                       "strana",
                                       "\xE2\x80\x93",
                                       "\xE2\x80\x93\xE2\x80\x93",
                                       "\xE2\x80\x94\xE2\x80\x94"}) {
    if (letters == words) return true;
  }
  return false;
}

// What browsers print around a page: the time and the title above, the address and the page's number below.
bool is_printed_by_browser(const std::string& key, bool at_top) {
  if (at_top) return key.starts_with("#/#/#, #:#") || key.starts_with("#.#.#, #:#");
  const std::size_t space = key.rfind(' ');
  return key.find("://") < 8 && space != std::string::npos && key.substr(space + 1) == "#/#";
}

std::vector<EdgeRow> edge_rows(const PdfPage& page, bool at_top) {
  auto rows = rows_of(page.words);
  if (!at_top) std::reverse(rows.begin(), rows.end());
  std::vector<EdgeRow> edges;
  for (std::size_t i = 0; i < rows.size() && i < deepest; ++i) {
    EdgeRow edge;
    edge.key = key_of(rows[i]);
    edge.left = rows[i].front().left;
    edge.right = rows[i].back().right;
    edge.top = rows[i].front().top;
    edge.bottom = rows[i].front().bottom;
    for (const PdfWord& word : rows[i]) {
      edge.top = std::min(edge.top, word.top);
      edge.bottom = std::max(edge.bottom, word.bottom);
    }
    edge.height = at_top ? edge.top : page.height - edge.bottom;
    if (i > 0) edges.back().gap = at_top ? edge.top - edges.back().bottom : edges.back().top - edge.bottom;
    edges.push_back(std::move(edge));
  }
  return edges;
}

bool is_repeated(const std::vector<std::vector<EdgeRow>>& all, std::size_t page, const EdgeRow& row) {
  std::size_t times = 0;
  std::size_t here = 0;  // neighbours in a row with this page
  bool joined = false;
  bool reached = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool same = std::any_of(all[i].begin(), all[i].end(), [&](const EdgeRow& other) {
      return other.key == row.key && std::abs(other.height - row.height) < same_height;
    });
    times += same;
    joined = same && (joined || i <= page);
    if (same && !reached) ++here;
    if (!same) {
      if (i > page) reached = true;
      if (i < page) here = 0;
    }
  }
  // Two pages prove little: a list may begin twice with the same words. A number that counts them does.
  if (all.size() == 2) return times == 2 && row.key.find('#') != std::string::npos && row.gap > 6;
  return times >= 3 ? times * 5 >= all.size() * 2 || here >= 3 : false;
}

/// The row inwards stands as close as the next line of a paragraph, in the same size.
bool goes_on(const std::vector<EdgeRow>& rows, std::size_t i) {
  const EdgeRow& row = rows[i];
  if (i + 1 >= rows.size() || row.key.find('#') != std::string::npos) return false;
  const double height = row.bottom - row.top;
  return std::abs(rows[i + 1].bottom - rows[i + 1].top - height) < height * 0.05 && row.gap < height * 0.4;
}

}  // namespace

std::vector<std::string> take_furniture(std::vector<PdfPage>& pages) {
  std::map<std::string, std::size_t> said;
  for (const bool at_top : {true, false}) {
    std::vector<std::vector<EdgeRow>> all;
    all.reserve(pages.size());
    for (const PdfPage& page : pages) all.push_back(edge_rows(page, at_top));
    for (std::size_t i = 0; i < pages.size(); ++i) {
      std::size_t count = 0;
      while (count < all[i].size()) {
        const EdgeRow& row = all[i][count];
        const bool lone = (is_page_number(row.key) || is_printed_by_browser(row.key, at_top)) && row.gap > 6 &&
                          row.height < pages[i].height / 8;
        if (!lone && !is_repeated(all, i, row)) break;
        ++count;
      }
      // The text itself may repeat; what goes on below without a gap belongs to it.
      while (count > 0 && goes_on(all[i], count - 1)) --count;
      for (std::size_t k = 0; k < count; ++k) {
        const EdgeRow& row = all[i][k];
        ++said[row.key];
        std::erase_if(pages[i].words, [&](const PdfWord& word) {
          return word.middle() >= row.top && word.middle() <= row.bottom && word.left >= row.left - 1 &&
                 word.right <= row.right + 1;
        });
      }
    }
  }
  std::vector<std::string> texts;
  for (auto& [text, times] : said) texts.push_back(text);
  return texts;
}

}  // namespace waydiff::extract
