#include "diff/sentence_breaks.hpp"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <string>

#include "core/holds_any.hpp"
#include "diff/byte_block.hpp"
#include "diff/enumerator.hpp"
#include "diff/lexicon.hpp"
#include "diff/sentence_rules.hpp"
#include "diff/word_list.hpp"

namespace waydiff::diff {
namespace {

using namespace std::string_view_literals;

// Never the last word of a sentence.
constexpr auto always = word_list(
    "e.g i.e eg ie mr mrs ms dr prof hon vs v viz cf approx incl z.b bzw d.h u.a ggf inkl vgl sog gem "
    "p.ex mme sra ud uds p.ej ca s.o evtl");
// Abbreviations only before a number: "No. 5", "Art. 6", "Abs. 1", "Jan. 3".
constexpr auto before_number = word_list(
    "no nos nr art arts sec secs sect abs ziff fig ch cl para paras p pp vol reg núm pág jan feb mar apr "
    "jun jul aug sep sept oct nov dec tel lit rec box ext cap title pub stat supp rev");
// May end a sentence too: then a word that starts one follows.
constexpr auto maybe = word_list(
    "inc ltd llc co corp plc etc jr sr st dept est bros ave blvd rd str gov univ assn usc pte pty pvt "
    "cal civ prof av cie fed");
constexpr auto starters = word_list(
    "we you your our the this these those that if it they in for as to please by when where all any no a "
    "an each such however upon unless some there its their with at from on additionally although because "
    "some under wir sie ihre die der das wenn nous vous le la les si el los nosotros usted");

using Signs = std::array<bool, 256>;

constexpr Signs signs(std::string_view which) {
  Signs found{};
  for (const char sign : which) found[static_cast<unsigned char>(sign)] = true;
  return found;
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
  if (is_enumerator(before)) return false;
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
  if (always.holds(word) || ends_in_spaced_abbreviation(before) || is_in_spaced_abbreviation(word, after)) return false;
  if (before_number.holds(word) && (is_digit(rest.front()) || (next.size() < 6 && !next.empty() &&
                                                               next.find_first_not_of("ivxlc") == std::string::npos))) {
    return false;
  }
  if (std::all_of(word.begin(), word.end(), is_digit) && word.size() <= 2 && is_month(next)) return false;
  const bool initial =
      word.size() == 1 && is_ascii_letter(before[before.size() - 2]) && before[before.size() - 2] <= 'Z';
  if (initial || is_dotted(word) || maybe.holds(word)) return starters.holds(next) || is_numbered_start(after);
  return true;
}

/// "Your rights -----": a heading underlined by hand.
bool ends_in_rule(std::string_view text) {
  const std::size_t start = text.find_last_not_of(text.back()) + 1;
  return text.size() - start >= 4 && (start == 0 || text[start - 1] == ' ');
}

/// False when no sentence can end inside `text`: most list items and headings.
bool has_inner_end(std::string_view text) {
  static constexpr Signs telling = [] {
    Signs found = signs(".!?:;=-");
    for (std::size_t byte = 0xD6; byte < found.size(); ++byte) found[byte] = true;
    return found;
  }();
  const auto telling_block = [](ByteBlock block) {
    return equals(block, '.') | equals(block, '!') | equals(block, '?') | in_range(block, ':', '=') |
           equals(block, '-') | in_range(block, 0xD6, 0xFF);
  };
  const std::size_t last_space = text.rfind(' ');
  for (std::size_t i = skip_blocks(text, 0, telling_block); i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (!telling[c]) continue;
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
  return !text.empty() && is_capital(text.front()) && starters.holds(folded(first_word(text)));
}

/// Whether the first sentence of `text` tells something: "Art. 6 GDPR (consent)." and "Mail, Fax and Post." do not.
bool has_verb(std::string_view text) {
  static constexpr auto verbs = word_list(
      "is are was were be been will would may might can could cannot shall should must do does did have "
      "has had need needs want agree agrees collect collects provide provides include includes apply "
      "applies reserve reserves keep keeps share shares ask see please don't use uses contact allow allows");
  text = text.substr(0, std::min<std::size_t>(text.find(". "), 1000));
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t start = i;
    while (i < text.size() && (is_ascii_letter(text[i]) || text[i] == '\'')) ++i;
    if (i > start && verbs.holds(folded(text.substr(start, i - start)))) return true;
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
  return std::count(rest.begin(), rest.end(), ' ') >= 2 && (starters.holds(next) || language.is_english());
}

/// A capital right behind a full stop: rare enough to be looked for once.
bool has_lost_space(std::string_view text) {
  for (std::size_t at = text.find('.'); at < text.size() && at + 1 < text.size(); at = text.find('.', at + 1)) {
    if (is_capital(text[at + 1])) return true;
  }
  return false;
}

/// Finds the places behind which a hidden start may stand.
class HintsOfStarts {
 public:
  explicit HintsOfStarts(std::string_view text)
      : text_(text),
        only_dots_(!core::holds_any<':', ';'>(text) && text.find("----") == std::string_view::npos &&
                   text.find("====") == std::string_view::npos) {}

  /// The first from `at` on; text.size() if there is none.
  [[nodiscard]] std::size_t next(std::size_t at) const {
    if (only_dots_) return std::min(text_.find('.', at), text_.size());
    static constexpr Signs hints = signs(".:;=-dr");  // "d" and "r": of "; and", "; or"
    while (at < text_.size() && !hints[static_cast<unsigned char>(text_[at])]) ++at;
    return at;
  }

 private:
  std::string_view text_;
  bool only_dots_;  ///< as most texts are: no member, no underlining, nothing behind a colon
};

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
  std::unique_ptr<UText, CloseText> utf8;
  if (greek_) {
    utf8.reset(utext_openUTF8(nullptr, text.data(), static_cast<int64_t>(text.size()), &status));
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
  const HintsOfStarts hints(text);
  const auto cut_hidden = [&](std::size_t end) {
    for (seen = hints.next(seen); seen + 2 < end; seen = hints.next(seen + 1)) {
      const char c = text[seen];
      if (run_together && c == '.' && is_run_together(text, start, seen, language_)) {
        cut_at(seen + 1);
        continue;
      }
      if (text[seen + 1] != ' ') continue;
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

}  // namespace waydiff::diff
