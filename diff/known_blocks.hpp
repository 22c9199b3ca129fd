#pragma once

#include <cstddef>
#include <span>
#include <unordered_map>

#include "core/document.hpp"
#include "diff/clause_view.hpp"

namespace waydiff::diff {

/// What another document's blocks were cut into. Both outlive it.
class KnownBlocks {
 public:
  KnownBlocks(const core::Document& document, std::span<const ClauseView> clauses);

  /// The clauses of a block with the same words and marks, those of its place apart; none if there is none.
  [[nodiscard]] std::span<const ClauseView> find(const core::Block& block) const;

 private:
  struct Range {
    std::size_t block, begin, count;
  };

  const core::Document& document_;
  std::span<const ClauseView> clauses_;
  std::unordered_multimap<std::size_t, Range> by_words_;
};

}  // namespace waydiff::diff
