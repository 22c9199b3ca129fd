#include "extract/dates.hpp"

#include <algorithm>
#include <utility>

#include "extract/ascii.hpp"
#include "extract/date_cues.hpp"
#include "extract/inline_text.hpp"
#include "extract/utf8.hpp"
#include "extract/written_date.hpp"

namespace waydiff::extract {
namespace {

using core::Block;
using core::BlockKind;

constexpr std::size_t farthest = 70;  ///< bytes between a cue and its date

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '\xEF' || c == '\xE5'; });
}

/// A year, or two numbers: most texts with a number have one of no date.
bool may_hold_date(std::string_view text) {
  std::size_t numbers = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\xEF' || text[at] == '\xE5') return true;
    const std::size_t from = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == from) continue;
    if (at - from >= 4 || ++numbers == 2) return true;
  }
  return false;
}

/// A full stop that ends a sentence: followed by a space and no small letter, and not that of "25. Mai" or "Dec. 3".
bool ends_sentence(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\n' || text.substr(at, 3) == "\xE3\x80\x82") return true;
  if (c != '.' && c != '!' && c != '?') return false;
  if (at + 1 >= text.size()) return true;
  if (!is_space(text[at + 1]) || at + 2 >= text.size()) return false;
  if (c == '.' && at > 0 && is_digit(text[at - 1])) return false;
  const std::size_t word = text.substr(0, at).find_last_of(" \n(") + 1;
  if (c == '.' && at - word <= 3) return false;
  return !(text[at + 2] >= 'a' && text[at + 2] <= 'z');
}

class Finder {
 public:
  explicit Finder(const core::Document& document) : document_(document), order_(order_of(document)) {}

  std::vector<core::StatedDate> find() {
    for (std::size_t i = 0; i < document_.blocks.size(); ++i) {
      const Block& block = document_.blocks[i];
      const std::string text = plain_text(block);
      look_within(text);
      look_below(i, text);
      if (block.kind == BlockKind::table_row) look_down(i);
      look_alone(i, text);
    }
    return std::move(dates_);
  }

 private:
  static DateOrder order_of(const core::Document& document) {
    const std::string language = document.language.substr(0, 2);
    if (language == "en" || language.empty()) {
      const std::string& whole = document.language;
      if (whole == "en-US") return DateOrder::month_first;
      if (whole.starts_with("en-")) return DateOrder::day_first;
      std::string text;
      for (const Block& block : document.blocks) {
        const std::string line = plain_text(block);
        if (line.find('/') != std::string::npos && has_digit(line)) text += line + "\n";
        if (text.size() > 20'000) break;
      }
      return shown_order(text);
    }
    for (const std::string_view other : {"ja", "zh", "ko", "hu", "lt", "fa"}) {
      if (language == other) return DateOrder::unknown;
    }
    return DateOrder::day_first;
  }

  void put(std::string_view role, const std::string& date, std::string_view wording) {
    const bool known = std::any_of(dates_.begin(), dates_.end(), [&](const core::StatedDate& other) {
      return other.date == date && other.role == role;
    });
    if (!known) dates_.push_back({std::string(role), date, tidy_text(wording)});
  }

  /// Cue and date in one block.
  void look_within(const std::string& text) {
    static constexpr std::size_t longest = 4000;
    const std::string_view part = std::string_view(text).substr(0, longest);
    if (!may_hold_date(part)) return;
    // Dates first: most texts with a number have none, and cues are many.
    const std::vector<WrittenDate> written = written_dates(part, order_);
    if (written.empty()) return;
    const std::string small = lower_in_place(part);
    const std::vector<DateCue> cues = date_cues(small);
    if (cues.empty()) return;
    std::size_t used = cues.size();  // of a range only the first day is meant
    for (const WrittenDate& date : written) {
      std::size_t nearest = cues.size();
      for (std::size_t k = 0; k < cues.size() && cues[k].end <= date.begin; ++k) nearest = k;
      if (nearest < cues.size() && nearest == used) continue;
      if (nearest < cues.size() && belongs(small, cues[nearest], date)) {
        put(cues[nearest].role, date.date, part.substr(cues[nearest].begin, date.end - cues[nearest].begin));
        used = nearest;
        put_joined(part, cues, nearest, date);
        continue;
      }
      for (const DateCue& cue : cues) {
        const bool follows = cue.begin >= date.end && cue.begin - date.end <= 12;
        const bool alone = date.begin <= 2 && part.size() - cue.end <= 12;
        if (follows && (cue.behind || alone) && small.size() < 200) {
          put(cue.role, date.date, part.substr(date.begin, cue.end - date.begin));
          break;
        }
      }
    }
  }

  /// "Last updated and effective: May 25, 2018": the first of the two cues as well.
  void put_joined(std::string_view text, const std::vector<DateCue>& cues, std::size_t nearest,
                  const WrittenDate& date) {
    if (nearest == 0 || cues[nearest - 1].role == cues[nearest].role) return;
    const DateCue& other = cues[nearest - 1];
    const std::string between = lower(trim(text.substr(other.end, cues[nearest].begin - other.end)));
    for (const std::string_view word :
         {"and", "/", "&", ",", "|", "und", "et", "y", "e", "en", "och", "og", "a", "i"}) {
      if (between == word) put(other.role, date.date, text.substr(other.begin, date.end - other.begin));
    }
  }

  [[nodiscard]] static bool belongs(std::string_view text, const DateCue& cue, const WrittenDate& date) {
    const std::string_view gap = text.substr(cue.end, date.begin - cue.end);
    if (gap.size() > farthest) return false;
    for (std::size_t i = 0; i < gap.size(); ++i) {
      if (gap[i] != '\n' && ends_sentence(gap, i) && count_words(gap) > 0) return false;
    }
    static constexpr std::size_t most_between = 9;
    if (count_words(gap) > most_between) return false;
    std::size_t from = cue.begin;
    while (from > 0 && !ends_sentence(text, from - 1)) --from;
    std::size_t to = date.end;
    while (to < text.size() && !ends_sentence(text, to)) ++to;
    std::string_view before = trim(text.substr(from, cue.begin - from));
    for (const std::string_view other : {"previous", "earlier", "prior", "older", "archived", "vorherige", "frühere"}) {
      if (cue.role == "other" && before.ends_with(other)) return false;
    }
    // "Monthly users (updated February 17, 2023)": a label within a line.
    for (const std::string_view opening : {"(", "[", "|", "\xE2\x80\x93", "\xE2\x80\x94", " -"}) {
      if (before.ends_with(opening)) before = {};
    }
    const std::string_view after = text.substr(date.end, to - date.end);
    const std::string_view sentence = text.substr(from, to - from);
    if (names_law(sentence) && !is_label(before, gap)) return false;
    const std::size_t around = count_words(before) + count_words(after) + count_words(gap);
    if (cue.behind) return true;
    const bool named = names_document(text.substr(from, date.end - from)) || names_document(after.substr(0, 60));
    if (cue.weak) {
      // "Effective January 1, 2020, residents of California may …": a sentence that only begins like a label.
      return named ? around <= 24 : count_words(before) <= 3 && count_words(after) <= 6 && count_words(gap) <= 4;
    }
    if (named) return true;
    return count_words(before) <= 5 && count_words(after) <= 10;
  }

  static bool is_label(std::string_view before, std::string_view gap) {
    const std::string_view mark = trim(gap);
    return count_words(before) == 0 && (mark == ":" || mark.empty());
  }

  /// The cue is a block of its own, and the next block is the date.
  void look_below(std::size_t i, const std::string& text) {
    static constexpr std::size_t longest_label = 60;
    if (document_.blocks[i].kind == BlockKind::table_row) return;
    if (text.size() > longest_label || i + 1 >= document_.blocks.size()) return;
    const std::string below = plain_text(document_.blocks[i + 1]);
    if (!may_hold_date(below)) return;
    const auto found = written_dates(std::string_view(below).substr(0, 100), order_);
    if (found.empty() || !written_dates(text, order_).empty()) return;
    const std::string small = lower_in_place(text);
    const std::vector<DateCue> cues = date_cues(small);
    if (cues.empty()) return;
    const std::string_view rest = std::string_view(small).substr(cues.back().end);
    if (count_words(rest) > 2 || count_words(std::string_view(small).substr(0, cues.front().begin)) > 3) return;
    if (count_words(std::string_view(below).substr(0, found[0].begin)) > 1) return;
    if (count_words(std::string_view(below).substr(found[0].end)) > 4) return;
    put(cues.back().role, found[0].date, text + " " + below.substr(0, found[0].end));
  }

  /// A column head says it, and the cell below is the date.
  void look_down(std::size_t i) {
    if (i == 0 || document_.blocks[i - 1].kind != BlockKind::table_row ||
        document_.blocks[i - 1].number != document_.blocks[i].number) {
      return;
    }
    const auto& heads = document_.blocks[i - 1].cells;
    const auto& cells = document_.blocks[i].cells;
    for (std::size_t k = 0; k < heads.size() && k < cells.size(); ++k) {
      const std::string head = plain_text(heads[k]);
      const std::string cell = plain_text(cells[k]);
      if (head.size() > 60 || cell.size() > 60 || !has_digit(cell)) continue;
      const std::vector<DateCue> cues = date_cues(lower_in_place(head));
      const auto found = written_dates(cell, order_);
      if (cues.empty() || found.empty() || has_digit(head)) continue;
      put(cues.back().role, found[0].date, head + " " + cell);
    }
  }

  /// A line near the top, or the last one, that is nothing but a date.
  void look_alone(std::size_t i, const std::string& text) {
    static constexpr std::size_t near_top = 5;
    if ((i >= near_top && i + 1 != document_.blocks.size()) || text.size() > 40 || !may_hold_date(text)) return;
    if (document_.blocks[i].kind == BlockKind::table_row || document_.blocks[i].kind == BlockKind::list_item) return;
    const auto found = written_dates(text, order_);
    if (found.size() != 1) return;
    const bool whole = count_words(std::string_view(text).substr(0, found[0].begin)) <= 1 &&
                       count_words(std::string_view(text).substr(found[0].end)) == 0;
    const bool stated = std::any_of(dates_.begin(), dates_.end(),
                                    [&](const core::StatedDate& other) { return other.date == found[0].date; });
    if (whole && !stated) put("other", found[0].date, text);
  }

  const core::Document& document_;
  DateOrder order_;
  std::vector<core::StatedDate> dates_;
};

}  // namespace

std::string first_date(std::string_view text) {
  const auto dates = written_dates(text);
  return dates.empty() ? std::string() : dates.front().date;
}

std::vector<core::StatedDate> stated_dates(const core::Document& document) {
  return Finder(document).find();
}

}  // namespace waydiff::extract
