#include <algorithm>
#include <string>

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"
#include "extract/render.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

using core::Block;
using core::BlockKind;
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
      case '|':
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

/// Escapes what would begin a block: "# ", "1. ", "- ", "> ", "***", "===".
std::string with_escaped_start(std::string line) {
  std::size_t i = 0;
  while (i < line.size() && line[i] == ' ') ++i;
  if (i == line.size()) return line;
  const auto space_after = [&](std::size_t at) { return at + 1 >= line.size() || line[at + 1] == ' '; };
  const char c = line[i];
  if (c == '#') {
    std::size_t end = i;
    while (end < line.size() && line[end] == '#') ++end;
    if (end - i <= 6 && (end == line.size() || line[end] == ' ')) line.insert(i, "\\");
  } else if (c == '>') {
    line.insert(i, "\\");
  } else if ((c == '-' || c == '+') && space_after(i)) {
    line.insert(i, "\\");
  } else if ((c == '-' || c == '=') && line.find_first_not_of(std::string(1, c) + " ", i) == std::string::npos) {
    line.insert(i, "\\");
  } else if (c == '~' && line.compare(i, 3, "~~~") == 0) {
    line.insert(i, "\\");
  } else if (is_digit(c)) {
    std::size_t end = i;
    while (end < line.size() && end - i < 10 && is_digit(line[end])) ++end;
    if (end - i < 10 && end < line.size() && (line[end] == '.' || line[end] == ')') && space_after(end)) {
      line.insert(end, "\\");
    }
  }
  return line;
}

std::string escaped_lines(const std::string& text) {
  std::string result;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (at > 0) result.push_back('\n');
    result += with_escaped_start(text.substr(at, end - at));
    at = end + 1;
  }
  return result;
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

std::string one_line(std::string text) {
  for (std::size_t at = text.find("  \n"); at != std::string::npos; at = text.find("  \n", at))
    text.replace(at, 3, " ");
  return text;
}

std::string cell_text(const std::vector<Inline>& runs) {
  return one_line(inline_markdown(runs));
}

std::string table_line(const Block& row, std::size_t columns) {
  std::string line = "|";
  for (std::size_t i = 0; i < columns; ++i) {
    const std::string text = i < row.cells.size() ? cell_text(row.cells[i]) : std::string();
    line += text.empty() ? "  |" : " " + text + " |";
  }
  return line;
}

std::string indented(const std::string& text, std::size_t width) {
  const std::string indent(width, ' ');
  std::string result;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (at > 0) result.push_back('\n');
    if (end > at) result += indent;
    result.append(text, at, end - at);
    at = end + 1;
  }
  return result;
}

class Writer {
 public:
  std::string run(const std::vector<Block>& blocks) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const Block& block = blocks[i];
      if (block.kind == BlockKind::table_row) {
        i = table(blocks, i);
        continue;
      }
      const bool item = block.kind == BlockKind::list_item;
      const bool tight = item && last_item_ && block.quoted == last_quoted_;
      part(tight ? "\n" : "\n\n", text_of(block), block.quoted);
      last_item_ = item;
    }
    return std::move(out_);
  }

 private:
  std::string text_of(const Block& block) {
    switch (block.kind) {
      case BlockKind::heading:
        widths_.clear();
        return std::string(static_cast<std::size_t>(std::clamp(block.level, 2, 6)), '#') + " " +
               one_line(inline_markdown(block.runs));
      case BlockKind::rule:
        widths_.clear();
        return "* * *";
      case BlockKind::preformatted: {
        widths_.clear();
        const std::string text = plain_text(block.runs);
        std::string fence = "```";
        while (text.find(fence) != std::string::npos) fence.push_back('`');
        return fence + "\n" + text + "\n" + fence;
      }
      case BlockKind::list_item: {
        const auto level = static_cast<std::size_t>(std::max(block.level, 1));
        widths_.resize(std::min(widths_.size(), level - 1));
        const std::size_t indent = widths_.empty() ? 2 : widths_.back();
        const std::string mark = block.ordered ? std::to_string(block.number) + ". " : "* ";
        const std::string body = escaped_lines(inline_markdown(block.runs));
        widths_.push_back(indent + mark.size());
        const std::string text = indented(body, widths_.back());
        return std::string(indent, ' ') + mark + (text.size() > widths_.back() ? text.substr(widths_.back()) : "");
      }
      case BlockKind::table_row:
      case BlockKind::paragraph:
        break;
    }
    const auto level = static_cast<std::size_t>(std::max(block.level, 0));
    widths_.resize(std::min(widths_.size(), level));
    const std::string text = escaped_lines(inline_markdown(block.runs));
    return widths_.empty() ? text : indented(text, widths_.back());
  }

  /// Writes the rows from `first` on that belong to one table; the last of them.
  std::size_t table(const std::vector<Block>& blocks, std::size_t first) {
    std::size_t end = first;
    std::size_t columns = 1;
    while (end < blocks.size() && blocks[end].kind == BlockKind::table_row &&
           blocks[end].number == blocks[first].number) {
      columns = std::max(columns, blocks[end++].cells.size());
    }
    std::string text;
    // A table of the Markdown form has a head: an empty one where the page has none.
    if (!blocks[first].header) text += table_line(Block(), columns) + "\n";
    for (std::size_t i = first; i < end; ++i) {
      if (i == first && !blocks[i].header) text += rule_line(columns) + "\n";
      text += table_line(blocks[i], columns);
      if (i == first && blocks[i].header) text += "\n" + rule_line(columns);
      if (i + 1 < end) text += "\n";
    }
    widths_.clear();
    last_item_ = false;
    part("\n\n", text, blocks[first].quoted);
    return end - 1;
  }

  static std::string rule_line(std::size_t columns) {
    std::string line = "|";
    for (std::size_t i = 0; i < columns; ++i) line += " --- |";
    return line;
  }

  void part(std::string_view gap, const std::string& text, bool quoted) {
    if (!out_.empty()) {
      if (quoted && last_quoted_) {
        out_ += gap == "\n" ? "\n" : "\n>\n";
      } else {
        out_ += gap;
      }
    }
    last_quoted_ = quoted;
    if (!quoted) {
      out_ += text;
      return;
    }
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      if (at > 0) out_.push_back('\n');
      out_ += end > at ? "> " : ">";
      out_.append(text, at, end - at);
      at = end + 1;
    }
  }

  std::string out_;
  std::vector<std::size_t> widths_;  ///< of the open list items: where their text begins
  bool last_item_ = false;
  bool last_quoted_ = false;
};

}  // namespace

std::string inline_markdown(const std::vector<Inline>& runs) {
  return marked_text(with_flanking_marks(runs));
}

std::string to_markdown(const core::Document& document, const std::optional<Provenance>& provenance) {
  std::string out;
  if (provenance) {
    out = "> *The following text is extracted and transformed from the " + provenance->site + " " + provenance->kind +
          " that was archived on " + provenance->date +
          ". Please check the [original snapshot on the Wayback Machine](" + provenance->playback_url +
          ") for the most accurate reproduction.*\n\n";
  }
  if (!document.title.empty()) {
    Inline title;
    title.text = document.title;
    out += "# " + one_line(inline_markdown({title})) + "\n\n";
  }
  out += Writer().run(document.blocks);
  while (!out.empty() && out.back() == '\n') out.pop_back();
  if (!out.empty()) out.push_back('\n');
  return out;
}

}  // namespace waydiff::extract
