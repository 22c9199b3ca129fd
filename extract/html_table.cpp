#include "extract/html_table.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"

namespace waydiff::extract {

using core::Block;
using core::Inline;

int number_or(std::string_view text, int otherwise) {
  static constexpr int huge = 100'000'000;
  int value = 0;
  text = trim(text);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool number = error == std::errc() && end == text.data() + text.size();
  return number && value >= 0 && value < huge ? value : otherwise;
}

bool HtmlTable::enter(const Node& node, std::vector<Inline>& runs) {
  switch (node.tag) {
    case GUMBO_TAG_THEAD:
      in_head_ = true;
      return true;
    case GUMBO_TAG_TR:
      end_row(runs);
      row_open_ = true;
      return true;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      end_cell(runs);
      begin_cell(node);
      return true;
    default:
      return false;
  }
}

bool HtmlTable::leave(const Node& node, std::vector<Inline>& runs) {
  switch (node.tag) {
    case GUMBO_TAG_THEAD:
      end_row(runs);
      in_head_ = false;
      return true;
    case GUMBO_TAG_TR:
      end_row(runs);
      return true;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      end_cell(runs);
      return true;
    default:
      return false;
  }
}

void HtmlTable::begin_cell(const Node& node) {
  static constexpr int most_columns = 50;
  static constexpr int most_rows = 1000;
  fill_spans();
  cell_open_ = true;
  if (node.tag == GUMBO_TAG_TD) all_head_ = false;
  col_span_ = std::clamp(number_or(node.attribute("colspan"), 1), 1, most_columns);
  row_span_ = std::clamp(number_or(node.attribute("rowspan"), 1), 1, most_rows);
}

// Cells that reach down from rows above take their place empty.
void HtmlTable::fill_spans() {
  while (cells_.size() < reaching_down_.size() && reaching_down_[cells_.size()] > 0) {
    --reaching_down_[cells_.size()];
    cells_.emplace_back();
  }
}

void HtmlTable::end_cell(std::vector<Inline>& runs) {
  std::vector<Inline> text = std::exchange(runs, {});
  if (!std::exchange(cell_open_, false)) return;
  const std::size_t column = cells_.size();
  cells_.push_back(tidy_line(std::move(text)));
  for (int i = 1; i < col_span_; ++i) cells_.emplace_back();
  if (row_span_ > 1) {
    reaching_down_.resize(std::max(reaching_down_.size(), cells_.size()), 0);
    for (std::size_t i = column; i < cells_.size(); ++i) reaching_down_[i] = row_span_ - 1;
  }
}

void HtmlTable::end_row(std::vector<Inline>& runs) {
  end_cell(runs);
  if (!std::exchange(row_open_, false)) return;
  fill_spans();
  Block row;
  row.kind = core::BlockKind::table_row;
  row.number = number_;
  row.header = in_head_ || (all_head_ && !cells_.empty());
  row.quoted = quoted_;
  row.cells = std::exchange(cells_, {});
  all_head_ = true;
  const bool text = std::any_of(row.cells.begin(), row.cells.end(), [](const auto& cell) { return !cell.empty(); });
  if (text) rows_.push_back(std::move(row));
}

}  // namespace waydiff::extract
