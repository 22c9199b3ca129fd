#include "extract/table_shape.hpp"

#include <algorithm>

#include "extract/ascii.hpp"

namespace waydiff::extract {
namespace {

struct Shape {
  std::size_t rows = 0;       ///< rows with text
  std::size_t wide_rows = 0;  ///< rows with text in two cells or more
  std::size_t cells = 0;      ///< cells with text
  std::size_t longest = 0;    ///< bytes of the longest cell
  std::size_t text = 0;
  std::size_t headings = 0;
  bool heads = false;  ///< <th> with text, <thead> or <caption>
  bool nested = false;
};

}  // namespace

bool is_data_table(const HtmlTree& tree, const Selection& selection, NodeId table) {
  const std::string_view role = tree[table].attribute("role");
  if (role == "presentation" || role == "none") return false;
  Shape shape;
  std::size_t cell_text = 0;
  std::size_t filled = 0;
  bool in_head_cell = false;
  const auto end_cell = [&] {
    if (cell_text > 0) {
      ++shape.cells;
      ++filled;
      shape.heads = shape.heads || in_head_cell;
      shape.longest = std::max(shape.longest, cell_text);
    }
    shape.text += cell_text;
    cell_text = 0;
  };
  const auto end_row = [&] {
    end_cell();
    shape.rows += filled > 0;
    shape.wide_rows += filled > 1;
    filled = 0;
  };
  for (NodeId id = table + 1; id < tree[table].end;) {
    const Node& node = tree[id];
    if (selection.dropped[id]) {
      id = node.end;
      continue;
    }
    if (node.is_text) {
      const std::string_view text = node.text();
      cell_text +=
          static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !is_space(c); }));
    } else if (node.tag == GUMBO_TAG_TABLE) {
      shape.nested = true;
    } else if (node.tag == GUMBO_TAG_TR) {
      end_row();
    } else if (node.tag == GUMBO_TAG_TD || node.tag == GUMBO_TAG_TH) {
      end_cell();
      in_head_cell = node.tag == GUMBO_TAG_TH;
    } else if (node.tag == GUMBO_TAG_THEAD || node.tag == GUMBO_TAG_CAPTION) {
      shape.heads = true;
    } else if (is_heading(node.tag)) {
      ++shape.headings;
    }
    ++id;
  }
  end_row();
  if (shape.nested || shape.wide_rows == 0 || shape.cells < 3) return false;
  if (shape.heads) return shape.longest < 6000;
  // Without column heads: several rows alike, and no cell that is a page of its own.
  if (shape.wide_rows < 2 || shape.wide_rows * 2 < shape.rows) return false;
  if (shape.headings > 1 && shape.headings * 2 > shape.rows) return shape.longest < 200;
  return shape.longest < 1500 || shape.longest * 3 < shape.text;
}

}  // namespace waydiff::extract
