#include "diff/flags.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <utility>

#include "diff/fingerprint.hpp"
#include "diff/lexicon.hpp"
#include "diff/words.hpp"

namespace waydiff::diff {
namespace {

using Words = std::vector<std::string_view>;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_number(std::string_view word) {
  return !word.empty() && is_digit(word.front());
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

/// Marks the words that make up a date: a month with a day or a year beside it, a year with its neighbours.
std::vector<bool> date_words(const Words& list) {
  std::vector<bool> date(list.size(), false);
  const auto at = [&](std::size_t i) { return i < list.size() ? list[i] : std::string_view(); };
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (is_month(list[i])) {
      const bool year_near = is_year(at(i + 1)) || is_year(at(i + 2));
      const bool day_before = i > 0 && is_day(list[i - 1]);
      const bool day_after = is_day(at(i + 1));
      // "may" and "mars" are words too: only a year makes them months.
      if (year_near || (list[i].size() > 4 && (day_before || day_after))) {
        date[i] = true;
        if (day_before) date[i - 1] = true;
        if (day_after) date[i + 1] = true;
        if (is_year(at(i + 1))) date[i + 1] = true;
        if (is_year(at(i + 2))) date[i + 2] = true;
      }
    } else if (is_year(list[i])) {
      date[i] = true;
      if (i >= 2 && is_day(list[i - 1]) && is_day(list[i - 2])) date[i - 1] = date[i - 2] = true;
      if (is_day(at(i + 1)) && is_day(at(i + 2))) date[i + 1] = date[i + 2] = true;
    } else if (is_number(list[i]) && std::count(list[i].begin(), list[i].end(), '.') == 2) {
      date[i] = true;
    }
  }
  return date;
}

Facts facts(std::string_view fingerprint) {
  const Words list = words(fingerprint);
  const std::vector<bool> date = date_words(list);
  Facts facts;
  std::string quantity;  // the last number within the three words before: "30 business days", "thirty (30) days"
  std::size_t quantity_at = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string_view word = list[i];
    if (date[i]) {
      facts.date.emplace_back(word);
      continue;
    }
    if (is_negation(word)) facts.negation.emplace_back(word == "cannot" ? "not" : word);
    if (const std::string_view verb = modal(word); !verb.empty()) facts.modality.emplace_back(verb);
    if (is_choice(word)) facts.choice.emplace_back(word);
    const bool number = is_number(word) || is_number_word(word);
    if (number) {
      facts.number.emplace_back(word);
      quantity = word;
      quantity_at = i;
    }
    if (const std::string_view unit = time_unit(word); !unit.empty() && !quantity.empty() && i - quantity_at <= 3) {
      facts.duration.push_back(quantity + " " + std::string(unit));
    }
    if (is_currency(word)) {
      const bool after = i + 1 < list.size() && is_number(list[i + 1]);
      const bool before = i > 0 && (is_number(list[i - 1]) || is_number_word(list[i - 1]));
      if (after) facts.money.push_back(std::string(word) + std::string(list[i + 1]));
      if (before && !after) facts.money.push_back(std::string(list[i - 1]) + std::string(word));
    }
  }
  for (auto* kind :
       {&facts.negation, &facts.modality, &facts.number, &facts.duration, &facts.date, &facts.money, &facts.choice}) {
    std::sort(kind->begin(), kind->end());
  }
  return facts;
}

bool starts_upper(std::string_view word) {
  int32_t i = 0;
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t*>(word.data()), i,
                  static_cast<int32_t>(std::min<std::size_t>(word.size(), 8)), c);
  return u_isupper(c) != 0;
}

/// Names (capitals inside a sentence) and kinds of recipients, folded.
std::vector<std::string> parties(const Wording& side) {
  std::vector<std::string> found;
  const Words list = words(side.text);
  const auto capitals = std::count_if(list.begin(), list.end(), starts_upper);
  // A title or a shout: capitals mean nothing.
  const bool names = 2 * static_cast<std::size_t>(capitals) <= list.size() + 1;
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::string folded = fingerprint(list[i]);
    const std::string_view gap =
        i == 0 ? std::string_view()
               : std::string_view(list[i - 1].data() + list[i - 1].size(),
                                  static_cast<std::size_t>(list[i].data() - list[i - 1].data()) - list[i - 1].size());
    const bool sentence_start = i == 0 || gap.find_first_of(".!?:") != std::string_view::npos;
    const bool name = names && !sentence_start && starts_upper(list[i]) && !is_defined_term(folded);
    if (name || is_recipient(folded)) found.push_back(std::move(folded));
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

/// Whether one side names a party of which the other has no word at all.
bool party_differs(const Wording& before, const Wording& after) {
  const auto missing = [](const Wording& from, const Wording& in) {
    Words present = words(in.fingerprint);
    std::sort(present.begin(), present.end());
    const std::vector<std::string> named = parties(from);
    return std::any_of(named.begin(), named.end(), [&](const std::string& party) {
      return !std::binary_search(present.begin(), present.end(), std::string_view(party));
    });
  };
  return missing(before, after) || missing(after, before);
}

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
  for (const std::string_view scheme : {"http://", "https://", "www."}) {
    for (std::size_t at = 0; (at = markup.find(scheme, at)) != std::string_view::npos;) {
      auto end = static_cast<std::size_t>(
          std::find_if(markup.begin() + static_cast<std::ptrdiff_t>(at), markup.end(), is_end) - markup.begin());
      std::string target(markup.substr(at, end - at));
      while (target.ends_with('.') || target.ends_with(',') || target.ends_with(';')) target.pop_back();
      const bool inside = at > 0 && (markup[at - 1] == '(' || markup[at - 1] == '/');
      if (!inside) found.push_back(std::move(target));
      at = end;
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::string> flags(const Wording& before, const Wording& after) {
  const Facts a = facts(before.fingerprint);
  const Facts b = facts(after.fingerprint);
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
