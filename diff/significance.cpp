#include "diff/significance.hpp"

#include <algorithm>
#include <array>

#include "diff/address.hpp"
#include "diff/enumerator.hpp"
#include "diff/fingerprint.hpp"
#include "diff/lexicon.hpp"
#include "diff/update_date.hpp"
#include "diff/words.hpp"

namespace waydiff::diff {
namespace {

using core::Significance;
using namespace std::string_view_literals;

Judgement retouched(const Wording& before, const Wording& after) {
  if (before.text == after.text) {
    const bool link = link_targets(before.markup) != link_targets(after.markup);
    return {Significance::editorial, link ? "link"sv : "markup"sv};
  }
  const std::string_view old_text = before.text.substr(enumerator_length(before.text));
  const std::string_view new_text = after.text.substr(enumerator_length(after.text));
  if (enumerator_label(before.text) != enumerator_label(after.text) || old_text == new_text) {
    return {Significance::editorial, "numbering"sv};
  }
  const bool same_case = without_typography(old_text) == without_typography(new_text);
  return {Significance::editorial, same_case ? "typography"sv : "case"sv};
}

bool parts_words(char c) {
  static constexpr std::array<bool, 256> signs = [] {
    std::array<bool, 256> found{};
    for (const char sign : ".,;:!?\"()[]| "sv) found[static_cast<unsigned char>(sign)] = true;
    return found;
  }();
  return signs[static_cast<unsigned char>(c)];
}

/// Whether two texts have the same letters and digits in the same order, as all do that differ in punctuation and
/// spaces alone. "&" is taken for "and" elsewhere, so nothing is said where one stands.
bool may_have_same_letters(std::string_view before, std::string_view after) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  for (std::size_t i = 0, j = 0;; ++i, ++j) {
    while (i < before.size() && !letter(before[i]) && before[i] != '&') ++i;
    while (j < after.size() && !letter(after[j]) && after[j] != '&') ++j;
    if (i == before.size() || j == after.size()) return i == before.size() && j == after.size();
    if (before[i] == '&' || after[j] == '&') return true;
    if (before[i] != after[j]) return false;
  }
}

/// Without the marks that part words and sentences. Signs with a meaning of their own (%, &, +, @ …) stay, as do
/// points and commas inside numbers. A hyphen counts as `hyphen`.
std::string without_punctuation(std::string_view text, char hyphen) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    const auto digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    if (c == '-') c = hyphen;
    if ((c == '.' || c == ',' || c == ':') && i > 0 && digit(i - 1) && digit(i + 1)) {
      out += c;
    } else if (c == '\0' || c == '\'') {
      continue;
    } else if (c == '#' && (text.substr(i + 1).starts_with('#') || text.substr(i + 1).starts_with(' '))) {
      continue;             // a heading's mark that was left in the text
    } else if (c == '&') {  // "Terms & Conditions"
      out += out.empty() || out.back() == ' ' ? "and" : " and";
      out += ' ';
    } else if (parts_words(c)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c;
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

bool same_but_punctuation(std::string_view before, std::string_view after) {
  if (!may_have_same_letters(before, after)) return false;
  return without_punctuation(before, ' ') == without_punctuation(after, ' ') ||
         without_punctuation(before, '\0') == without_punctuation(after, '\0');
}

/// Letters and digits alone: "ChromeOS" and "Chrome OS", "1000kWh" and "1000 kWh". Digits stay apart.
std::string without_spaces(std::string_view text) {
  const std::string bare = without_punctuation(text, ' ');
  const auto digit = [&](std::size_t at) { return bare[at] >= '0' && bare[at] <= '9'; };
  std::string out;
  for (std::size_t i = 0; i < bare.size(); ++i) {
    if (bare[i] != ' ' || (i > 0 && i + 1 < bare.size() && digit(i - 1) && digit(i + 1))) out += bare[i];
  }
  return out;
}

/// Words run together or parted, in a way that says the same: "may be" and "maybe" do not.
bool same_but_spaces(std::string_view before, std::string_view after) {
  if (!may_have_same_letters(before, after)) return false;
  return without_spaces(before) == without_spaces(after) && same_force(before, after);
}

/// What joins a list's member to the next ("; and", ", or") stands at its end: a list that grew moves it.
std::string_view without_joint(std::string_view text) {
  constexpr std::array joints = {" and"sv, " or"sv, " and/or"sv, " und"sv, " oder"sv,
                                 " et"sv,  " ou"sv, " y"sv,      " o"sv,   " e"sv};
  for (const std::string_view joint : joints) {
    if (!text.ends_with(joint)) continue;
    const std::string_view rest = text.substr(0, text.size() - joint.size());
    if (rest.ends_with(';') || rest.ends_with(',')) return rest;
  }
  return text;
}

/// The joint came or went, "and" did not become "or".
bool same_but_joint(std::string_view before, std::string_view after) {
  const std::string_view old_rest = without_joint(before);
  const std::string_view new_rest = without_joint(after);
  const bool one = (old_rest.size() == before.size()) != (new_rest.size() == after.size());
  return one && same_but_punctuation(old_rest, new_rest);
}

/// Equal but for e-mail addresses that one side shows as "[email protected]": a page's guard against robots.
bool same_but_hidden_addresses(std::string_view before, std::string_view after) {
  constexpr std::string_view hidden = "[email protected]";
  const bool old_hides = before.find(hidden) != std::string_view::npos;
  if (old_hides == (after.find(hidden) != std::string_view::npos)) return false;
  const auto masked = [&](std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
      const bool here = text.substr(i).starts_with(hidden);
      const bool start = i == 0 || text[i - 1] == ' ' || text[i - 1] == '(' || text[i - 1] == ':' || text[i - 1] == '"';
      const std::size_t size = here ? hidden.size() : start ? address_length(text, i) : 0;
      const bool mail = here || (size > 0 && text.substr(i, size).find('@') != std::string_view::npos);
      out += mail ? '@' : text[i];
      i += mail ? size : 1;
    }
    return out;
  };
  return masked(before) == masked(after);
}

bool names_part(std::string_view word) {
  constexpr std::array parts = {
      "section"sv,    "sections"sv,   "article"sv,   "articles"sv, "clause"sv,   "clauses"sv,  "paragraph"sv,
      "paragraphs"sv, "part"sv,       "parts"sv,     "chapter"sv,  "annex"sv,    "appendix"sv, "schedule"sv,
      "exhibit"sv,    "point"sv,      "abschnitt"sv, "artikel"sv,  "ziffer"sv,   "ziff"sv,     "nummer"sv,
      "nr"sv,         "kapitel"sv,    "absatz"sv,    "sección"sv,  "artículo"sv, "apartado"sv, "cláusula"sv,
      "titre"sv,      "paragraphe"sv, "sezione"sv,   "articolo"sv};
  return std::find(parts.begin(), parts.end(), word) != parts.end();
}

/// Whether `from` became `to` as the headings did: itself, or the part it begins with ("5.2" to "6.2" where 5 is now
/// 6).
bool renumbered(std::string_view from, std::string_view to, const Renumbering& renumbering) {
  if (const auto entry = renumbering.find(from); entry != renumbering.end()) return entry->second == to;
  const std::size_t dot = from.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::size_t new_dot = to.rfind('.');
  return new_dot != std::string_view::npos && from.substr(dot) == to.substr(new_dot) &&
         renumbered(from.substr(0, dot), to.substr(0, new_dot), renumbering);
}

/// Equal but for the numbers of other sections, which were renumbered in just that way.
bool same_but_references(std::string_view before, std::string_view after, const Renumbering& renumbering) {
  if (renumbering.empty()) return false;
  const auto old_words = words(before);
  const auto new_words = words(after);
  if (old_words.size() != new_words.size()) return false;
  bool reference = false;  // inside "Sections 4, 5 and 6"
  bool changed = false;
  for (std::size_t i = 0; i < old_words.size(); ++i) {
    const std::string_view word = old_words[i];
    const bool number = word.front() >= '0' && word.front() <= '9';
    const std::string_view lead = before.substr(0, static_cast<std::size_t>(word.data() - before.data()));
    if (lead.ends_with("§") || lead.ends_with("§ ")) reference = true;
    if (word != new_words[i]) {
      if (!reference || !renumbered(word, new_words[i], renumbering)) return false;
      changed = true;
    }
    reference = names_part(word) ||
                (reference && (number || word == "and" || word == "or" || word == "to" || word == "through" ||
                               word == "und" || word == "bis" || word == "et" || word == "y"));
  }
  return changed;
}

}  // namespace

Judgement judge(const Wording& before, const Wording& after, const Renumbering& renumbering) {
  const std::string_view a = before.fingerprint;
  const std::string_view b = after.fingerprint;
  if (a == b) return retouched(before, after);
  if (same_update_statement(a, b)) return {Significance::editorial, "date"sv};
  if (states_copyright(a) && states_copyright(b) && without_dates(a) == without_dates(b)) {
    return {Significance::editorial, "date"sv};
  }
  if (same_but_punctuation(a, b) || same_but_joint(a, b)) return {Significance::editorial, "punctuation"sv};
  if (same_but_spaces(a, b)) return {Significance::editorial, "typography"sv};
  if (same_but_hidden_addresses(a, b)) return {Significance::editorial, "link"sv};
  if (same_but_references(a, b, renumbering)) return {Significance::editorial, "numbering"sv};
  return {Significance::substantive, "reworded"sv};
}

Judgement judge_parts(const Wording& before, const Wording& after, std::string_view reason) {
  const auto telling = [](std::string_view fingerprint) {
    auto list = words(fingerprint);
    std::erase_if(list, is_connective);
    return list;
  };
  if (telling(before.fingerprint) == telling(after.fingerprint)) return {Significance::structural, reason};
  return {Significance::substantive, "reworded"sv};
}

}  // namespace waydiff::diff
