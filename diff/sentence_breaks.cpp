#include "diff/sentence_breaks.hpp"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <string>

#include "diff/enumerator.hpp"
#include "diff/lexicon.hpp"
#include "diff/sentence_rules.hpp"

namespace waydiff::diff {
namespace {

using namespace std::string_view_literals;

// Never the last word of a sentence.
constexpr std::array always = {"e.g"sv, "i.e"sv, "eg"sv,  "ie"sv,   "mr"sv,  "mrs"sv,    "ms"sv,   "dr"sv,   "prof"sv,
                               "hon"sv, "vs"sv,  "v"sv,   "viz"sv,  "cf"sv,  "approx"sv, "incl"sv, "z.b"sv,  "bzw"sv,
                               "d.h"sv, "u.a"sv, "ggf"sv, "inkl"sv, "vgl"sv, "sog"sv,    "gem"sv,  "p.ex"sv, "mme"sv,
                               "sra"sv, "ud"sv,  "uds"sv, "p.ej"sv, "ca"sv,  "s.o"sv,    "evtl"sv};
// Abbreviations only before a number: "No. 5", "Art. 6", "Abs. 1", "Jan. 3".
constexpr std::array before_number = {
    "no"sv,  "nos"sv, "nr"sv,   "art"sv,   "arts"sv, "sec"sv, "secs"sv,  "sect"sv, "abs"sv,  "ziff"sv, "fig"sv,
    "ch"sv,  "cl"sv,  "para"sv, "paras"sv, "p"sv,    "pp"sv,  "vol"sv,   "reg"sv,  "núm"sv,  "pág"sv,  "jan"sv,
    "feb"sv, "mar"sv, "apr"sv,  "jun"sv,   "jul"sv,  "aug"sv, "sep"sv,   "sept"sv, "oct"sv,  "nov"sv,  "dec"sv,
    "tel"sv, "lit"sv, "rec"sv,  "box"sv,   "ext"sv,  "cap"sv, "title"sv, "pub"sv,  "stat"sv, "supp"sv, "rev"sv};
// May end a sentence too: then a word that starts one follows.
constexpr std::array maybe = {"inc"sv, "ltd"sv, "llc"sv,  "co"sv,   "corp"sv, "plc"sv, "etc"sv,  "jr"sv,
                              "sr"sv,  "st"sv,  "dept"sv, "est"sv,  "bros"sv, "ave"sv, "blvd"sv, "rd"sv,
                              "str"sv, "gov"sv, "univ"sv, "assn"sv, "usc"sv,  "pte"sv, "pty"sv,  "pvt"sv,
                              "cal"sv, "civ"sv, "prof"sv, "av"sv,   "cie"sv,  "fed"sv};
constexpr std::array starters = {
    "we"sv,      "you"sv,   "your"sv,         "our"sv,      "the"sv,      "this"sv, "these"sv, "those"sv,  "that"sv,
    "if"sv,      "it"sv,    "they"sv,         "in"sv,       "for"sv,      "as"sv,   "to"sv,    "please"sv, "by"sv,
    "when"sv,    "where"sv, "all"sv,          "any"sv,      "no"sv,       "a"sv,    "an"sv,    "each"sv,   "such"sv,
    "however"sv, "upon"sv,  "unless"sv,       "some"sv,     "there"sv,    "its"sv,  "their"sv, "with"sv,   "at"sv,
    "from"sv,    "on"sv,    "additionally"sv, "although"sv, "because"sv,  "some"sv, "under"sv, "wir"sv,    "sie"sv,
    "ihre"sv,    "die"sv,   "der"sv,          "das"sv,      "wenn"sv,     "nous"sv, "vous"sv,  "le"sv,     "la"sv,
    "les"sv,     "si"sv,    "el"sv,           "los"sv,      "nosotros"sv, "usted"sv};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string folded(std::string_view word) {
  std::string out(word);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// The word a full stop at the end of `text` belongs to, inner dots included: "U.S" of "in the U.S.".
std::string_view abbreviated_word(std::string_view text) {
  text.remove_suffix(1);
  std::size_t start = text.size();
  while (start > 0) {
    const char c = text[start - 1];
    if (!is_ascii_letter(c) && !is_digit(c) && c != '.' && static_cast<unsigned char>(c) < 0x80) break;
    --start;
  }
  return text.substr(start);
}

std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && (is_ascii_letter(text[end]) || static_cast<unsigned char>(text[end]) >= 0x80)) ++end;
  return text.substr(0, end);
}

bool starts_lower(std::string_view text) {
  int32_t i = 0;
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t*>(text.data()), i,
                  static_cast<int32_t>(std::min<std::size_t>(text.size(), 8)), c);
  return u_islower(c) != 0;
}

/// Ends in two lone letters with their dots, the first one small: "i. e.", "z. B."
bool ends_in_spaced_abbreviation(std::string_view text) {
  const auto at = [&](std::size_t from_end) { return text[text.size() - from_end]; };
  return text.size() >= 5 && text.ends_with('.') && is_ascii_letter(at(2)) && at(3) == ' ' && at(4) == '.' &&
         at(5) >= 'a' && at(5) <= 'z' && (text.size() == 5 || at(6) == ' ');
}

/// Stands in the middle of one: "z." before "B. ".
bool is_in_spaced_abbreviation(std::string_view word, std::string_view after) {
  return word.size() == 1 && word.front() >= 'a' && word.front() <= 'z' && after.size() > 2 &&
         is_ascii_letter(after[0]) && after[1] == '.' && after[2] == ' ';
}

bool is_dotted(std::string_view word) {  // "u.s", "a.m", "s.a.r.l"
  if (word.size() < 3) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if ((i % 2 == 1) != (word[i] == '.')) return false;
  }
  return true;
}

/// "3.7. Sharing data": a numbered part, after whatever abbreviation.
bool is_numbered_start(std::string_view text) {
  const std::size_t mark = is_digit(text.front()) ? enumerator_length(text) : 0;
  return mark > 0 && mark < text.size() && text[mark] >= 'A' && text[mark] <= 'Z';
}

/// Whether ICU's boundary between `before` (from the sentence's start) and `after` is one of ours.
bool is_boundary(std::string_view before, std::string_view after) {
  while (before.ends_with(' ')) before.remove_suffix(1);
  if (before.empty() || after.empty()) return false;
  // What follows holds no word: a stray bracket or quote belongs to the sentence before.
  if (std::none_of(after.begin(), after.end(),
                   [](char c) { return is_ascii_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80; })) {
    return false;
  }
  const std::string probe = std::string(before) + " x";
  if (enumerator_length(probe) == probe.size() - 1) return false;
  const char last = before.back();
  if ((last == '!' || last == '?') && starts_lower(after)) return false;
  if (last != '.') return true;

  const std::string word = folded(abbreviated_word(before));
  std::string_view rest = after;
  while (!rest.empty() && (rest.front() == '(' || rest.front() == '"' || rest.front() == '\'' || rest.front() == '[')) {
    rest.remove_prefix(1);
  }
  if (rest.empty() || word.empty()) return true;
  const std::string next = folded(first_word(rest));
  if (among(always, word) || ends_in_spaced_abbreviation(before) || is_in_spaced_abbreviation(word, after))
    return false;
  if (among(before_number, word) &&
      (is_digit(rest.front()) ||
       (next.size() < 6 && !next.empty() && next.find_first_not_of("ivxlc") == std::string::npos))) {
    return false;
  }
  if (std::all_of(word.begin(), word.end(), is_digit) && word.size() <= 2 && is_month(next)) return false;
  const bool initial =
      word.size() == 1 && is_ascii_letter(before[before.size() - 2]) && before[before.size() - 2] <= 'Z';
  if (initial || is_dotted(word) || among(maybe, word)) return among(starters, next) || is_numbered_start(after);
  return true;
}

/// "Your rights -----": a heading underlined by hand.
bool ends_in_rule(std::string_view text) {
  const std::size_t start = text.find_last_not_of(text.back()) + 1;
  return text.size() - start >= 4 && (start == 0 || text[start - 1] == ' ');
}

/// False when no sentence can end inside `text`: most list items and headings.
bool has_inner_end(std::string_view text) {
  const std::size_t last_space = text.rfind(' ');
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '.' || c == '!' || c == '?' || c == ':' || c == ';' ||
        (text.substr(i + 1).starts_with(' ') && (c == '=' || c == '-') && ends_in_rule(text.substr(0, i + 1)))) {
      if (last_space != std::string_view::npos && last_space > i) return true;
      // no space follows, so only signs of other scripts could still end a sentence
    } else if (c >= 0xE0 && c != 0xE2) {
      return true;
    } else if (c == 0xD8 || c == 0xD6 || c == 0xDB) {
      return true;
    }
  }
  return false;
}

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool starts_a_sentence(std::string_view text) {
  return !text.empty() && is_capital(text.front()) && among(starters, folded(first_word(text)));
}

/// Whether the first sentence of `text` tells something: "Art. 6 GDPR (consent)." and "Mail, Fax and Post." do not.
bool has_verb(std::string_view text) {
  constexpr std::array verbs = {
      "is"sv,       "are"sv,   "was"sv,     "were"sv,    "be"sv,       "been"sv,    "will"sv,     "would"sv,
      "may"sv,      "might"sv, "can"sv,     "could"sv,   "cannot"sv,   "shall"sv,   "should"sv,   "must"sv,
      "do"sv,       "does"sv,  "did"sv,     "have"sv,    "has"sv,      "had"sv,     "need"sv,     "needs"sv,
      "want"sv,     "agree"sv, "agrees"sv,  "collect"sv, "collects"sv, "provide"sv, "provides"sv, "include"sv,
      "includes"sv, "apply"sv, "applies"sv, "reserve"sv, "reserves"sv, "keep"sv,    "keeps"sv,    "share"sv,
      "shares"sv,   "ask"sv,   "see"sv,     "please"sv,  "don't"sv,    "use"sv,     "uses"sv,     "contact"sv,
      "allow"sv,    "allows"sv};
  text = text.substr(0, std::min<std::size_t>(text.find(". "), 1000));
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t start = i;
    while (i < text.size() && (is_ascii_letter(text[i]) || text[i] == '\'')) ++i;
    if (i > start && among(verbs, folded(text.substr(start, i - start)))) return true;
  }
  return false;
}

/// Whether a bracket opened in `text` is still open at its end.
bool in_brackets(std::string_view text) {
  return std::count(text.begin(), text.end(), '(') > std::count(text.begin(), text.end(), ')');
}

/// Whether a sentence starts at `after` although ICU may see none: a member written small, "… by mail. (b) We keep
/// it.", a whole sentence put behind an unfinished line, "as follows: We keep it.", or one behind a ruled line. In
/// English any capital may start it; elsewhere nouns have capitals too.
bool is_hidden_start(std::string_view before, std::string_view after, Language& language) {
  while (before.ends_with(' ')) before.remove_suffix(1);
  if (before.empty()) return false;
  if (before.back() == '=' || before.back() == '-') return ends_in_rule(before);
  if (before.back() == '.') {
    const bool small = after.starts_with('(') || (after.front() >= 'a' && after.front() <= 'z');
    const std::size_t mark = small ? enumerator_length(after) : 0;
    // "i. e." is no end followed by a member
    return mark > 0 && after[mark] >= 'A' && after[mark] <= 'Z' && abbreviated_word(before).size() > 1;
  }
  const bool joined = before.ends_with("; and") || before.ends_with("; or");
  if (before.back() != ':' && before.back() != ';' && !joined) return false;
  if (in_brackets(before.substr(before.size() - std::min<std::size_t>(before.size(), 400)))) return false;
  const bool starts = starts_a_sentence(after);
  if (!starts && !(is_capital(after.front()) && has_verb(after))) return false;
  // "Note: We …" is one clause; the bounds keep a text of colons linear.
  before = before.substr(before.size() - std::min<std::size_t>(before.size(), 100));
  after = after.substr(0, 1000);
  return std::count(before.begin(), before.end(), ' ') >= 3 && std::count(after.begin(), after.end(), ' ') >= 4 &&
         after.find_first_of(".!?") != std::string_view::npos && (starts || language.is_english());
}

/// Where a mark that ICU left at the end of the sentence before begins: "… as follows: 1. |What it does; 2. |How".
/// npos where there is none.
std::size_t trailing_mark(std::string_view before) {
  while (before.ends_with(' ')) before.remove_suffix(1);
  if (!before.ends_with('.')) return std::string_view::npos;
  const std::size_t space = before.rfind(' ');
  if (space == std::string_view::npos || before.size() - space > 4) return std::string_view::npos;
  const std::string_view mark = before.substr(space + 1, before.size() - space - 2);
  if (mark.empty() || !std::all_of(mark.begin(), mark.end(), is_digit)) return std::string_view::npos;
  const std::string_view lead = before.substr(0, space);
  const bool listed = lead.ends_with(':') || lead.ends_with(';') || lead.ends_with("; and") || lead.ends_with("; or");
  return listed ? space + 1 : std::string_view::npos;
}

/// "… and deleted.You can ask": two sentences whose space was lost. `dot` is the mark's place; what stands before it
/// has begun at `start`.
bool is_run_together(std::string_view text, std::size_t start, std::size_t dot, Language& language) {
  const auto small = [&](std::size_t at) { return at < text.size() && text[at] >= 'a' && text[at] <= 'z'; };
  if (dot < start + 3 || !small(dot - 1) || !small(dot - 2) || !small(dot - 3)) return false;
  if (dot + 1 >= text.size() || !is_capital(text[dot + 1])) return false;
  std::size_t end = dot + 2;
  while (small(end)) ++end;
  if (end >= text.size() || (text[end] != ' ' && text[end] != '\'' && text[end] != ',')) return false;
  const std::string next = folded(text.substr(dot + 1, end - dot - 1));
  if (next == "com" || next == "net" || next == "org" || next == "io") return false;
  const std::string_view rest = text.substr(dot + 1, 200);
  return std::count(rest.begin(), rest.end(), ' ') >= 2 && (among(starters, next) || language.is_english());
}

/// A capital right behind a full stop: rare enough to be looked for once.
bool has_lost_space(std::string_view text) {
  for (std::size_t at = text.find('.'); at < text.size() && at + 1 < text.size(); at = text.find('.', at + 1)) {
    if (is_capital(text[at + 1])) return true;
  }
  return false;
}

bool may_hide_a_start(char c) {
  return c == '.' || c == ':' || c == ';' || c == '=' || c == '-' || c == 'd' || c == 'r';
}

struct CloseText {
  void operator()(UText* text) const noexcept { utext_close(text); }
};

}  // namespace

SentenceBreaks::SentenceBreaks(Language& language) : language_(language) {
  if (!language.is_greek()) return;
  UErrorCode status = U_ZERO_ERROR;
  greek_.reset(icu::BreakIterator::createSentenceInstance(icu::Locale("el"), status));
  if (U_FAILURE(status)) greek_.reset();
}

std::vector<std::size_t> SentenceBreaks::find(std::string_view text) const {
  std::vector<std::size_t> starts;
  if (!has_inner_end(text)) return starts;
  UErrorCode status = U_ZERO_ERROR;
  UText opened = UTEXT_INITIALIZER;
  std::unique_ptr<UText, CloseText> utf8;
  if (greek_) {
    utf8.reset(utext_openUTF8(&opened, text.data(), static_cast<int64_t>(text.size()), &status));
    if (U_SUCCESS(status)) greek_->setText(utf8.get(), status);
    if (U_FAILURE(status)) return starts;
  }
  std::size_t start = 0;
  const auto cut_at = [&](std::size_t offset) {
    starts.push_back(offset);
    start = offset;
  };
  std::size_t seen = 0;
  const bool run_together = has_lost_space(text);
  const auto cut_hidden = [&](std::size_t end) {
    for (; seen + 2 < end; ++seen) {
      if (!run_together) {
        const std::size_t space = text.find(' ', seen + 1);
        if (space >= end - 1) {
          seen = end - 2;
          return;
        }
        seen = space - 1;
      }
      const char c = text[seen];
      if (c == '.' && is_run_together(text, start, seen, language_)) {
        cut_at(seen + 1);
        continue;
      }
      // "d" and "r": of "; and", "; or".
      if (text[seen + 1] != ' ' || !may_hide_a_start(c)) continue;
      const std::size_t offset = seen + 2;
      if (is_hidden_start(text.substr(start, offset - start), text.substr(offset), language_)) cut_at(offset);
    }
  };
  const auto end_behind = [&](std::size_t offset) {
    if (!greek_) return sentence_end(text, offset);
    const int32_t next = greek_->following(static_cast<int32_t>(offset));
    return next == icu::BreakIterator::DONE ? text.size() : static_cast<std::size_t>(next);
  };
  for (std::size_t offset = 0; offset < text.size();) {
    offset = end_behind(offset);
    cut_hidden(offset);
    if (offset <= start || offset >= text.size()) continue;
    const std::string_view before = text.substr(start, offset - start);
    if (!is_boundary(before, text.substr(offset))) continue;
    const std::size_t mark = trailing_mark(before);
    cut_at(mark == std::string_view::npos || mark == 0 ? offset : start + mark);
  }
  return starts;
}

namespace {

/// The n-th label (from 0) of a series: letters, romans or numbers.
std::string series_label(char series, std::size_t n) {
  if (series == 'a') return n < 26 ? std::string(1, static_cast<char>('a' + n)) : std::string("?");
  if (series == '1') return std::to_string(n + 1);
  static constexpr std::array ones = {""sv, "i"sv, "ii"sv, "iii"sv, "iv"sv, "v"sv, "vi"sv, "vii"sv, "viii"sv, "ix"sv};
  static constexpr std::array tens = {""sv, "x"sv, "xx"sv, "xxx"sv};
  return n < 39 ? std::string(tens[(n + 1) / 10]) + std::string(ones[(n + 1) % 10]) : std::string("?");
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
    if (folded(sentence.substr(i + 1, want.size())) != want) continue;
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
