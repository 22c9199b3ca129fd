#pragma once

#include <cstddef>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/document.hpp"

namespace waydiff::diff {

/// A block's words as one string with single spaces, and the marks of each stretch. One is used for many blocks: it
/// keeps its room.
class MarkedLine {
 public:
  /// What the texts handed out are kept in, where they do not stand in the runs as they are. Outlives this.
  explicit MarkedLine(std::pmr::memory_resource& memory) : memory_(memory) {}

  void read(std::span<const core::Inline> runs);
  /// Cells one after the other, " | " between them.
  void read_row(const std::vector<std::vector<core::Inline>>& cells);

  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  /// Offsets just after a hard line break.
  [[nodiscard]] const std::vector<std::size_t>& breaks() const noexcept { return breaks_; }
  /// A stretch as inline Markdown.
  [[nodiscard]] std::string_view markup(std::size_t begin, std::size_t end) const;

 private:
  void clear();
  void append(const core::Inline& run);
  void finish();

  std::pmr::memory_resource& memory_;
  std::string_view text_;
  std::string built_;
  std::vector<std::pair<std::size_t, const core::Inline*>> runs_;  ///< start offset, run; in order
  std::vector<std::size_t> breaks_;
  bool bare_ = false;  ///< the Markdown of a stretch is its text
};

}  // namespace waydiff::diff
