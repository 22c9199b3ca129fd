#pragma once

#include <string>
#include <string_view>

#include "extract/html_tree.hpp"
#include "extract/links.hpp"

namespace waydiff::extract {

/// A page's own address, and which of its links lead where. Without an address only what an href says alone counts.
class PageAddress {
 public:
  PageAddress(const HtmlTree& tree, const std::string& url);

  /// A link to a place in the page itself: "#cookies", or the page's address with a fragment.
  [[nodiscard]] bool is_inside(std::string_view href) const;
  /// A link to the front page of the page's own site: "/", "index.html", "http://www.example.com".
  [[nodiscard]] bool is_front(std::string_view href) const;

 private:
  std::string key_;    ///< SURT key of the page
  std::string front_;  ///< and of its site's front page
  LinkBase links_;
};

}  // namespace waydiff::extract
