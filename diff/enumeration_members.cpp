#include "diff/enumeration_members.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace waydiff::diff {
namespace {

using namespace std::string_view_literals;

/// The n-th label (from 0) of a series: letters, romans or numbers.
std::string series_label(char series, std::size_t n) {
  if (series == 'a') return n < 26 ? std::string(1, static_cast<char>('a' + n)) : std::string("?");
  if (series == '1') return std::to_string(n + 1);
  static constexpr std::array ones = {""sv, "i"sv, "ii"sv, "iii"sv, "iv"sv, "v"sv, "vi"sv, "vii"sv, "viii"sv, "ix"sv};
  static constexpr std::array tens = {""sv, "x"sv, "xx"sv, "xxx"sv};
  return n < 39 ? std::string(tens[(n + 1) / 10]) + std::string(ones[(n + 1) % 10]) : std::string("?");
}

/// In small letters or capitals.
bool is_label(std::string_view text, std::string_view label) {
  const auto same = [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b); };
  return std::equal(text.begin(), text.end(), label.begin(), label.end(), same);
}

std::vector<std::size_t> members_of(std::string_view sentence, char series) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    i = sentence.find('(', i);
    if (i == std::string_view::npos) break;
    const std::string want = series_label(series, found.size());
    const bool free = i == 0 || sentence[i - 1] == ' ' || sentence.substr(0, i).ends_with("\xc2\xa0");
    const std::size_t close = i + 1 + want.size();
    if (!free || close >= sentence.size() || sentence[close] != ')') continue;
    if (!is_label(sentence.substr(i + 1, want.size()), want)) continue;
    // A member has words: something between its mark and the next.
    if (!found.empty()) {
      const std::string_view between = sentence.substr(found.back() + 3, i - found.back() - 3);
      const auto gaps = std::count_if(between.begin(), between.end(), [](char c) { return c == ' ' || c == '\xa0'; });
      if (gaps < 3) return {};
    }
    found.push_back(i);
  }
  if (found.size() < 3) return {};
  // Members parted by commas run on as one sentence.
  const std::string_view inner = sentence.substr(found.front(), found.back() - found.front());
  return static_cast<std::size_t>(std::count(inner.begin(), inner.end(), ';')) + 1 >= found.size()
             ? found
             : std::vector<std::size_t>{};
}

}  // namespace

std::vector<std::size_t> enumeration_members(std::string_view sentence) {
  if (sentence.find('(') == std::string_view::npos) return {};
  for (const char series : {'a', 'i', '1'}) {
    std::vector<std::size_t> found = members_of(sentence, series);
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace waydiff::diff
