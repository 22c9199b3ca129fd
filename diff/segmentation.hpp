#pragma once

#include <deque>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/document.hpp"
#include "diff/clause_view.hpp"
#include "diff/language.hpp"

namespace waydiff::diff {

/// A Document cut into clauses, in order (design, section 4). Looks at the document, which outlives it. Linear.
class Segmentation {
 public:
  Segmentation(const core::Document& document, Language& language);
  /// Blocks that stand in `other` too, of which `cut` was made, are taken from there. `cut` outlives this.
  Segmentation(const core::Document& document, Language& language, const core::Document& other,
               const Segmentation& cut);
  Segmentation(const Segmentation&) = delete;
  Segmentation& operator=(const Segmentation&) = delete;

  [[nodiscard]] std::span<const ClauseView> clauses() const noexcept { return clauses_; }

 private:
  class Segmenter;

  std::pmr::monotonic_buffer_resource memory_;  ///< texts that stand nowhere else
  std::deque<std::vector<std::string>> paths_;
  std::vector<ClauseView> clauses_;
};

/// Two documents that are to be compared, cut: `clauses(before, after)` without a string for each clause.
class SegmentedPair {
 public:
  SegmentedPair(const core::Document& before, const core::Document& after, const TellLanguage& tell = {});

  [[nodiscard]] std::span<const ClauseView> before() const noexcept { return before_->clauses(); }
  [[nodiscard]] std::span<const ClauseView> after() const noexcept { return after_->clauses(); }

 private:
  std::optional<Segmentation> before_, after_;
};

/// The same with strings of their own.
[[nodiscard]] std::vector<core::Clause> clauses(std::span<const ClauseView> views);

}  // namespace waydiff::diff
