#include "extract/dates.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <utility>

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"

namespace waydiff::extract {
namespace {

// The first letters of the months' names; English, German, French, Spanish, Italian, Dutch, Portuguese.
constexpr std::array<std::pair<std::string_view, int>, 52> months{{
    {"jan", 1},
    {"gen", 1},
    {"ene", 1},
    {"feb", 2},
    {"f\xC3\xA9v", 2},
    {"fev", 2},
    {"mar", 3},
    {"m\xC3\xA4r", 3},
    {"maa", 3},
    {"mrz", 3},
    {"apr", 4},
    {"avr", 4},
    {"abr", 4},
    {"may", 5},
    {"mai", 5},
    {"mag", 5},
    {"mei", 5},
    {"jun", 6},
    {"juin", 6},
    {"giu", 6},
    {"jul", 7},
    {"juil", 7},
    {"lug", 7},
    {"aug", 8},
    {"ao\xC3\xBB", 8},
    {"ago", 8},
    {"sep", 9},
    {"set", 9},
    {"oct", 10},
    {"okt", 10},
    {"ott", 10},
    {"out", 10},
    {"nov", 11},
    {"dec", 12},
    {"dez", 12},
    {"d\xC3\xA9"
     "c",
     12},
    {"dic", 12},
    {"january", 1},
    {"february", 2},
    {"march", 3},
    {"april", 4},
    {"june", 6},
    {"july", 7},
    {"august", 8},
    {"september", 9},
    {"sept", 9},
    {"october", 10},
    {"november", 11},
    {"december", 12},
    {"januar", 1},
    {"februar", 2},
    {"dezember", 12},
}};

struct Token {
  int number = -1;
  int digits = 0;
  int month = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

int month_of(std::string_view word) {
  for (const auto& [name, month] : months) {
    if (word == name) return month;
  }
  // Longer names by their beginning; "mark" and "marketing" are no months.
  if (word.size() < 4 || word.size() > 11 || word.starts_with("mark") ||
      word.starts_with("dec"
                       "l"))
    return 0;
  for (const auto& [name, month] : months) {
    if (name.size() <= 4 && word.starts_with(name)) return month;
  }
  return 0;
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < text.size();) {
    Token token;
    token.begin = i;
    if (is_digit(text[i])) {
      int number = 0;
      while (i < text.size() && is_digit(text[i]) && token.digits < 6) {
        number = number * 10 + (text[i++] - '0');
        ++token.digits;
      }
      token.number = number;
      if (i + 1 < text.size() && is_alpha(text[i])) i += 2;  // 1st, 2nd, 25th
    } else if (is_alpha(text[i]) || static_cast<unsigned char>(text[i]) >= 0xC3) {
      while (i < text.size() && (is_alpha(text[i]) || static_cast<unsigned char>(text[i]) >= 0x80)) ++i;
      token.month = month_of(lower(text.substr(token.begin, i - token.begin)));
      const std::string word = lower(text.substr(token.begin, i - token.begin));
      if (word == "of" || word == "de" || word == "the" || word == "del") continue;
    } else {
      ++i;
      continue;
    }
    token.end = i;
    tokens.push_back(token);
    if (tokens.size() > 400) break;
  }
  return tokens;
}

std::string iso(int year, int month, int day) {
  if (year < 1990 || year > 2100) return {};
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return {};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day);
  return text.data();
}

struct Found {
  std::string date;
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::string date_of(std::string_view text, const Token& a, const Token& b, const Token& c) {
  const auto is_day = [](const Token& t) { return t.number >= 1 && t.number <= 31 && t.digits <= 2; };
  const auto is_year = [](const Token& t) { return t.digits == 4; };
  if (a.month > 0 && is_day(b) && is_year(c)) return iso(c.number, a.month, b.number);
  if (is_day(a) && b.month > 0 && is_year(c)) return iso(c.number, b.month, a.number);
  if (is_year(a) && b.month > 0 && is_day(c)) return iso(a.number, b.month, c.number);
  const bool joined = b.begin == a.end + 1 && c.begin == b.end + 1 && text[a.end] == text[b.end];
  if (!joined) return {};
  const char between = text[a.end];
  if (is_year(a) && is_day(b) && is_day(c)) return iso(a.number, b.number, c.number);
  if (!is_day(a) || !is_day(b) || !is_year(c)) return {};
  if (between == '.' || a.number > 12 || a.number == b.number) return iso(c.number, b.number, a.number);
  return b.number > 12 ? iso(c.number, a.number, b.number) : std::string();
}

Found find_date(std::string_view text) {
  const std::vector<Token> tokens = tokens_of(text);
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    std::string date = date_of(text, tokens[i], tokens[i + 1], tokens[i + 2]);
    if (!date.empty()) return {std::move(date), tokens[i].begin, tokens[i + 2].end};
  }
  return {};
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 21> roles{{
    {"last updated", "updated"},
    {"last update", "updated"},
    {"last modified", "updated"},
    {"last revised", "updated"},
    {"last revision", "updated"},
    {"last changed", "updated"},
    {"last amended", "updated"},
    {"last edited", "updated"},
    {"updated", "updated"},
    {"revised", "updated"},
    {"date of last", "updated"},
    {"revision date", "updated"},
    {"effective", "effective"},
    {"in force", "effective"},
    {"valid from", "effective"},
    {"comes into effect", "effective"},
    {"zuletzt", "updated"},
    {"stand", "updated"},
    {"derni\xC3\xA8re mise \xC3\xA0 jour", "updated"},
    {"actualizaci", "updated"},
    {"ultimo aggiornamento", "updated"},
}};

}  // namespace

std::string first_date(std::string_view text) {
  return find_date(text).date;
}

std::vector<core::StatedDate> stated_dates(const std::vector<core::Block>& blocks) {
  static constexpr std::size_t farthest = 70;  // bytes between the word and its date
  std::vector<core::StatedDate> dates;
  for (const core::Block& block : blocks) {
    const std::string text = plain_text(block);
    // Dates stand in lines of their own or in the first words of a paragraph: others are dates of something else.
    const std::string line = lower(std::string_view(text).substr(0, 400));
    if (std::none_of(line.begin(), line.end(), is_digit)) continue;
    std::vector<std::pair<std::size_t, std::size_t>> taken;  // "last updated" holds "updated"
    for (const auto& [word, role] : roles) {
      const std::size_t at = line.find(word);
      if (at == std::string::npos || (at > 120 && text.size() > 300)) continue;
      if (at > 0 && is_alpha(line[at - 1])) continue;
      if (std::any_of(taken.begin(), taken.end(), [&](auto range) { return at >= range.first && at < range.second; }))
        continue;
      const std::string_view rest = std::string_view(text).substr(at + word.size(), farthest + 20);
      const Found found = find_date(rest);
      if (found.date.empty() || found.begin > farthest) continue;
      std::string wording(text.substr(at, word.size() + found.end));
      const bool known = std::any_of(dates.begin(), dates.end(), [&](const core::StatedDate& other) {
        return other.date == found.date && other.role == role;
      });
      if (!known) dates.push_back({std::string(role), found.date, std::move(wording)});
      taken.emplace_back(at, at + word.size() + found.end);
    }
  }
  return dates;
}

}  // namespace waydiff::extract
