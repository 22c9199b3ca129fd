#include "extract/written_date.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <unordered_map>

#include "extract/ascii.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

// English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, Swedish, Danish, Norwegian, Finnish, Czech,
// Russian; in the forms that stand in dates.
constexpr std::array<std::string_view, 12> months{
    " january jan januar jänner januari janvier janv enero ene gennaio gen janeiro stycznia styczeń tammikuuta "
    "tammikuu "
    "ledna leden января ",
    " february feb februar februari février févr fév febrero febbraio febr fevereiro fev lutego luty helmikuuta "
    "helmikuu února únor февраля ",
    " march mar märz mrz mär mars marzo maart mrt março marca marzec marts maaliskuuta maaliskuu března březen марта ",
    " april apr avril avr abril abr aprile kwietnia kwiecień huhtikuuta huhtikuu dubna duben апреля ",
    " may mai mayo maggio mag mei maio maja maj toukokuuta toukokuu května květen мая ",
    " june jun juni juin junio giugno giu junho czerwca czerwiec kesäkuuta kesäkuu června červen июня ",
    " july jul juli juillet juil julio luglio lug julho lipca lipiec heinäkuuta heinäkuu července červenec июля ",
    " august aug août aout agosto ago augustus sierpnia sierpień augusti elokuuta elokuu srpna srpen августа ",
    " september sep sept septembre septiembre setiembre settembre set setembro września wrzesień syyskuuta syyskuu "
    "září сентября ",
    " october oct oktober okt octobre octubre ottobre ott outubro out października październik lokakuuta lokakuu "
    "října říjen октября ",
    " november nov novembre noviembre novembro listopada listopad marraskuuta marraskuu listopadu ноября ",
    " december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia grudzień desember joulukuuta "
    "joulukuu prosince prosinec декабря "};

std::unordered_map<std::string_view, int> months_by_name() {
  std::unordered_map<std::string_view, int> numbers;
  for (std::size_t i = 0; i < months.size(); ++i) {
    std::string_view names = months[i];
    while (!names.empty()) {
      const std::size_t space = std::min(names.find(' '), names.size());
      if (space > 0) numbers.emplace(names.substr(0, space), static_cast<int>(i) + 1);
      names.remove_prefix(std::min(space + 1, names.size()));
    }
  }
  return numbers;
}

/// 1 to 12; 0 for other words. Asked for every word of texts that hold a number.
int month_of(std::string_view word) {
  if (word.size() < 3 || word.size() > 24) return 0;
  static const std::unordered_map<std::string_view, int> numbers = months_by_name();
  const auto found = numbers.find(word);
  return found == numbers.end() ? 0 : found->second;
}

struct Token {
  enum Kind { number, month, word, mark, letter } kind = mark;
  int value = 0;          ///< number, month
  int digits = 0;         ///< number
  char32_t sign = 0;      ///< mark, and a letter of Chinese or Japanese
  std::string_view text;  ///< word
  std::size_t begin = 0;
  std::size_t end = 0;
};

int digit_of(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  return c >= 0xFF10 && c <= 0xFF19 ? static_cast<int>(c - 0xFF10) : -1;
}

bool is_cjk(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF);
}

std::vector<Token> tokens_of(std::string_view text) {
  static constexpr std::size_t most = 800;
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size() && tokens.size() < most;) {
    Token token;
    token.begin = at;
    std::size_t next = at;
    char32_t c = next_code_point(text, next);
    if (digit_of(c) >= 0) {
      token.kind = Token::number;
      while (digit_of(c) >= 0 && token.digits < 9) {
        token.value = token.value * 10 + digit_of(c);
        ++token.digits;
        at = next;
        if (at >= text.size()) break;
        c = next_code_point(text, next);
      }
      if (token.digits == 9) token.digits = 99;
    } else if (is_cjk(c)) {
      token.kind = Token::letter;
      token.sign = c;
      at = next;
    } else if (is_word_character(c)) {
      while (is_word_character(c) && digit_of(c) < 0 && !is_cjk(c)) {
        at = next;
        if (at >= text.size()) break;
        c = next_code_point(text, next);
      }
      if (at == token.begin) at = next;
      token.text = text.substr(token.begin, at - token.begin);
      token.value = month_of(token.text);
      token.kind = token.value > 0 ? Token::month : Token::word;
    } else {
      at = next;
      if (is_unicode_space(c) || is_invisible(c)) continue;
      token.sign = c;
    }
    token.end = at;
    tokens.push_back(token);
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

class Reader {
 public:
  Reader(std::string_view text, const std::vector<Token>& tokens, DateOrder order)
      : text_(text), tokens_(tokens), order_(order) {}

  /// The date that begins with token `i`, and the token behind it.
  std::optional<WrittenDate> at(std::size_t i, std::size_t& behind) const {
    for (const auto form :
         {&Reader::by_signs, &Reader::month_first, &Reader::day_first, &Reader::year_first, &Reader::in_digits}) {
      std::size_t end = i;
      std::string date = (this->*form)(end);
      if (date.empty()) continue;
      behind = end;
      return WrittenDate{std::move(date), tokens_[i].begin, tokens_[end - 1].end};
    }
    return std::nullopt;
  }

  [[nodiscard]] DateOrder order_at(std::size_t i) const {
    if (!is_number(i) || !is_number(i + 2) || !is_number(i + 4) || tokens_[i + 4].digits != 4) {
      return DateOrder::unknown;
    }
    if (!is_mark(i + 1, '/') || !is_mark(i + 3, '/')) return DateOrder::unknown;
    const int a = tokens_[i].value;
    const int b = tokens_[i + 2].value;
    if (a > 12 && a <= 31 && b <= 12) return DateOrder::day_first;
    return b > 12 && b <= 31 && a <= 12 ? DateOrder::month_first : DateOrder::unknown;
  }

 private:
  [[nodiscard]] bool is(std::size_t i, Token::Kind kind) const { return i < tokens_.size() && tokens_[i].kind == kind; }
  [[nodiscard]] bool is_number(std::size_t i) const { return is(i, Token::number); }
  [[nodiscard]] bool is_mark(std::size_t i, char32_t sign) const {
    return is(i, Token::mark) && tokens_[i].sign == sign;
  }
  [[nodiscard]] bool is_letter(std::size_t i, char32_t sign) const {
    return is(i, Token::letter) && tokens_[i].sign == sign;
  }
  [[nodiscard]] bool is_day(std::size_t i) const {
    return is_number(i) && tokens_[i].digits <= 2 && tokens_[i].value >= 1 && tokens_[i].value <= 31;
  }
  [[nodiscard]] bool is_year(std::size_t i) const { return is_number(i) && tokens_[i].digits == 4; }
  [[nodiscard]] bool touch(std::size_t i) const { return tokens_[i].end == tokens_[i + 1].begin; }

  /// Moves over what may stand between the parts of a date.
  void skip(std::size_t& i) const {
    static constexpr std::array<std::string_view, 18> words{"of", "de", "del", "den", "the", "d",  "di",  "von", "do",
                                                            "st", "nd", "rd",  "th",  "er",  "re", "dne", "a",   "n"};
    for (int steps = 0; steps < 3 && i < tokens_.size(); ++steps, ++i) {
      const Token& token = tokens_[i];
      const bool filler =
          token.kind == Token::word
              ? std::find(words.begin(), words.end(), token.text) != words.end() || token.text == "\xC2\xBA" ||
                    token.text == "\xC2\xAA"
              : token.kind == Token::mark &&
                    (token.sign == ',' || token.sign == '.' || token.sign == '\'' || token.sign == 0x2019 ||
                     token.sign == 0xB0 || token.sign == 0xBA || token.sign == '-' || token.sign == 0xAA);
      if (!filler) return;
    }
  }

  /// Moves over "-27" of "25-27 May".
  void skip_range(std::size_t& i) const {
    const bool dash = is_mark(i, '-') || is_mark(i, 0x2013) || is_mark(i, 0x2014);
    if (dash && is_day(i + 1) && i + 2 < tokens_.size()) i += 2;
  }

  std::string month_first(std::size_t& i) const {
    if (!is(i, Token::month)) return {};
    const int month = tokens_[i++].value;
    skip(i);
    if (!is_day(i)) return {};
    const int day = tokens_[i++].value;
    skip_range(i);
    skip(i);
    if (!is_year(i)) return {};
    return iso(tokens_[i++].value, month, day);
  }

  std::string day_first(std::size_t& i) const {
    if (!is_day(i)) return {};
    const int day = tokens_[i++].value;
    skip_range(i);
    skip(i);
    if (!is(i, Token::month)) return {};
    const int month = tokens_[i++].value;
    const bool quoted = is_mark(i, '\'') || is_mark(i, 0x2019);
    const bool hyphen = is_mark(i, '-') && i >= 2 && is_mark(i - 2, '-');
    if ((quoted || hyphen) && is_number(i + 1) && tokens_[i + 1].digits == 2 && tokens_[i + 1].value < 50) {
      i += 2;
      return iso(2000 + tokens_[i - 1].value, month, day);
    }
    skip(i);
    if (!is_year(i)) return {};
    return iso(tokens_[i++].value, month, day);
  }

  std::string year_first(std::size_t& i) const {
    if (!is_year(i)) return {};
    const int year = tokens_[i++].value;
    skip(i);
    if (!is(i, Token::month)) return {};
    const int month = tokens_[i++].value;
    skip(i);
    if (!is_day(i)) return {};
    return iso(year, month, tokens_[i++].value);
  }

  std::string in_digits(std::size_t& i) const {
    if (!is_number(i) || !is_number(i + 2) || !is_number(i + 4) || !is(i + 1, Token::mark)) return {};
    const char32_t sign = tokens_[i + 1].sign;
    if ((sign != '-' && sign != '/' && sign != '.') || !is_mark(i + 3, sign)) return {};
    if (!touch(i) || !touch(i + 2)) {
      if (sign == '-') return {};
    }
    const Token a = tokens_[i];
    const Token b = tokens_[i + 2];
    const Token c = tokens_[i + 4];
    // "1.2.2018.4" and "192.168.10.2018" are no dates.
    if (i > 0 && is_mark(i - 1, sign) && touch(i - 1)) return {};
    if (is_mark(i + 5, sign) && touch(i + 4) && is_number(i + 6) && touch(i + 5)) return {};
    i += 5;
    if (a.digits == 4) return b.digits <= 2 && c.digits <= 2 ? iso(a.value, b.value, c.value) : std::string();
    if (a.digits > 2 || b.digits > 2) return {};
    int year = c.value;
    if (c.digits == 2) {
      // The first number may be the year as well, the last one the day.
      const bool reversed = sign != '.' && a.value > 12 && b.value <= 12 && c.value <= 31;
      if (reversed || a.value > 31 || b.value > 31 || (a.value <= 12 && b.value <= 12) || year >= 50) return {};
      if (sign == '.' && b.value > 12) return {};
      year += 2000;
    } else if (c.digits != 4) {
      return {};
    }
    if (sign == '.' || (a.value > 12 && b.value <= 12)) return iso(year, b.value, a.value);
    if (b.value > 12 || a.value == b.value) return iso(year, a.value, b.value);
    if (order_ == DateOrder::unknown) return {};
    return order_ == DateOrder::day_first ? iso(year, b.value, a.value) : iso(year, a.value, b.value);
  }

  /// 2018年5月25日, 平成30年5月25日, 令和元年5月1日, 2018년 5월 25일
  std::string by_signs(std::size_t& i) const {
    int base = 0;
    if (is(i, Token::letter) && is(i + 1, Token::letter)) {
      const auto era = [&](char32_t first, char32_t second) { return is_letter(i, first) && is_letter(i + 1, second); };
      if (era(0x5E73, 0x6210))
        base = 1988;  // Heisei
      else if (era(0x4EE4, 0x548C))
        base = 2018;  // Reiwa
      else if (era(0x662D, 0x548C))
        base = 1925;  // Showa
      else
        return {};
      i += 2;
    }
    int year = 0;
    if (is_number(i)) {
      year = base + tokens_[i].value;
      if (base == 0 && tokens_[i].digits != 4) return {};
    } else if (base > 0 && is_letter(i, 0x5143)) {
      year = base + 1;
    } else {
      return {};
    }
    ++i;
    const bool korean = is_letter(i, 0xB144);
    if (!korean && !is_letter(i, 0x5E74)) return {};
    ++i;
    if (!is_number(i) || !is_letter(i + 1, korean ? 0xC6D4 : 0x6708)) return {};
    const int month = tokens_[i].value;
    i += 2;
    if (!is_number(i) || !is_letter(i + 1, korean ? 0xC77C : 0x65E5)) return {};
    const int day = tokens_[i].value;
    i += 2;
    return month > 99 || day > 99 ? std::string() : iso(year, month, day);
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  DateOrder order_;
};

}  // namespace

std::string lower_in_place(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      result.push_back(to_lower(text[at++]));
      continue;
    }
    const char32_t c = next_code_point(text, at);
    std::string small;
    append_code_point(small, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
    result += small.size() == at - before ? small : std::string(text.substr(before, at - before));
  }
  return result;
}

std::vector<WrittenDate> written_dates(std::string_view text, DateOrder order) {
  const std::string small = lower_in_place(text);
  const std::vector<Token> tokens = tokens_of(small);
  const Reader reader(small, tokens, order);
  std::vector<WrittenDate> dates;
  for (std::size_t i = 0; i < tokens.size();) {
    std::size_t behind = i;
    if (auto date = reader.at(i, behind)) {
      dates.push_back(std::move(*date));
      i = behind;
    } else {
      ++i;
    }
  }
  return dates;
}

DateOrder shown_order(std::string_view text) {
  const std::vector<Token> tokens = tokens_of(text);
  const Reader reader(text, tokens, DateOrder::unknown);
  DateOrder order = DateOrder::unknown;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const DateOrder here = reader.order_at(i);
    if (here == DateOrder::unknown) continue;
    if (order != DateOrder::unknown && order != here) return DateOrder::unknown;
    order = here;
  }
  return order;
}

}  // namespace waydiff::extract
