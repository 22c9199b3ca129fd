#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"
#include "extract/markdown_inline.hpp"
#include "extract/render.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

using core::Inline;

bool looks_like_entity(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  if (end < text.size() && text[end] == '#') ++end;
  const std::size_t begin = end;
  while (end < text.size() && end - begin < 32 && is_alnum(text[end])) ++end;
  return end > begin && end < text.size() && text[end] == ';';
}

/// Escapes what CommonMark would read as marks inside a line. `next` is what is written behind the text.
void append_escaped(std::string& to, std::string_view text, char next) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char before = i > 0 ? text[i - 1] : ' ';
    const char after = i + 1 < text.size() ? text[i + 1] : next;
    bool escape = false;
    switch (c) {
      case '\\':
        escape = is_punct(after) || after == '\n' || i + 1 == text.size();
        break;
      case '`':
      case '*':
      case '[':
      case ']':
        escape = true;
        break;
      case '_':
        escape = !(is_alnum(before) && is_alnum(after));
        break;
      case '<':
        escape = is_alpha(after) || after == '/' || after == '!' || after == '?';
        break;
      case '&':
        escape = looks_like_entity(text, i);
        break;
      case '~':
        escape = after == '~' || before == '~';
        break;
      case '!':
        escape = after == '[';
        break;
      default:
        break;
    }
    if (c == '\n') {
      to += "  \n";
      continue;
    }
    if (escape) to.push_back('\\');
    to.push_back(c);
  }
}

std::string link_target(const std::string& href) {
  const bool plain = href.find_first_of(" ()<>\n") == std::string::npos;
  if (plain) return href;
  const bool balanced = [&] {
    int depth = 0;
    for (const char c : href) {
      if (c == ' ' || c == '<' || c == '>' || c == '\n') return false;
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth < 0) return false;
    }
    return depth == 0;
  }();
  if (balanced) return href;
  std::string result = "<";
  for (const char c : href) {
    if (c == '<' || c == '>' || c == '\n') {
      result += c == '<' ? "%3C" : c == '>' ? "%3E" : "%0A";
    } else {
      result.push_back(c);
    }
  }
  return result + ">";
}

std::string code_span(const std::string& text) {
  std::size_t longest = 0;
  for (std::size_t i = 0, run = 0; i < text.size(); ++i) {
    run = text[i] == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string ticks(longest + 1, '`');
  const bool spaced = text.starts_with(' ') && text.ends_with(' ') && text.find_first_not_of(' ') != std::string::npos;
  const bool pad = spaced || text.starts_with('`') || text.ends_with('`');
  return ticks + (pad ? " " : "") + text + (pad ? " " : "") + ticks;
}

/// Line breaks part code into spans.
std::string code_spans(const std::string& text) {
  std::string spans;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (at > 0) spans += "  \n";
    if (end > at) spans += code_span(text.substr(at, end - at));
    at = end + 1;
  }
  return spans;
}

char32_t last_character(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && (static_cast<unsigned char>(text[at - 1]) & 0xC0) == 0x80) --at;
  if (at == 0) return ' ';
  --at;
  return next_code_point(text, at);
}

char32_t first_character(std::string_view text) {
  std::size_t at = 0;
  return text.empty() ? U' ' : next_code_point(text, at);
}

/// CommonMark opens and closes marks only where a run "flanks": a mark between a letter and punctuation does not.
/// Punctuation that would stand so is moved out of its mark.
std::vector<Inline> with_flanking_marks(std::vector<Inline> runs) {
  const auto marked = [](const Inline& run) { return run.strong || run.emphasis; };
  std::vector<Inline> result;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    Inline run = runs[i];
    if (marked(run) && !run.code && run.href.empty()) {
      const bool word_after = i + 1 < runs.size() && !marked(runs[i + 1]) &&
                              is_word_character(first_character(runs[i + 1].text)) && runs[i + 1].href.empty();
      const bool word_before = !result.empty() && !marked(result.back()) &&
                               is_word_character(last_character(result.back().text)) && result.back().href.empty();
      std::size_t from = 0;
      while (word_before && from < run.text.size() && is_punct(run.text[from])) ++from;
      std::size_t to = run.text.size();
      while (word_after && to > from && is_punct(run.text[to - 1])) --to;
      if (from > 0) result.push_back(Inline{run.text.substr(0, from), false, false, false, ""});
      Inline tail{run.text.substr(to), false, false, false, ""};
      run.text = run.text.substr(from, to - from);
      if (!run.text.empty()) result.push_back(std::move(run));
      if (!tail.text.empty()) result.push_back(std::move(tail));
      continue;
    }
    result.push_back(std::move(run));
  }
  return result;
}

/// Marks and links as they nest while a line is written.
class MarkedLine {
 public:
  enum class Links { inside, outside };  ///< whether marks may reach over a link or end at it

  MarkedLine(const std::vector<Inline>& runs, Links links) : runs_(runs), links_(links) {}

  std::string run() {
    for (at_ = 0; at_ < runs_.size(); ++at_) {
      close_what_ends();
      open_what_begins();
      if (runs_[at_].code) {
        out_ += code_spans(runs_[at_].text);
      } else {
        append_escaped(out_, runs_[at_].text, next());
      }
    }
    close(0);
    return std::move(out_);
  }

 private:
  enum Kind { strong, emphasis, link };
  struct Open {
    Kind kind;
    std::string sign;  ///< that closes it
  };

  /// Runs from `at_` on that have it without a gap.
  std::size_t reach(Kind kind) const {
    std::size_t end = at_;
    while (end < runs_.size() && has(kind, runs_[end])) ++end;
    return end;
  }
  bool has(Kind kind, const Inline& run) const {
    const bool ends_at_link = links_ == Links::inside && kind != link && run.href != runs_[at_].href;
    if (ends_at_link) return false;
    return kind == strong     ? run.strong
           : kind == emphasis ? run.emphasis
                              : !run.href.empty() && run.href == runs_[at_].href;
  }

  // The first character behind this run: of a link, of a mark, or none.
  char next() const {
    if (at_ + 1 == runs_.size()) return open_.empty() ? ' ' : '*';
    return !runs_[at_ + 1].href.empty() && runs_[at_].href != runs_[at_ + 1].href ? '[' : '*';
  }

  void close_what_ends() {
    if (at_ == 0) return;
    const Inline& before = runs_[at_ - 1];
    const Inline& run = runs_[at_];
    for (std::size_t i = 0; i < open_.size(); ++i) {
      const bool other_link = before.href != run.href;
      const bool ends = open_[i].kind == strong     ? !run.strong || (links_ == Links::inside && other_link)
                        : open_[i].kind == emphasis ? !run.emphasis || (links_ == Links::inside && other_link)
                                                    : other_link;
      if (ends) {
        close(i);
        return;
      }
    }
  }

  void close(std::size_t down_to) {
    while (open_.size() > down_to) {
      out_ += open_.back().sign;
      open_.pop_back();
    }
  }

  bool is_open(Kind kind) const {
    return std::any_of(open_.begin(), open_.end(), [&](const Open& open) { return open.kind == kind; });
  }

  // What reaches furthest encloses the rest.
  void open_what_begins() {
    std::vector<std::pair<std::size_t, Kind>> begins;
    for (const Kind kind : {link, strong, emphasis}) {
      if (has(kind, runs_[at_]) && !is_open(kind)) begins.emplace_back(reach(kind), kind);
    }
    std::stable_sort(begins.begin(), begins.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [end, kind] : begins) {
      switch (kind) {
        case link:
          out_.push_back('[');
          open_.push_back({kind, "](" + link_target(runs_[at_].href) + ")"});
          break;
        case strong:
          out_ += "**";
          open_.push_back({kind, "**"});
          break;
        case emphasis: {
          // "_" does not work inside words.
          const bool word_before = is_word_character(last_character(out_));
          const bool word_after = end < runs_.size() && is_word_character(first_character(runs_[end].text));
          const char* const sign = word_before || word_after ? "*" : "_";
          out_ += sign;
          open_.push_back({kind, sign});
          break;
        }
      }
    }
  }

  const std::vector<Inline>& runs_;
  Links links_;
  std::string out_;
  std::vector<Open> open_;
  std::size_t at_ = 0;
};

std::vector<Inline> joined_runs(const std::vector<Inline>& runs) {
  auto parts = tidy_paragraphs(runs);
  return parts.size() == 1 ? std::move(parts.front()) : runs;
}

bool reads_back(const std::string& line, const std::vector<Inline>& runs) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool hard_break = line.compare(i, 3, "  \n") == 0;
    if (hard_break) i += 2;
    text.push_back(hard_break ? '\n' : line[i]);
  }
  const auto parts = tidy_paragraphs(read_inline_markdown(text));
  return parts.size() == 1 && parts.front() == runs;
}

}  // namespace

std::string inline_markdown(const std::vector<Inline>& runs) {
  using Links = MarkedLine::Links;
  const bool marked =
      std::any_of(runs.begin(), runs.end(), [](const Inline& run) { return run.strong || run.emphasis; });
  std::string line = MarkedLine(runs, Links::outside).run();
  if (!marked || reads_back(line, runs)) return line;
  line = MarkedLine(runs, Links::inside).run();
  if (reads_back(line, runs)) return line;
  // Some mark would be read as text: its punctuation moves out, or it goes. The words are worth more.
  std::vector<Inline> fewer = with_flanking_marks(runs);
  for (const auto drop : {+[](Inline&) {}, +[](Inline& run) { run.emphasis = false; },
                          +[](Inline& run) { run.emphasis = run.strong = false; }}) {
    for (Inline& run : fewer) drop(run);
    const std::vector<Inline> joined = joined_runs(fewer);
    for (const Links links : {Links::outside, Links::inside}) {
      line = MarkedLine(joined, links).run();
      if (reads_back(line, joined)) return line;
    }
  }
  return line;
}

}  // namespace waydiff::extract
