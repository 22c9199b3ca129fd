#pragma once

#include <string_view>
#include <unordered_set>

#include "extract/html_tree.hpp"

namespace waydiff::extract {

/// Which hidden elements a reader can open: bodies of accordions, tabs, "read more".
class Openers {
 public:
  explicit Openers(const HtmlTree& tree) : tree_(tree) {}

  /// A tab's panel, the target of a button or link on the page, or what stands right under a heading, a button that
  /// opens, or a term. Linear in the size of the page the first time, then constant.
  [[nodiscard]] bool open(NodeId id);

 private:
  void collect();
  [[nodiscard]] bool stands_under_an_opener(NodeId id) const;

  const HtmlTree& tree_;
  bool collected_ = false;
  std::unordered_set<std::string_view> targets_;  ///< ids
};

}  // namespace waydiff::extract
