#include "diff/flags.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "diff/address.hpp"
#include "diff/lexicon.hpp"
#include "diff/parties.hpp"
#include "diff/words.hpp"

namespace waydiff::diff {
namespace {

using namespace std::string_view_literals;
using Words = std::vector<std::string_view>;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_number(std::string_view word) {
  return !word.empty() && is_digit(word.front()) && !is_address(word);
}

/// The digits in front, without units: "3,000" of "3,000kwh", "2" of "2am".
std::string_view digits_of(std::string_view word) {
  std::size_t end = 0;
  while (end < word.size() && (is_digit(word[end]) || word[end] == '.' || word[end] == ',')) ++end;
  while (end > 0 && !is_digit(word[end - 1])) --end;
  return word.substr(0, end);
}

bool is_year(std::string_view word) {
  return word.size() == 4 && (word.starts_with("19") || word.starts_with("20")) &&
         std::all_of(word.begin(), word.end(), is_digit);
}

bool is_day(std::string_view word) {
  return is_number(word) && (word.size() <= 2 || (word.size() <= 4 && !is_digit(word.back())));
}

/// The words of a clause sorted into what the rules compare. Each list is sorted, with repetitions.
struct Facts {
  std::vector<std::string> negation, modality, number, duration, date, money, choice;
};

/// The words of a fingerprint with what stands around each.
class Reading {
 public:
  explicit Reading(std::string_view text) : text_(text), list_(words(text)), date_(list_.size(), false) {
    mark_dates();
  }

  [[nodiscard]] Facts facts() const {
    Facts facts;
    std::string quantity;  // the last number within the three words before: "30 business days", "thirty (30) days"
    std::size_t quantity_at = 0;
    for (std::size_t i = 0; i < list_.size(); ++i) {
      const std::string_view word = list_[i];
      if (date_[i]) {
        facts.date.emplace_back(word);
        continue;
      }
      if (is_address(word)) continue;
      // "don't" and "do not" deny alike
      if (is_negation(word)) facts.negation.emplace_back(word == "cannot" || word.ends_with("n't") ? "not" : word);
      if (const std::string_view verb = modal(word); !verb.empty()) facts.modality.emplace_back(verb);
      if (is_choice(word)) facts.choice.emplace_back(word);
      if (const std::string number = number_at(i); !number.empty()) {
        // "thirty (30) days" says one number
        const bool again = !quantity.empty() && quantity == number && i - quantity_at <= 2;
        if (!again) facts.number.push_back(number);
        quantity = number;
        quantity_at = i;
      }
      // "Tag" is English too: it counts right behind its number only.
      const std::size_t reach = word == "tag" || word == "an" || word == "mes" ? 1 : 3;
      if (const std::string_view unit = time_unit(word);
          !unit.empty() && !quantity.empty() && i - quantity_at <= reach) {
        facts.duration.push_back(quantity + " " + std::string(unit));
      }
      if (is_currency(word)) {
        const bool after = is_number(at(i + 1));
        const bool before = i > 0 && (is_number(list_[i - 1]) || !number_value(list_[i - 1]).empty());
        if (after) facts.money.push_back(std::string(word) + std::string(list_[i + 1]));
        if (before && !after) facts.money.push_back(std::string(list_[i - 1]) + std::string(word));
      }
    }
    read_japanese(facts);
    for (auto* kind :
         {&facts.negation, &facts.modality, &facts.number, &facts.duration, &facts.date, &facts.money, &facts.choice}) {
      std::sort(kind->begin(), kind->end());
    }
    return facts;
  }

 private:
  [[nodiscard]] std::string_view at(std::size_t i) const { return i < list_.size() ? list_[i] : std::string_view(); }
  [[nodiscard]] char char_before(std::size_t i, std::size_t back) const {
    const auto offset = static_cast<std::size_t>(list_[i].data() - text_.data());
    return offset >= back ? text_[offset - back] : ' ';
  }
  [[nodiscard]] char char_after(std::size_t i) const {
    const auto offset = static_cast<std::size_t>(list_[i].data() - text_.data()) + list_[i].size();
    return offset < text_.size() ? text_[offset] : ' ';
  }

  /// Japanese verbs deny and allow at their end, which is no word of its own.
  void read_japanese(Facts& facts) const {
    constexpr std::array endings = {std::pair{"なければなりません"sv, "なければならない"sv},
                                    std::pair{"必要があります"sv, "なければならない"sv},
                                    std::pair{"ことができます"sv, "できる"sv},
                                    std::pair{"できます"sv, "できる"sv},
                                    std::pair{"ことがあります"sv, "ことがある"sv},
                                    std::pair{"場合があります"sv, "ことがある"sv},
                                    std::pair{"ません"sv, ""sv},
                                    std::pair{"しない"sv, ""sv},
                                    std::pair{"禁止"sv, ""sv}};
    if (text_.find("\xE3\x81") == std::string_view::npos) return;  // no hiragana
    for (std::size_t i = 0; i < text_.size();) {
      const auto found = std::find_if(endings.begin(), endings.end(),
                                      [&](const auto& ending) { return text_.substr(i).starts_with(ending.first); });
      if (found == endings.end()) {
        ++i;
        continue;
      }
      if (found->second.empty()) {
        facts.negation.emplace_back("ない");
      } else {
        facts.modality.emplace_back(found->second);
      }
      i += found->first.size();
    }
  }

  /// "(1) names, (2) addresses": counts members, says no number. "thirty (30) days" and "13(3)" do.
  [[nodiscard]] bool is_mark(std::size_t i) const {
    if (list_[i].size() > 2 || char_before(i, 1) != '(' || char_after(i) != ')' || char_before(i, 2) != ' ')
      return false;
    return (i == 0 || number_value(list_[i - 1]).empty()) && time_unit(at(i + 1)).empty() && !is_currency(at(i + 1));
  }

  [[nodiscard]] std::string number_at(std::size_t i) const {
    if (is_number(list_[i])) return is_mark(i) ? std::string() : std::string(digits_of(list_[i]));
    return std::string(number_value(list_[i]));
  }

  /// Words that make up a date: a month with a day or a year beside it, a year with its neighbours, 13/11/24.
  void mark_dates() {
    for (std::size_t i = 0; i < list_.size(); ++i) {
      const std::string_view word = list_[i];
      if (is_month(word)) {
        const bool year_near = is_year(at(i + 1)) || is_year(at(i + 2));
        const bool day_before = i > 0 && is_day(list_[i - 1]);
        const bool day_after = is_day(at(i + 1));
        // "may" and "mars" are words too: only a year makes them months.
        if (year_near || (word.size() > 4 && (day_before || day_after))) {
          date_[i] = true;
          if (day_before) date_[i - 1] = true;
          if (day_after) date_[i + 1] = true;
          if (is_year(at(i + 1))) date_[i + 1] = true;
          if (is_year(at(i + 2))) date_[i + 2] = true;
        }
      } else if (is_number(word) && (at(i + 1) == "月" || (at(i + 1) == "日" && i > 0 && list_[i - 1] == "月"))) {
        date_[i] = true;
      } else if (is_year(word)) {
        date_[i] = true;
        if (i >= 2 && is_day(list_[i - 1]) && is_day(list_[i - 2])) date_[i - 1] = date_[i - 2] = true;
        if (is_day(at(i + 1)) && is_day(at(i + 2))) date_[i + 1] = date_[i + 2] = true;
      } else if (is_number(word) && std::count(word.begin(), word.end(), '.') == 2) {
        date_[i] = true;
      } else if (i >= 2 && is_day(word) && is_day(list_[i - 1]) && is_day(list_[i - 2]) && char_before(i, 1) == '/' &&
                 char_before(i - 1, 1) == '/') {
        date_[i - 2] = date_[i - 1] = date_[i] = true;
      }
    }
  }

  std::string_view text_;
  Words list_;
  std::vector<bool> date_;
};

}  // namespace

std::vector<std::string> link_targets(std::string_view markup) {
  std::vector<std::string> found;
  const auto is_end = [](char c) { return c == ')' || c == ' ' || c == '>' || c == '"' || c == ']'; };
  for (std::size_t at = 0; (at = markup.find("](", at)) != std::string_view::npos;) {
    at += 2;
    const auto end = static_cast<std::size_t>(
        std::find_if(markup.begin() + static_cast<std::ptrdiff_t>(at), markup.end(), is_end) - markup.begin());
    found.emplace_back(markup.substr(at, end - at));
    at = end;
  }
  for (const std::string_view word : words(markup)) {
    const bool target = word.data() - markup.data() >= 2 && std::string_view(word.data() - 2, 2) == "](";
    if (!target && is_address(word)) found.emplace_back(word);
  }
  std::sort(found.begin(), found.end());
  return found;
}

bool same_force(std::string_view before, std::string_view after) {
  const Facts a = Reading(before).facts();
  const Facts b = Reading(after).facts();
  return a.negation == b.negation && a.modality == b.modality;
}

std::vector<std::string> flags(const Wording& before, const Wording& after) {
  const Facts a = Reading(before.fingerprint).facts();
  const Facts b = Reading(after.fingerprint).facts();
  std::vector<std::string> raised;
  const auto raise = [&](std::string_view name, bool differs) {
    if (differs) raised.emplace_back(name);
  };
  raise("negation", a.negation != b.negation);
  raise("modality", a.modality != b.modality);
  raise("number", a.number != b.number);
  raise("duration", a.duration != b.duration);
  raise("date", a.date != b.date);
  raise("money", a.money != b.money);
  raise("link", link_targets(before.markup) != link_targets(after.markup));
  raise("party", party_differs(before, after));
  raise("choice", a.choice != b.choice);
  return raised;
}

}  // namespace waydiff::diff
