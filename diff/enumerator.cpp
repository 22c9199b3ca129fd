#include "diff/enumerator.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "diff/lexicon.hpp"

namespace waydiff::diff {
namespace {

using namespace std::string_view_literals;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::size_t spaces(std::string_view text, std::size_t at) {
  const std::size_t start = at;
  for (;;) {
    if (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n')) {
      ++at;
    } else if (text.substr(at).starts_with("\xc2\xa0")) {
      at += 2;
    } else {
      return at - start;
    }
  }
}

std::size_t one_of(std::string_view text, std::size_t at, std::initializer_list<std::string_view> marks) {
  for (const std::string_view mark : marks) {
    if (text.substr(at).starts_with(mark)) return mark.size();
  }
  return 0;
}

std::size_t dash(std::string_view text, std::size_t at) {
  return one_of(text, at, {"–", "—", "‒", "-", ":", "|"});
}

/// Length of a roman numeral (all one case), a single letter, or a dotted number of up to three digits a part.
std::size_t label(std::string_view text, std::size_t at) {
  std::size_t end = at;
  if (end < text.size() && is_digit(text[end])) {
    for (;;) {
      const std::size_t start = end;
      while (end < text.size() && is_digit(text[end])) ++end;
      if (end - start > 3) return 0;
      if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) {
        ++end;
      } else {
        break;
      }
    }
    // "3a", "12.1b"
    if (end < text.size() && is_letter(text[end]) && (end + 1 == text.size() || !is_letter(text[end + 1]))) ++end;
    return end - at;
  }
  constexpr std::size_t longest = 7;
  while (end < text.size() && end - at <= longest && is_letter(text[end])) ++end;
  const std::string_view word = text.substr(at, end - at);
  if (word.size() <= 1 || word.size() > longest) return word.size() == 1 ? 1 : 0;
  const auto among = [&](std::string_view signs) {
    return std::all_of(word.begin(), word.end(), [&](char c) { return signs.find(c) != std::string_view::npos; });
  };
  return among("IVXLC") || among("ivxlc") ? word.size() : 0;
}

std::string_view next_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && (is_letter(text[end]) || static_cast<unsigned char>(text[end]) >= 0x80)) ++end;
  return text.substr(0, end);
}

bool starts_month(std::string_view text) {
  const std::string_view word = next_word(text);
  std::string folded(word.size(), ' ');
  std::transform(word.begin(), word.end(), folded.begin(), lower);
  return is_month(folded);
}

/// "Section 2 –", "Article 5.", "§ 3": the words that name a part of a document.
constexpr std::array part_names = {"section"sv, "article"sv, "clause"sv, "chapter"sv,  "part"sv,      "paragraph"sv,
                                   "annex"sv,   "art."sv,    "sec."sv,   "appendix"sv, "abschnitt"sv, "artikel"sv,
                                   "kapitel"sv, "teil"sv,    "titre"sv,  "artículo"sv, "sección"sv,   "§"sv};

std::size_t part_word(std::string_view text) {
  for (const std::string_view part : part_names) {
    if (text.size() <= part.size() || lower(text.front()) != part.front()) continue;
    const bool same = std::equal(part.begin(), part.end(), text.begin(), [](char a, char b) { return a == lower(b); });
    if (!same) continue;
    const std::size_t gap = spaces(text, part.size());
    if (gap > 0 || part == "§"sv) return part.size() + gap;
  }
  return 0;
}

struct Enumerator {
  std::size_t length = 0;  ///< with the spaces after it
  std::string_view label;
};

/// Bullets are signs of more than one byte, but for two.
bool may_be_bullet(std::string_view text) {
  return !text.empty() && (text.front() == '-' || text.front() == '*' || (text.front() & 0x80) != 0);
}

/// False for two letters that begin neither a roman numeral nor the name of a part: as most texts begin.
bool may_begin_enumerator(std::string_view text) {
  if (text.size() < 2 || !is_letter(text[0]) || !is_letter(text[1])) return true;
  constexpr std::string_view romans = "IVXLC";
  constexpr std::string_view small_romans = "ivxlc";
  if (romans.find(text[0]) != std::string_view::npos) {
    if (romans.find(text[1]) != std::string_view::npos) return true;
  } else if (small_romans.find(text[0]) != std::string_view::npos) {
    if (small_romans.find(text[1]) != std::string_view::npos) return true;
  }
  static constexpr auto part_openings = [] {
    std::array<std::array<bool, 26>, 26> found{};
    for (const std::string_view part : part_names) {
      if (is_letter(part[0]))
        found[static_cast<std::size_t>(part[0] - 'a')][static_cast<std::size_t>(part[1] - 'a')] = true;
    }
    return found;
  }();
  return part_openings[static_cast<std::size_t>(lower(text[0]) - 'a')][static_cast<std::size_t>(lower(text[1]) - 'a')];
}

Enumerator first(std::string_view text) {
  if (!may_begin_enumerator(text)) return {};
  if (const std::size_t bullet =
          !may_be_bullet(text) ? 0 : one_of(text, 0, {"•", "·", "▪", "◦", "●", "‣", "■", "○", "–", "-", "*"});
      bullet > 0) {
    const std::size_t gap = spaces(text, bullet);
    return gap > 0 ? Enumerator{bullet + gap, {}} : Enumerator{};
  }
  const std::size_t named = part_word(text);
  const bool bracket = named == 0 && text.starts_with('(');
  const std::size_t start = bracket ? 1 : named;
  const std::size_t size = label(text, start);
  if (size == 0) return {};
  const std::string_view name = text.substr(start, size);
  std::size_t end = start + size;
  const bool dotted = name.find('.') != std::string_view::npos && is_digit(name.front());
  if (bracket) {
    if (end >= text.size() || text[end] != ')') return {};
    ++end;
    return {end + spaces(text, end), name};
  }
  if (end < text.size() && (text[end] == '.' || text[end] == ')')) {
    ++end;
    if (text[end - 1] == '.' && end < text.size() && text[end] == ')') ++end;
    const std::size_t gap = spaces(text, end);
    // "1.Cookies" is an enumerator run together with its heading; "e.g" and "U.S" are words.
    const bool joined = gap == 0 && is_digit(name.front()) && end < text.size() && is_letter(text[end]);
    if (gap == 0 && !joined) return {};
    if (is_digit(name.front()) && !dotted && starts_month(text.substr(end + gap))) return {};
    end += gap;
    if (const std::size_t mark = dash(text, end); mark > 0 && spaces(text, end + mark) > 0) {
      end += mark + spaces(text, end + mark);
    }
    return {end, name};
  }
  const std::size_t gap = spaces(text, end);
  if (const std::size_t mark = dash(text, end + gap);
      mark > 0 && (named > 0 || is_digit(name.front()) || name.size() > 1)) {
    const std::size_t after = end + gap + mark;
    // "24-7", "10:30" and "3 – 5 days" go on with a number: no enumerator.
    const std::size_t rest = spaces(text, after);
    if ((rest > 0 || named > 0) && after + rest < text.size() && !is_digit(text[after + rest]))
      return {after + rest, name};
    return {};
  }
  if (gap == 0) return {};
  const char next = end + gap < text.size() ? text[end + gap] : ' ';
  const bool capital = (next >= 'A' && next <= 'Z') || next == '"' || next == '\'';
  if (dotted && capital) return {end + gap, name};
  // "§ 3 Haftung" and "Section 2 Your rights" as a heading; "Section 5 applies" is a sentence.
  if (named > 0 && capital && is_digit(name.front())) return {end + gap, name};
  return {};
}

}  // namespace

std::size_t enumerator_length(std::string_view text) {
  std::size_t length = 0;
  for (int i = 0; i < 2; ++i) {
    const Enumerator found = first(text.substr(length));
    if (found.length == 0 || length + found.length >= text.size()) break;
    length += found.length;
  }
  return length;
}

std::string enumerator_label(std::string_view text) {
  const Enumerator found = first(text);
  if (found.length == 0 || found.length >= text.size()) return {};
  std::string label(found.label);
  std::transform(label.begin(), label.end(), label.begin(), lower);
  return label;
}

bool is_enumerator(std::string_view text) {
  if (!may_begin_enumerator(text)) return false;
  constexpr auto most_spaces = 8;  // an enumerator has a few parts
  int spaces = 0;
  for (const char c : text) {
    if (c == ' ' && ++spaces > most_spaces) return false;
  }
  const std::string probe = std::string(text) + " x";
  return enumerator_length(probe) == probe.size() - 1;
}

}  // namespace waydiff::diff
