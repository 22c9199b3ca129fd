// The rules as docs/diff.md tells them: each row with a verdict is run. A cell's <br> parts blocks, "–" is nothing.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "documents.hpp"

namespace waydiff::diff {
namespace {

struct Row {
  std::string rule, before, after, verdict;
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

std::vector<std::string> cells_of(std::string line) {
  replace_all(line, "\\|", "\x01");
  std::vector<std::string> cells;
  for (std::size_t at = 1; at < line.size();) {
    const std::size_t end = std::min(line.find('|', at), line.size());
    std::string cell = line.substr(at, end - at);
    cell.erase(0, cell.find_first_not_of(' '));
    cell.erase(cell.find_last_not_of(' ') + 1);
    replace_all(cell, "\x01", "|");
    replace_all(cell, "<br>", "\n");
    cells.push_back(std::move(cell));
    at = end + 1;
  }
  return cells;
}

std::vector<Row> rows_with_a_verdict() {
  std::ifstream in(WAYDIFF_SOURCE_DIR "/docs/diff.md");
  std::vector<Row> rows;
  bool table = false;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with('|')) {
      table = false;
    } else if (line == "| rule | before | after | verdict |") {
      table = true;
    } else if (table && !line.starts_with("|---")) {
      std::vector<std::string> cells = cells_of(line);
      cells.resize(4);
      replace_all(cells[3], "`", "");
      rows.push_back({cells[0], cells[1], cells[2], cells[3]});
    }
  }
  return rows;
}

std::string framed(const std::string& cell) {
  constexpr const char* frame = "Nothing here is ever changed at all.\n";
  return frame + (cell == "–" ? std::string() : cell + "\n") + "# The rest\n" + frame;
}

std::string verdict(const core::ChangeSet& set) {
  std::string out;
  for (const core::Change& change : set.changes) {
    out.append(out.empty() ? "" : "; ").append(core::name(change.kind)).append(" ");
    out.append(core::name(change.significance)).append(" ").append(change.reason);
    for (const std::string& flag : change.flags) out.append(" +").append(flag);
  }
  return out;
}

TEST(DiffDocs, TellWhatTheProgramDoes) {
  const std::vector<Row> rows = rows_with_a_verdict();
  EXPECT_GT(rows.size(), 45U);
  for (const Row& row : rows) {
    const core::ChangeSet set = compared(framed(row.before), framed(row.after));
    EXPECT_EQ(verdict(set), row.verdict) << row.rule << "\n" << row.before << "\n" << row.after << "\n" << shown(set);
  }
}

TEST(DiffDocs, ShowEveryReasonAndFlag) {
  std::string all;
  for (const Row& row : rows_with_a_verdict()) all += row.verdict + " ";
  for (const char* word :
       {"link",   "markup", "numbering", "typography", "case",    "date",      "punctuation", "reworded",
        "moved",  "split",  "merged",    "added",      "removed", "+negation", "+modality",   "+number",
        "+money", "+date",  "+duration", "+party",     "+choice", "+link",     "structural",  "editorial"}) {
    EXPECT_NE(all.find(word), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace waydiff::diff
