#pragma once

#include <gumbo.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extract/arena.hpp"

namespace waydiff::extract {

using NodeId = std::uint32_t;

/// A node of the page in document order: a node's descendants are the ids between it and its `end`.
struct Node {
  GumboTag tag = GUMBO_TAG_UNKNOWN;  ///< elements
  bool is_text = false;
  NodeId parent = 0;
  NodeId end = 0;
  NodeId before = 0;  ///< the element that stands right before it, no text between them; 0 for none
  const GumboNode* source = nullptr;

  [[nodiscard]] std::string_view text() const { return source->v.text.text; }
  /// The attribute's value; empty if it is absent or empty.
  [[nodiscard]] std::string_view attribute(const char* name) const;
  [[nodiscard]] bool has_attribute(const char* name) const;
};

/// A parsed page, flat: loops instead of recursion, so that no page is too deep. Node 0 is <html>.
/// The tree lives in one arena that goes with it; nodes point into it.
class HtmlTree {
 public:
  /// `html` is UTF-8 that went through scan_tags.
  [[nodiscard]] static HtmlTree parse(const std::string& html);

  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  [[nodiscard]] const Node& operator[](NodeId id) const { return nodes_[id]; }
  [[nodiscard]] NodeId size() const { return static_cast<NodeId>(nodes_.size()); }
  [[nodiscard]] NodeId body() const { return body_; }  ///< 0 if there is none
  [[nodiscard]] std::string text_of(NodeId id) const;  ///< all text below, as it stands
  /// The next node that is not below `id`'s siblings before it: call with the first child, id + 1, on.
  [[nodiscard]] NodeId next_sibling(NodeId id) const { return nodes_[id].end; }

 private:
  std::unique_ptr<Arena> arena_;
  std::vector<Node> nodes_;
  NodeId body_ = 0;
};

[[nodiscard]] bool is_heading(GumboTag tag) noexcept;
/// Elements that begin and end a block of text.
[[nodiscard]] bool is_block(GumboTag tag) noexcept;

}  // namespace waydiff::extract
