#pragma once

#include <string_view>
#include <vector>

#include "core/document.hpp"
#include "extract/html_tree.hpp"

namespace waydiff::extract {

/// The number that `text` is; `otherwise` if it is none, negative or huge.
[[nodiscard]] int number_or(std::string_view text, int otherwise);

/// Reads one table of data into rows while its elements are walked through. Cells that span several columns or rows
/// leave the others empty, so that columns stay in line.
class HtmlTable {
 public:
  /// Rows are appended to `rows` as `number`.
  HtmlTable(NodeId node, int number, bool quoted, std::vector<core::Block>& rows)
      : node_(node), number_(number), quoted_(quoted), rows_(rows) {}

  [[nodiscard]] NodeId node() const { return node_; }

  /// An element begins or ends; `runs` is the text since the last one and is taken by the cell it stands in.
  /// False if the element means nothing to a table.
  bool enter(const Node& node, std::vector<core::Inline>& runs);
  bool leave(const Node& node, std::vector<core::Inline>& runs);
  void end(std::vector<core::Inline>& runs) { end_row(runs); }

 private:
  void begin_cell(const Node& node);
  void end_cell(std::vector<core::Inline>& runs);
  void end_row(std::vector<core::Inline>& runs);
  void fill_spans();

  NodeId node_;
  int number_;
  bool quoted_;
  std::vector<core::Block>& rows_;
  bool row_open_ = false;
  bool cell_open_ = false;
  bool in_head_ = false;
  bool all_head_ = true;  ///< the row has only <th> so far
  int col_span_ = 1;
  int row_span_ = 1;
  std::vector<std::vector<core::Inline>> cells_;
  std::vector<int> reaching_down_;  ///< per column: further rows that a cell above takes
};

}  // namespace waydiff::extract
