#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "extract/html_tree.hpp"

namespace waydiff::extract {

/// What a node holds, all below it included. Text is counted in bytes other than white space.
struct Measure {
  std::size_t text = 0;
  std::size_t links = 0;  ///< text inside links
  std::size_t prose = 0;  ///< text of blocks that read like sentences
  std::uint32_t link_count = 0;
  std::uint32_t inner_links = 0;  ///< links into the same page
  std::uint32_t headings = 0;
  std::uint32_t controls = 0;  ///< fields and buttons of forms
  bool has_h1 = false;

  [[nodiscard]] bool is_linky() const { return links * 2 > text; }
};

/// Measures of all nodes of a page.
class PageMeasures {
 public:
  explicit PageMeasures(const HtmlTree& tree);

  /// Measures anew, as if dropped nodes were not there. Linear.
  void update(const HtmlTree& tree, const std::vector<std::uint8_t>& dropped);

  [[nodiscard]] const Measure& operator[](NodeId id) const { return all_[id]; }
  /// The block itself, not what stands in blocks below it, reads like sentences.
  [[nodiscard]] bool is_prose_block(NodeId id) const { return prose_block_[id] != 0; }

 private:
  struct Text {
    std::uint32_t bytes = 0;
    std::uint16_t stops = 0;
  };
  std::vector<Text> texts_;  ///< of text nodes: never changes
  std::vector<Measure> all_;
  std::vector<std::uint8_t> prose_block_;
};

}  // namespace waydiff::extract
