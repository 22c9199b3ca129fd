#include "extract/page_head.hpp"

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"
#include "extract/links.hpp"

namespace waydiff::extract {

std::string title_of(const HtmlTree& tree) {
  for (NodeId id = 0; id < tree.size(); ++id) {
    if (tree[id].tag != GUMBO_TAG_TITLE || tree[id].is_text) continue;
    std::string title = tidy_text(tree.text_of(id));
    if (!title.empty()) return title;
  }
  return {};
}

std::string forwarding_address(const HtmlTree& tree, const std::string& url) {
  const NodeId end = tree.body() == 0 ? tree.size() : tree.body();
  for (NodeId id = 0; id < end; ++id) {
    if (tree[id].tag != GUMBO_TAG_META || tree[id].is_text) continue;
    if (!equals_ignoring_case(trim(tree[id].attribute("http-equiv")), "refresh")) continue;
    std::string_view content = tree[id].attribute("content");
    const std::size_t at = find_ignoring_case(content, "url=");
    if (at == std::string_view::npos) continue;
    content = trim(content.substr(at + 4));
    if (content.starts_with('\'') || content.starts_with('"')) content.remove_prefix(1);
    content = content.substr(0, content.find_first_of("'\""));
    std::string address = LinkBase(url, "").resolve(content);
    if (address != url) return address;
  }
  return {};
}

std::string declared_language(const HtmlTree& tree) {
  if (tree.size() == 0) return {};
  const std::string_view own = tree[0].attribute("lang");
  return std::string(own.empty() && tree.body() != 0 ? tree[tree.body()].attribute("lang") : own);
}

std::string base_address(const HtmlTree& tree) {
  for (NodeId id = 0; id < tree.size(); ++id) {
    if (tree[id].tag != GUMBO_TAG_BASE || tree[id].is_text) continue;
    if (const std::string_view href = trim(tree[id].attribute("href")); !href.empty()) return std::string(href);
  }
  return {};
}

}  // namespace waydiff::extract
