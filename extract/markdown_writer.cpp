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

/// Escapes what would begin a block: "# ", "1. ", "- ", "> ", "***", "===", or make the line before it a table:
/// "--|--".
std::string with_escaped_start(std::string line) {
  std::size_t i = 0;
  while (i < line.size() && line[i] == ' ') ++i;
  if (i == line.size()) return line;
  const auto space_after = [&](std::size_t at) { return at + 1 >= line.size() || line[at + 1] == ' '; };
  const char c = line[i];
  if (line.find_first_not_of("|-: ") == std::string::npos && line.find('-') != std::string::npos) {
    line.insert(i, "\\");
  } else if (c == '#') {
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

/// A heading's last "#" would be taken for the end of its mark.
std::string with_escaped_end(std::string line) {
  if (line.ends_with('#') && !line.ends_with("\\#")) line.insert(line.size() - 1, "\\");
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

std::string one_line(std::string text) {
  for (std::size_t at = text.find("  \n"); at != std::string::npos; at = text.find("  \n", at))
    text.replace(at, 3, " ");
  return text;
}

// Bars would end the cell, in code and addresses too; readers do not agree on backslashes in code there.
std::string cell_text(std::vector<Inline> runs) {
  for (Inline& run : runs) {
    if (run.text.find('\\') != std::string::npos) run.code = false;
  }
  std::string text;
  for (const char c : one_line(inline_markdown(runs))) {
    if (c == '|') text.push_back('\\');
    text.push_back(c);
  }
  if (!text.empty() && text.find_first_not_of("-:") == std::string::npos) text.insert(0, "\\");
  return text;
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
  std::string run(const std::vector<Block>& blocks, const Block* left_out) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const Block& block = blocks[i];
      if (&block == left_out) continue;
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
        return std::string(static_cast<std::size_t>(std::clamp(block.level, 1, 6)), '#') + " " +
               with_escaped_end(one_line(inline_markdown(block.runs)));
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
  out += Writer().run(document.blocks, repeated_title(document));
  while (!out.empty() && out.back() == '\n') out.pop_back();
  if (!out.empty()) out.push_back('\n');
  return out;
}

}  // namespace waydiff::extract
