#include "extract/inline_text.hpp"

#include <algorithm>

#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

using core::Inline;

bool same_marks(const Inline& a, const Inline& b) {
  return a.strong == b.strong && a.emphasis == b.emphasis && a.code == b.code && a.href == b.href;
}

bool has_word(std::string_view text) {
  return count_words(text) > 0;
}

/// Collects words under marks; white space waits until it is known what follows.
class Line {
 public:
  void put(std::string_view text, const Inline& marks) {
    if (!runs_.empty() && !space_.empty()) {
      if (same_marks(runs_.back(), marks)) {
        runs_.back().text += space_;
      } else {
        // A space belongs to a mark only if it stands inside it.
        const Inline& before = runs_.back();
        append(space_, {"", before.strong && marks.strong, before.emphasis && marks.emphasis, before.code && marks.code,
                        before.href == marks.href ? marks.href : std::string()});
      }
    }
    space_.clear();
    append(text, marks);
  }
  void space(bool line_break) {
    if (line_break) {
      space_ = "\n";
    } else if (space_.empty()) {
      space_ = " ";
    }
  }
  std::vector<Inline> take() {
    space_.clear();
    for (Inline& run : runs_) run.text = to_nfc(std::move(run.text));
    drop_marks_without_words(&Inline::strong);
    drop_marks_without_words(&Inline::emphasis);
    std::vector<Inline> joined;
    for (Inline& run : runs_) {
      if (!joined.empty() && same_marks(joined.back(), run)) {
        joined.back().text += run.text;
      } else {
        joined.push_back(std::move(run));
      }
    }
    runs_.clear();
    return joined;
  }

 private:
  void append(std::string_view text, const Inline& marks) {
    if (runs_.empty() || !same_marks(runs_.back(), marks)) {
      runs_.push_back(marks);
      runs_.back().text.clear();
    }
    runs_.back().text += text;
  }

  void drop_marks_without_words(bool Inline::*mark) {
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      std::size_t j = i;
      bool word = false;
      while (j < runs_.size() && runs_[j].*mark) word = has_word(runs_[j++].text) || word;
      for (std::size_t k = i; k < j && !word; ++k) runs_[k].*mark = false;
      if (j > i) i = j - 1;
    }
  }

  std::vector<Inline> runs_;
  std::string space_;
};

/// Nothing but such words, as most runs. All bytes are looked at: so it takes many at once.
bool is_plain_words(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  const char* const signs = text.data();
  const std::size_t size = text.size();
  unsigned char found = 0;
  for (std::size_t i = 0; i < size; ++i) {
    found |= static_cast<unsigned char>(static_cast<unsigned char>(signs[i] - ' ') > '~' - ' ');
  }
  for (std::size_t i = 1; i < size; ++i) {
    found |= static_cast<unsigned char>((signs[i] == ' ') & (signs[i - 1] == ' '));
  }
  return found == 0;
}

/// The end of the ASCII words from `at` on that have one space between them; they hold nothing that has to be tidied.
std::size_t end_of_plain_words(std::string_view text, std::size_t at) {
  if (at == 0 && is_plain_words(text)) return text.size();
  const auto in_word = [&](std::size_t i) { return i < text.size() && text[i] > ' ' && text[i] < '\x7F'; };
  for (;; ++at) {
    while (in_word(at)) ++at;
    if (at >= text.size() || text[at] != ' ' || at == 0 || !in_word(at - 1) || !in_word(at + 1)) return at;
  }
}

/// As most are: nothing has to be done.
bool is_tidy(const std::vector<Inline>& runs) {
  return runs.size() == 1 && !runs.front().strong && !runs.front().emphasis && is_plain_words(runs.front().text);
}

bool holds_text(const std::vector<Inline>& runs) {
  return std::any_of(runs.begin(), runs.end(), [](const Inline& run) { return !run.text.empty(); });
}

}  // namespace

std::vector<std::vector<Inline>> tidy_paragraphs(std::vector<Inline> runs) {
  std::vector<std::vector<Inline>> parts;
  if (is_tidy(runs)) {
    parts.push_back(std::move(runs));
    return parts;
  }
  Line line;
  int breaks = 0;
  const auto put = [&](std::string_view text, const Inline& run) {
    if (breaks > 1) {
      if (auto part = line.take(); holds_text(part)) parts.push_back(std::move(part));
    }
    breaks = 0;
    line.put(text, run);
  };
  for (const Inline& run : runs) {
    for (std::size_t at = 0; at < run.text.size();) {
      const std::size_t before = at;
      at = end_of_plain_words(run.text, at);
      if (at > before) {
        put(std::string_view(run.text).substr(before, at - before), run);
        continue;
      }
      const char32_t c = next_code_point(run.text, at);
      if (is_invisible(c)) continue;
      if (is_unicode_space(c) || c < 32) {
        breaks += c == '\n';
        line.space(c == '\n');
        continue;
      }
      put(std::string_view(run.text).substr(before, at - before), run);
    }
  }
  if (auto part = line.take(); holds_text(part)) parts.push_back(std::move(part));
  return parts;
}

std::vector<Inline> tidy_line(std::vector<Inline> runs) {
  for (Inline& run : runs) std::replace(run.text.begin(), run.text.end(), '\n', ' ');
  auto parts = tidy_paragraphs(std::move(runs));
  return parts.empty() ? std::vector<Inline>() : std::move(parts.front());
}

std::string tidy_text(std::string_view text) {
  Inline run;
  run.text = text;
  return plain_text(tidy_line({run}));
}

std::string plain_text(const std::vector<Inline>& runs) {
  std::string text;
  for (const Inline& run : runs) text += run.text;
  return text;
}

std::string plain_text(const core::Block& block) {
  if (block.kind != core::BlockKind::table_row) return plain_text(block.runs);
  std::string text;
  for (std::size_t i = 0; i < block.cells.size(); ++i) {
    if (i > 0) text += " | ";
    text += plain_text(block.cells[i]);
  }
  return text;
}

const core::Block* repeated_title(const core::Document& document) {
  const auto first = std::find_if(document.blocks.begin(), document.blocks.end(),
                                  [](const core::Block& block) { return block.kind == core::BlockKind::heading; });
  const bool repeats = first != document.blocks.end() && plain_text(*first) == document.title;
  return repeats ? &*first : nullptr;
}

}  // namespace waydiff::extract
