#include <string>

#include "extract/inline_text.hpp"
#include "extract/render.hpp"

namespace waydiff::extract {

std::string to_text(const core::Document& document) {
  using core::BlockKind;
  std::string out = document.title;
  const core::Block* left_out = repeated_title(document);
  BlockKind last = BlockKind::paragraph;
  for (const core::Block& block : document.blocks) {
    if (&block == left_out) continue;
    if (block.kind == BlockKind::rule) continue;
    const bool item = block.kind == BlockKind::list_item;
    const bool tight =
        (item && last == BlockKind::list_item) || (block.kind == BlockKind::table_row && last == BlockKind::table_row);
    if (!out.empty()) out += tight ? "\n" : "\n\n";
    if (item) {
      out.append(static_cast<std::size_t>(block.level > 1 ? 2 * (block.level - 1) : 0), ' ');
      out += block.ordered ? std::to_string(block.number) + ". " : "- ";
    }
    out += plain_text(block);
    last = block.kind;
  }
  if (!out.empty()) out.push_back('\n');
  return out;
}

}  // namespace waydiff::extract
