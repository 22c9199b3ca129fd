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

}  // namespace

bool states_update(std::string_view fingerprint) {
  constexpr std::array phrases = {
      "updated"sv,      "last modified"sv, "last revised"sv, "last revision"sv, "revised"sv,       "effective"sv,
      "last changed"sv, "last update"sv,   "date of last"sv, "version"sv,       "posted"sv,        "stand"sv,
      "gültig ab"sv,    "zuletzt"sv,       "mis à jour"sv,   "mise à jour"sv,   "en vigueur"sv,    "actualiza"sv,
      "aggiorna"sv,     "vigor"sv,         "amended"sv,      "in force"sv,      "current as of"sv, "as of"sv,
      "published"sv,    "applies from"sv,  "apply from"sv};
  if (fingerprint.size() > 160) return false;
  const bool digit = std::any_of(fingerprint.begin(), fingerprint.end(), is_digit);
  if (!digit) return false;
  const bool phrase = std::any_of(phrases.begin(), phrases.end(), [&](std::string_view part) {
    return fingerprint.find(part) != std::string_view::npos;
  });
  if (!phrase) return false;
  std::size_t others = 0;
  bool date = false;
  for (const std::string_view word : words(fingerprint)) {
    if (!is_date_part(word)) {
      ++others;
    } else if (is_month(word) || word.size() >= 4) {
      date = true;
    }
  }
  return date && others <= 14;
}

std::string without_dates(std::string_view fingerprint) {
  std::string out;
  bool in_date = false;
  for (const std::string_view word : words(fingerprint)) {
    if (is_date_part(word)) {
      if (!in_date) out += "# ";
      in_date = true;
    } else if (!(in_date && (word == "of" || word == "de"))) {
      in_date = false;
      out.append(word).append(" ");
    }
  }
  return out;
}

}  // namespace waydiff::diff
