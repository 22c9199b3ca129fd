#include "diff/significance.hpp"

#include <algorithm>
#include <array>

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
    } else if (".,;:!?\"()[]| "sv.find(c) != std::string_view::npos) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c;
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

bool same_but_punctuation(std::string_view before, std::string_view after) {
  return without_punctuation(before, ' ') == without_punctuation(after, ' ') ||
         without_punctuation(before, '\0') == without_punctuation(after, '\0');
}

bool names_part(std::string_view word) {
  constexpr std::array parts = {"section"sv,   "sections"sv,  "article"sv,    "articles"sv, "clause"sv,
                                "clauses"sv,   "paragraph"sv, "paragraphs"sv, "part"sv,     "chapter"sv,
                                "abschnitt"sv, "artikel"sv,   "ziffer"sv,     "sección"sv,  "artículo"sv};
  return std::find(parts.begin(), parts.end(), word) != parts.end();
}

/// Equal but for the numbers of other sections, which were renumbered in just that way.
bool same_but_references(std::string_view before, std::string_view after, const Renumbering& renumbering) {
  const auto old_words = words(before);
  const auto new_words = words(after);
  if (old_words.size() != new_words.size() || renumbering.empty()) return false;
  bool reference = false;  // inside "Sections 4, 5 and 6"
  bool changed = false;
  for (std::size_t i = 0; i < old_words.size(); ++i) {
    const std::string_view word = old_words[i];
    const bool number = word.front() >= '0' && word.front() <= '9';
    if (word != new_words[i]) {
      const auto entry = renumbering.find(word);
      if (!reference || entry == renumbering.end() || entry->second != new_words[i]) return false;
      changed = true;
    }
    reference = names_part(word) ||
                (reference && (number || word == "and" || word == "or" || word == "to" || word == "through"));
  }
  return changed;
}

}  // namespace

Judgement judge(const Wording& before, const Wording& after, const Renumbering& renumbering) {
  if (before.fingerprint == after.fingerprint) return retouched(before, after);
  if (states_update(before.fingerprint) && states_update(after.fingerprint) &&
      without_dates(before.fingerprint) == without_dates(after.fingerprint)) {
    return {Significance::editorial, "date"sv};
  }
  if (same_but_punctuation(before.fingerprint, after.fingerprint)) return {Significance::editorial, "punctuation"sv};
  if (same_but_references(before.fingerprint, after.fingerprint, renumbering))
    return {Significance::editorial, "numbering"sv};
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
