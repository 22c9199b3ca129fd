#include "diff/update_date.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "diff/lexicon.hpp"
#include "diff/words.hpp"

namespace waydiff::diff {
namespace {

using namespace std::string_view_literals;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A number or a word that may stand in a date besides the month: "5", "5th", "2018", "of", "de".
bool is_date_part(std::string_view word) {
  if (is_month(word)) return true;
  if (!is_digit(word.front())) return false;
  const auto digits = static_cast<std::size_t>(
      std::find_if(word.begin(), word.end(), [](char c) { return !is_digit(c) && c != '.'; }) - word.begin());
  const std::string_view tail = word.substr(digits);
  return digits <= 10 && (tail.empty() || tail == "st" || tail == "nd" || tail == "rd" || tail == "th" || tail == "er");
}

/// "today", "yesterday", "this week", "3 days ago": pages that state their update by the reader's clock.
bool is_relative(std::string_view fingerprint) {
  constexpr std::array words_of_now = {"today"sv,      "yesterday"sv, "this week"sv,   "last week"sv, "this month"sv,
                                       "last month"sv, " ago"sv,      "over a week"sv, "heute"sv,     "gestern"sv};
  return std::any_of(words_of_now.begin(), words_of_now.end(),
                     [&](std::string_view part) { return fingerprint.find(part) != std::string_view::npos; });
}

bool says_updated(std::string_view fingerprint) {
  constexpr std::array phrases = {"updated"sv,      "modified"sv,      "last revised"sv,   "last revision"sv,
                                  "revised"sv,      "effective"sv,     "last changed"sv,   "last update"sv,
                                  "date of last"sv, "version"sv,       "posted"sv,         "stand"sv,
                                  "gültig ab"sv,    "zuletzt"sv,       "mis à jour"sv,     "mise à jour"sv,
                                  "en vigueur"sv,   "actualiza"sv,     "aggiorna"sv,       "vigor"sv,
                                  "amended"sv,      "in force"sv,      "as of"sv,          "published"sv,
                                  "applies from"sv, "apply from"sv,    "date:"sv,          "dated"sv,
                                  "reviewed"sv,     "actualización"sv, "última versión"sv, "dernière version"sv,
                                  "最終更新"sv,     "改定"sv,          "制定"sv,           "施行"sv};
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](std::string_view part) { return fingerprint.find(part) != std::string_view::npos; });
}

}  // namespace

bool states_update(std::string_view fingerprint) {
  if (fingerprint.size() > 160) return false;
  if (std::none_of(fingerprint.begin(), fingerprint.end(), is_digit) && !is_relative(fingerprint)) return false;
  std::size_t others = 0;
  std::size_t parts = 0;
  bool date = false;
  bool year = false;
  for (const std::string_view word : words(fingerprint)) {
    if (!is_date_part(word)) {
      ++others;
      continue;
    }
    ++parts;
    date = date || is_month(word) || word.size() >= 4;
    year = year || (word.size() == 4 && (word.starts_with("19") || word.starts_with("20")));
  }
  // "May 5, 2018" alone, below a title
  if (others == 0 && year && parts > 1) return true;
  if (!says_updated(fingerprint)) return false;
  return (date && others <= 14) || (is_relative(fingerprint) && others <= 6);
}

bool same_update_statement(std::string_view before, std::string_view after) {
  return states_update(before) && states_update(after) && without_dates(before) == without_dates(after);
}

bool states_copyright(std::string_view fingerprint) {
  if (fingerprint.size() > 120) return false;
  const bool sign =
      fingerprint.starts_with("©") || fingerprint.starts_with("(c)") || fingerprint.starts_with("copyright");
  return sign && std::any_of(fingerprint.begin(), fingerprint.end(), is_digit);
}

std::string without_dates(std::string_view fingerprint) {
  // "Last updated on", "This policy was updated on", "Updated:" say the same of it.
  constexpr std::array fillers = {"of"sv,    "de"sv,   "on"sv,   "as"sv,   "at"sv,    "was"sv,   "is"sv,
                                  "last"sv,  "the"sv,  "am"sv,   "the"sv,  "le"sv,    "el"sv,    "del"sv,
                                  "du"sv,    "this"sv, "date"sv, "week"sv, "ago"sv,   "today"sv, "yesterday"sv,
                                  "month"sv, "over"sv, "a"sv,    "days"sv, "weeks"sv, "months"sv};
  std::string out;
  for (std::string_view word : words(fingerprint)) {
    if (is_date_part(word) || std::find(fillers.begin(), fillers.end(), word) != fillers.end()) continue;
    if (word == "revised" || word == "modified" || word == "changed" || word == "update") word = "updated";
    out.append(word).append(" ");
  }
  return out;
}

}  // namespace waydiff::diff
