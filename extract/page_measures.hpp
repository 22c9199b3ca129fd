#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "extract/html_tree.hpp"
#include "extract/page_address.hpp"

namespace waydiff::extract {

/// What a node holds, all below it included. Text is counted in bytes other than white space.
struct Measure {
  std::uint32_t text = 0;
  std::uint32_t links = 0;  ///< text inside links
  std::uint32_t prose = 0;  ///< text of blocks that read like sentences
  std::uint32_t link_count = 0;
  std::uint32_t inner_links = 0;  ///< links into the same page, and to e-mail addresses
  std::uint32_t headings = 0;
  std::uint32_t controls = 0;  ///< fields and buttons of forms
  std::uint32_t images = 0;
  bool has_h1 = false;

  [[nodiscard]] bool is_linky() const { return links * 2 > text; }
};

/// Measures of all nodes of a page.
class PageMeasures {
 public:
  PageMeasures(const HtmlTree& tree, const PageAddress& address);

  /// Measures anew, as if dropped nodes were not there. Linear.
  void update(const HtmlTree& tree, const std::vector<std::uint8_t>& dropped);

  [[nodiscard]] const Measure& operator[](NodeId id) const { return all_[id]; }
  [[nodiscard]] const std::vector<Measure>& all() const { return all_; }
  /// The block itself, not what stands in blocks below it, reads like sentences.
  [[nodiscard]] bool is_prose_block(NodeId id) const { return prose_block_[id] != 0; }
  /// A link whose target is no other page: a place in this one, or an e-mail address.
  [[nodiscard]] bool is_inner_link(NodeId id) const { return links_[id] == inner; }

 private:
  struct Text {
    std::uint32_t bytes = 0;
    std::uint16_t stops = 0;
  };
  enum : std::uint8_t { no_link, outward, inner };
  std::vector<Text> texts_;          ///< of text nodes: never changes
  std::vector<std::uint8_t> links_;  ///< what each element is as a link; never changes
  std::vector<Measure> all_;
  std::vector<std::uint8_t> prose_block_;

  struct Own {
    std::uint32_t text = 0;
    std::uint32_t links = 0;
    std::uint32_t stops = 0;
  };
  std::vector<Own> own_;  ///< what update() works with, kept for the next time
  std::vector<NodeId> block_;
  std::vector<std::uint8_t> linked_;
};

}  // namespace waydiff::extract
