#include "diff/known_blocks.hpp"

#include <algorithm>
#include <functional>
#include <string>

namespace waydiff::diff {
namespace {

std::size_t hash(const core::Block& block) {
  // Links too: a list of a thousand says "Read more" a thousand times. Other marks are left to the comparison.
  std::size_t value = 0;
  const std::hash<std::string> of;
  const auto add = [&](const core::Inline& run) {
    value = value * 31 + of(run.text);
    if (!run.href.empty()) value = value * 31 + of(run.href);
  };
  for (const core::Inline& run : block.runs) add(run);
  for (const auto& cell : block.cells) std::for_each(cell.begin(), cell.end(), add);
  return value;
}

}  // namespace

KnownBlocks::KnownBlocks(const core::Document& document, std::span<const ClauseView> clauses)
    : document_(document), clauses_(clauses) {
  by_words_.reserve(document.blocks.size());
  for (std::size_t i = 0, at = 0; i < document.blocks.size(); ++i) {
    const std::size_t begin = at;
    while (at < clauses.size() && clauses[at].block == i) ++at;
    if (at > begin) by_words_.emplace(hash(document.blocks[i]), Range{i, begin, at - begin});
  }
}

std::span<const ClauseView> KnownBlocks::find(const core::Block& block) const {
  const auto [begin, end] = by_words_.equal_range(hash(block));
  for (auto it = begin; it != end; ++it) {
    const core::Block& known = document_.blocks[it->second.block];
    const bool alike = known.kind == block.kind && (known.level > 0) == (block.level > 0) && known.runs == block.runs &&
                       known.cells == block.cells;
    if (alike) return clauses_.subspan(it->second.begin, it->second.count);
  }
  return {};
}

}  // namespace waydiff::diff
