#include <algorithm>
#include <string>

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"
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

/// Escapes what CommonMark would read as marks inside a line.
void append_escaped(std::string& to, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char before = i > 0 ? text[i - 1] : ' ';
    const char after = i + 1 < text.size() ? text[i + 1] : ' ';
    bool escape = false;
    switch (c) {
      case '\\':
        escape = is_punct(after);
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
        escape = after == ' ' && i + 1 == text.size() ? false : after == '[';
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
  const bool pad = text.starts_with('`') || text.ends_with('`');
  std::string inside = text;
  std::replace(inside.begin(), inside.end(), '\n', ' ');
  return ticks + (pad ? " " : "") + inside + (pad ? " " : "") + ticks;
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
                               is_word_character(last_character(plain_text(result))) && result.back().href.empty();
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

std::string marked_text(const std::vector<Inline>& runs) {
  std::string out;
  bool strong = false;
  bool emphasis = false;
  bool star_emphasis = false;
  std::string href;
  const auto close_emphasis = [&] {
    if (emphasis) out += star_emphasis ? "*" : "_";
    emphasis = false;
  };
  const auto close_strong = [&] {
    if (strong) out += "**";
    strong = false;
  };
  for (std::size_t i = 0; i <= runs.size(); ++i) {
    static const Inline none;
    const Inline& run = i < runs.size() ? runs[i] : none;
    const bool other_link = run.href != href;
    if (other_link || !run.emphasis || run.strong != strong) close_emphasis();
    if (other_link || !run.strong) close_strong();
    if (other_link && !href.empty()) out += "](" + link_target(href) + ")";
    if (i == runs.size()) break;
    if (other_link && !run.href.empty()) out.push_back('[');
    href = run.href;
    if (run.strong && !strong) {
      out += "**";
      strong = true;
    }
    if (run.emphasis && !emphasis) {
      // "_" does not work inside words.
      const bool word_before = is_word_character(last_character(out));
      const bool word_after =
          i + 1 < runs.size() && !runs[i + 1].emphasis && is_word_character(first_character(runs[i + 1].text));
      star_emphasis = word_before || word_after;
      out += star_emphasis ? "*" : "_";
      emphasis = true;
    }
    if (run.code) {
      out += code_span(run.text);
    } else {
      append_escaped(out, run.text);
    }
  }
  return out;
}

}  // namespace

std::string inline_markdown(const std::vector<Inline>& runs) {
  return marked_text(with_flanking_marks(runs));
}

}  // namespace waydiff::extract
