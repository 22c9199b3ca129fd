#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/document.hpp"
#include "diff/compare.hpp"

namespace waydiff::diff {

/// One block a line: "# " heading, "- " list item, "| a | b" table row, all else a paragraph. `**bold**` and
/// `[text](target)` are runs of their own.
inline std::vector<core::Inline> runs_of(std::string_view text) {
  std::vector<core::Inline> runs;
  core::Inline run;
  const auto flush = [&] {
    if (!run.text.empty()) runs.push_back(run);
    run.text.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    if (text.substr(i).starts_with("**")) {
      flush();
      run.strong = !run.strong;
      i += 2;
    } else if (text[i] == '[' && text.find("](", i) != std::string_view::npos) {
      flush();
      const std::size_t middle = text.find("](", i);
      const std::size_t end = text.find(')', middle);
      run.text = text.substr(i + 1, middle - i - 1);
      run.href = text.substr(middle + 2, end - middle - 2);
      flush();
      run.href.clear();
      i = end + 1;
    } else {
      run.text += text[i++];
    }
  }
  flush();
  return runs;
}

/// A block of one run, taken as it is.
inline core::Block block(core::BlockKind kind, std::string text) {
  core::Block made;
  made.kind = kind;
  made.runs.emplace_back().text = std::move(text);
  return made;
}

inline core::Document document(std::string_view lines, std::string_view language = "en") {
  core::Document made;
  made.language = language;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (line.empty()) continue;
    core::Block made_block;
    if (line.starts_with('#')) {
      made_block.kind = core::BlockKind::heading;
      while (line.starts_with('#')) {
        ++made_block.level;
        line.remove_prefix(1);
      }
      line.remove_prefix(1);
    } else if (line.starts_with("- ")) {
      made_block.kind = core::BlockKind::list_item;
      made_block.level = 1;
      line.remove_prefix(2);
    } else if (line.starts_with("| ")) {
      made_block.kind = core::BlockKind::table_row;
      line.remove_prefix(2);
      for (std::size_t at = 0; at <= line.size();) {
        const std::size_t bar = std::min(line.find(" | ", at), line.size());
        made_block.cells.push_back(runs_of(line.substr(at, bar - at)));
        at = bar + 3;
      }
    }
    if (made_block.kind != core::BlockKind::table_row) made_block.runs = runs_of(line);
    made.blocks.push_back(std::move(made_block));
  }
  return made;
}

inline std::vector<core::Clause> clauses_of(std::string_view lines, std::string_view language = "en") {
  return clauses(document(lines, language));
}

inline core::ChangeSet compared(std::string_view before, std::string_view after) {
  return compare(clauses_of(before), clauses_of(after));
}

inline std::string redline(const std::vector<core::WordOp>& ops) {
  std::string out;
  for (const core::WordOp& op : ops) {
    out += op.op == '=' ? op.text : op.op == '-' ? "[-" + op.text + "-]" : "{+" + op.text + "+}";
  }
  return out;
}

/// "modified editorial numbering: text" a line; texts as a redline.
inline std::string shown(const core::ChangeSet& set) {
  std::string out;
  for (const core::Change& change : set.changes) {
    out.append(core::name(change.kind))
        .append(" ")
        .append(core::name(change.significance))
        .append(" ")
        .append(change.reason);
    for (const std::string& flag : change.flags) out.append(" +").append(flag);
    out += ": ";
    out += change.ops.empty() ? (change.before ? change.before->text : change.after->text) : redline(change.ops);
    out += "\n";
  }
  return out;
}

}  // namespace waydiff::diff
