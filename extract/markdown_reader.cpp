#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "extract/ascii.hpp"
#include "extract/extract.hpp"
#include "extract/inline_text.hpp"
#include "extract/language.hpp"
#include "extract/markdown_inline.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

using core::Block;
using core::BlockKind;
using core::Inline;
constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t deepest_item = 64;  // marks that stand deeper on one line are text

bool is_rule(std::string_view line) {
  line = trim(line);
  if (line.size() < 3 || (line[0] != '*' && line[0] != '-' && line[0] != '_')) return false;
  const auto marks = std::count(line.begin(), line.end(), line[0]);
  return marks >= 3 && std::all_of(line.begin(), line.end(), [&](char c) { return c == line[0] || c == ' '; });
}

bool is_underline(std::string_view line, char mark) {
  line = trim(line);
  return !line.empty() && std::all_of(line.begin(), line.end(), [&](char c) { return c == mark; });
}

bool is_table_rule(std::string_view line) {
  return line.find('|') != npos && line.find('-') != npos &&
         std::all_of(line.begin(), line.end(), [](char c) { return c == '|' || c == '-' || c == ':' || is_space(c); });
}

struct Marker {
  std::size_t length = 0;  ///< with the spaces behind it; 0 for none
  bool ordered = false;
  int number = 0;
};

Marker marker_of(std::string_view line) {
  Marker marker;
  std::size_t end = 0;
  if (!line.empty() && (line[0] == '*' || line[0] == '-' || line[0] == '+')) {
    end = 1;
  } else {
    while (end < line.size() && end < 9 && is_digit(line[end])) ++end;
    if (end == 0 || end >= line.size() || (line[end] != '.' && line[end] != ')')) return marker;
    std::from_chars(line.data(), line.data() + end, marker.number);
    marker.ordered = true;
    ++end;
  }
  if (end < line.size() && line[end] != ' ') return Marker();
  std::size_t spaces = 0;
  while (end + spaces < line.size() && line[end + spaces] == ' ') ++spaces;
  marker.length = end + (spaces == 0 || spaces > 4 ? 1 : spaces);
  return marker;
}

std::vector<std::string_view> cells_of(std::string_view line) {
  line = trim(line);
  if (line.starts_with('|')) line.remove_prefix(1);
  std::vector<std::string_view> cells;
  std::size_t from = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == '|') {
      cells.push_back(trim(line.substr(from, i - from)));
      from = i + 1;
    }
  }
  if (const std::string_view rest = trim(line.substr(std::min(from, line.size()))); !rest.empty())
    cells.push_back(rest);
  return cells;
}

/// A cell's text: its bars are escaped, in code and addresses too.
std::string with_bars(std::string_view cell) {
  std::string text;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] == '\\' && i + 1 < cell.size() && cell[i + 1] == '|') ++i;
    text.push_back(cell[i]);
  }
  return text;
}

bool has_table_bar(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == '|') {
      return true;
    }
  }
  return false;
}

class MarkdownReader {
 public:
  core::Document run(std::string_view text) {
    document_.blocks.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) / 2 + 1);
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.find('\t') == npos) {
        read(line);
        continue;
      }
      std::string wide;
      for (const char c : line) c == '\t' ? wide.append(4 - wide.size() % 4, ' ') : wide.append(1, c);
      read(wide);
    }
    flush();
    return std::move(document_);
  }

 private:
  void read(std::string_view line) {
    if (!fence_.empty()) {
      fenced(line);
      return;
    }
    bool quoted = false;
    while (true) {
      const std::size_t start = std::min(line.find_first_not_of(' '), line.size());
      if (start > 3 || start == line.size() || line[start] != '>') break;
      line.remove_prefix(start + 1);
      if (line.starts_with(' ')) line.remove_prefix(1);
      quoted = true;
    }
    // Lines without the mark go on with a quoted paragraph only where they hold text.
    if (quoted != quoted_ && (quoted || trim(line).empty() || text_.empty())) {
      flush();
      quoted_ = quoted;
    }
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == npos) {
      flush();
      table_ = false;
      blank_ = true;
      return;
    }
    block_line(line, indent);
    blank_ = false;
  }

  void block_line(std::string_view line, std::size_t indent) {
    const std::string_view rest = line.substr(indent);
    if (!text_.empty() && !table_ && (is_underline(rest, '=') || (is_underline(rest, '-') && rest.size() > 1))) {
      if (kind_ == BlockKind::list_item) widths_.pop_back();
      kind_ = BlockKind::heading;
      level_ = rest[0] == '=' ? 1 : 2;
      flush();
      return;
    }
    if (is_table_rule(rest) && (has_table_bar(text_) || table_)) {
      begin_table();
      return;
    }
    if (table_ && has_table_bar(rest)) {
      row(rest, false);
      return;
    }
    table_ = false;
    if (is_rule(rest)) {
      flush();
      close_items(indent);
      Block rule;
      rule.kind = BlockKind::rule;
      rule.quoted = quoted_;
      document_.blocks.push_back(std::move(rule));
      return;
    }
    const std::string_view marks = rest.substr(0, std::min(rest.find_first_not_of(rest[0]), rest.size()));
    const bool ticks = rest[0] == '`' && rest.find('`', marks.size()) == npos;  // else a code span
    if (marks.size() > 2 && (ticks || rest[0] == '~')) {
      flush();
      fence_ = marks;
      return;
    }
    if (rest[0] == '#') {
      if (marks.size() <= 6 && (marks.size() == rest.size() || rest[marks.size()] == ' ')) {
        flush();
        close_items(indent);
        heading(rest.substr(marks.size()), static_cast<int>(marks.size()));
        return;
      }
    }
    const Marker marker = marker_of(rest);
    // A wrapped line may begin with a number: only "1." interrupts a paragraph.
    const bool interrupts = text_.empty() || !marker.ordered || marker.number == 1 || !widths_.empty();
    if (marker.length > 0 && interrupts) {
      item(rest, indent, marker);
      return;
    }
    if (text_.empty()) {
      if (blank_ || widths_.empty()) close_items(indent);
      kind_ = pending_item_ ? BlockKind::list_item : BlockKind::paragraph;
      level_ = static_cast<int>(widths_.size());
    }
    add_line(rest);
  }

  void item(std::string_view rest, std::size_t indent, const Marker& marker) {
    flush();
    close_items(indent + 1);
    // An item is inside the one before it when it stands at least two places further right.
    while (!widths_.empty() && starts_.back() + 2 > indent) {
      widths_.pop_back();
      starts_.pop_back();
    }
    widths_.push_back(indent + marker.length);
    starts_.push_back(indent);
    ordered_ = marker.ordered;
    number_ = marker.number;
    const std::string_view body = rest.substr(std::min(marker.length, rest.size()));
    const std::size_t inner = body.find_first_not_of(' ');
    kind_ = BlockKind::list_item;
    level_ = static_cast<int>(widths_.size());
    if (inner == npos) {
      pending_item_ = true;
      return;
    }
    const std::string_view text = body.substr(inner);
    if (text[0] == '#') {
      const std::size_t marks = std::min(text.find_first_not_of('#'), text.size());
      if (marks <= 6 && marks < text.size() && text[marks] == ' ') {
        heading(text.substr(marks), static_cast<int>(marks));
        widths_.pop_back();
        starts_.pop_back();
        return;
      }
    }
    if (marker_of(text).length > 0 && !is_rule(text) && widths_.size() < deepest_item) {
      item(text, indent + marker.length + inner, marker_of(text));
      return;
    }
    add_line(text);
  }

  void close_items(std::size_t indent) {
    while (!widths_.empty() && starts_.back() + 2 > indent) {
      widths_.pop_back();
      starts_.pop_back();
    }
  }

  void heading(std::string_view text, int level) {
    text = trim(text);
    const std::size_t last = text.find_last_not_of('#');
    if (last != npos && last + 1 < text.size() && text[last] == ' ') text = trim(text.substr(0, last));
    kind_ = BlockKind::heading;
    level_ = level;
    pending_item_ = false;
    text_ = text;
    flush();
  }

  void add_line(std::string_view line) {
    if (!text_.empty()) text_ += hard_break_ ? "\n" : " ";
    hard_break_ = line.ends_with("  ");
    line = trim(line);
    if (line.ends_with('\\') && !line.ends_with("\\\\")) {
      hard_break_ = true;
      line.remove_suffix(1);
    }
    text_ += line;
  }

  void begin_table() {
    if (!text_.empty()) {
      const std::string head = std::exchange(text_, std::string());
      ++tables_;
      table_ = true;
      row(head, true);
    }
    table_ = true;
  }

  void row(std::string_view line, bool header) {
    Block block;
    block.kind = BlockKind::table_row;
    block.number = tables_;
    block.header = header;
    block.quoted = quoted_;
    bool text = false;
    for (const std::string_view cell : cells_of(line)) {
      block.cells.push_back(tidy_line(read_inline_markdown(with_bars(cell))));
      text = text || !block.cells.back().empty();
    }
    if (text) document_.blocks.push_back(std::move(block));
  }

  void fenced(std::string_view line) {
    if (trim(line).starts_with(fence_)) {
      fence_.clear();
      kind_ = BlockKind::preformatted;
      flush();
      return;
    }
    if (!text_.empty()) text_.push_back('\n');
    text_ += line;
  }

  bool is_provenance() const {
    return quoted_ && document_.blocks.empty() && document_.title.empty() &&
           find_ignoring_case(text_, "the following text is extracted") != npos;
  }

  void flush() {
    hard_break_ = false;
    if (text_.empty()) return;
    if (is_provenance()) {
      titled_ = true;
      text_.clear();
      return;
    }
    if (kind_ == BlockKind::preformatted) {
      Block block;
      block.kind = kind_;
      block.quoted = quoted_;
      block.runs.push_back(Inline{std::move(text_), false, false, false, ""});
      document_.blocks.push_back(std::move(block));
      text_.clear();
      kind_ = BlockKind::paragraph;
      return;
    }
    const bool first_title =
        titled_ && kind_ == BlockKind::heading && level_ == 1 && document_.blocks.empty() && document_.title.empty();
    std::vector<Inline> runs = read_inline_markdown(text_);
    text_.clear();
    if (first_title) {
      document_.title = plain_text(tidy_line(std::move(runs)));
      return;
    }
    if (kind_ == BlockKind::heading) {
      for (Inline& run : runs) run.strong = false;
      runs = tidy_line(std::move(runs));
      if (!runs.empty()) add(std::move(runs));
      return;
    }
    for (auto& part : tidy_paragraphs(std::move(runs))) {
      add(std::move(part));
      kind_ = BlockKind::paragraph;
    }
  }

  void add(std::vector<Inline> runs) {
    Block block;
    block.kind = kind_;
    block.level = level_;
    block.quoted = quoted_;
    if (kind_ == BlockKind::list_item) {
      block.ordered = ordered_;
      block.number = ordered_ ? number_ : 0;
      pending_item_ = false;
    }
    block.runs = std::move(runs);
    document_.blocks.push_back(std::move(block));
  }

  core::Document document_;
  std::string text_;
  std::string fence_;
  std::vector<std::size_t> widths_;  ///< of the open items: where their text begins
  std::vector<std::size_t> starts_;  ///< and where their marks stand
  BlockKind kind_ = BlockKind::paragraph;
  int level_ = 0;
  int number_ = 0;
  int tables_ = 0;
  bool ordered_ = false;
  bool pending_item_ = false;
  bool table_ = false;
  bool quoted_ = false;
  bool titled_ = false;  ///< a provenance line came first: the page's title follows
  bool blank_ = true;
  bool hard_break_ = false;
};

}  // namespace

core::Document read_markdown(std::string_view text, Telling language) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  core::Document document =
      check_utf8(text).broken == 0 ? MarkdownReader().run(text) : MarkdownReader().run(repaired_utf8(text));
  if (language == Telling::now) document.language = language_of(document, "");
  return document;
}

}  // namespace waydiff::extract
