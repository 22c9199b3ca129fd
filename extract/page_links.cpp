#include "extract/page_links.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "extract/ascii.hpp"
#include "extract/charset.hpp"
#include "extract/html_tree.hpp"
#include "extract/inline_text.hpp"
#include "extract/links.hpp"
#include "extract/page_head.hpp"
#include "extract/page_hints.hpp"
#include "extract/tag_scan.hpp"

namespace waydiff::extract {
namespace {

using core::LinkPlace;
using core::PageLink;

constexpr std::size_t most_links = 5000;
constexpr std::size_t longest_text = 300;
constexpr std::size_t longest_address = 2048;

/// What elements around a node say of it.
struct Surroundings {
  bool footer = false;
  bool navigation = false;
  bool story = false;         ///< an article or teaser: headers and footers in it are its own
  bool names_footer = false;  ///< as far as class names can be believed
  bool names_navigation = false;
  bool consent = false;
};

/// A link and where it stands in the text of the page.
struct Found {
  PageLink link;
  Surroundings around;
  std::size_t text_before = 0;
};

/// One of `words` begins a word of the class or id: "footer", "site-footer", "footerLinks", but not "barefoot".
bool named(const Node& node, std::initializer_list<std::string_view> words) {
  for (const char* const attribute : {"id", "class"}) {
    const std::string names = lower(node.attribute(attribute));
    for (const std::string_view word : words) {
      for (std::size_t at = names.find(word); at != std::string::npos; at = names.find(word, at + 1)) {
        if (at == 0 || !is_alpha(names[at - 1])) return true;
      }
    }
  }
  return false;
}

Surroundings entered(const HtmlTree& tree, NodeId id, Surroundings around) {
  const Node& node = tree[id];
  const std::string_view role = node.attribute("role");
  if (node.tag == GUMBO_TAG_ARTICLE || role == "article") around.story = true;
  if (node.tag == GUMBO_TAG_MAIN || role == "main") around.names_footer = around.names_navigation = false;
  if (!around.story) {
    around.footer = around.footer || node.tag == GUMBO_TAG_FOOTER || role == "contentinfo";
    around.navigation = around.navigation || node.tag == GUMBO_TAG_NAV || node.tag == GUMBO_TAG_HEADER ||
                        role == "navigation" || role == "banner" || role == "menubar";
  }
  if (is_block(node.tag) && node.tag != GUMBO_TAG_BODY && node.tag != GUMBO_TAG_HTML) {
    around.names_footer = around.names_footer || named(node, {"foot", "bottom", "legal", "copyright", "colophon"});
    around.names_navigation = around.names_navigation || named(node, {"nav", "menu", "header", "masthead", "topbar"});
    around.consent = around.consent || consent_name(tree, id) != ConsentName::none;
  }
  return around;
}

/// The last part of an image's address without its ending: "privacy" of "/img/privacy.gif".
std::string image_name(std::string_view source) {
  source = source.substr(0, source.find_first_of("?#"));
  source.remove_prefix(source.rfind('/') == std::string_view::npos ? 0 : source.rfind('/') + 1);
  return std::string(source.substr(0, source.rfind('.')));
}

/// What the link is called: its text, else what stands in for it.
void name_link(const HtmlTree& tree, NodeId id, PageLink& link) {
  link.text = tidy_text(tree.text_of(id));
  link.label = link.text.empty();
  for (const char* const attribute : {"alt", "title", "aria-label"}) {
    for (NodeId at = id; at < tree[id].end && link.text.empty(); ++at) {
      if (!tree[at].is_text) link.text = tidy_text(tree[at].attribute(attribute));
    }
  }
  for (NodeId at = id; at < tree[id].end && link.text.empty(); ++at) {
    if (!tree[at].is_text && tree[at].tag == GUMBO_TAG_IMG)
      link.text = tidy_text(image_name(tree[at].attribute("src")));
  }
  if (link.text.size() > longest_text) {
    std::size_t end = longest_text;
    while (end > 0 && (static_cast<unsigned char>(link.text[end]) & 0xC0U) == 0x80U) --end;
    link.text.resize(end);
  }
}

std::string_view link_target(const Node& node) {
  switch (node.tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_AREA:
    case GUMBO_TAG_LINK:
      return node.attribute("href");
    case GUMBO_TAG_EMBED:
      return node.attribute("src");
    default:
      return {};
  }
}

bool has_rel(std::string_view rels, std::string_view rel) {
  while (!rels.empty()) {
    rels = trim(rels);
    const std::size_t end = std::min(rels.find_first_of(" \t\r\n"), rels.size());
    if (equals_ignoring_case(rels.substr(0, end), rel)) return true;
    rels.remove_prefix(end);
  }
  return false;
}

/// A style sheet, icon or feed is no page to go to.
bool is_resource(const Node& node) {
  if (node.tag != GUMBO_TAG_LINK) return false;
  static constexpr std::array<std::string_view, 8> pages{"privacy-policy", "terms-of-service", "license", "copyright",
                                                         "help",           "contents",         "index",   "author"};
  return std::none_of(pages.begin(), pages.end(),
                      [&](std::string_view rel) { return has_rel(node.attribute("rel"), rel); });
}

/// Structure decides, then names, then where the link stands: footers close a page, menus open it.
LinkPlace place_of(const Found& found, std::size_t number, std::size_t count, std::size_t text) {
  const Surroundings& around = found.around;
  if (around.footer) return LinkPlace::footer;
  if (around.navigation && !around.names_footer) return LinkPlace::navigation;
  if (around.story || around.consent) return LinkPlace::body;
  const double of_text = text == 0 ? 1.0 : static_cast<double>(found.text_before) / static_cast<double>(text);
  const double of_links = count < 2 ? 1.0 : static_cast<double>(number) / static_cast<double>(count - 1);
  if (around.names_footer && of_links >= 0.3) return LinkPlace::footer;
  if (around.names_navigation) return LinkPlace::navigation;
  if (of_text >= 0.8 || of_links >= 0.88) return LinkPlace::footer;
  if (of_text <= 0.2 && of_links <= 0.4) return LinkPlace::navigation;
  return LinkPlace::body;
}

}  // namespace

core::Result<core::PageLinks> page_links(std::string_view body, const Page& page, const Limits& limits) {
  const std::string name = page.url.empty() ? std::string("page") : page.url;
  if (body.size() > limits.bytes) {
    return core::fail(core::Errc::too_large, name + ": " + std::to_string(body.size()) + " bytes, over the limit of " +
                                                 std::to_string(limits.bytes));
  }
  const Decoded decoded = decode(body, page.content_type, true);
  const ScannedHtml scanned = scan_tags(decoded.text, limits.depth, ScanFor::links);
  const HtmlTree tree = HtmlTree::parse(scanned.html);
  const LinkBase base(page.url, base_address(tree));

  core::PageLinks out;
  out.url = page.url;
  out.language = declared_language(tree);
  out.forwards_to = forwarding_address(tree, page.url);
  std::vector<Found> found;
  std::vector<Surroundings> around(tree.size());
  std::size_t text = 0;
  for (NodeId id = 0; id < tree.size(); ++id) {
    const Node& node = tree[id];
    if (id > 0) around[id] = around[node.parent];
    if (node.is_text) {
      if (id > tree.body()) text += trim(node.text()).size();
      continue;
    }
    around[id] = entered(tree, id, around[id]);
    const std::string_view target = link_target(node);
    if (target.empty()) continue;
    if (node.tag == GUMBO_TAG_LINK && has_rel(node.attribute("rel"), "canonical") && out.canonical.empty()) {
      out.canonical = base.resolve(target);
    }
    if (is_resource(node)) continue;
    Found one;
    one.link.url = base.resolve(target);
    if (one.link.url.empty() || one.link.url.size() > longest_address) continue;
    if (found.size() == most_links) {
      out.cut = true;
      break;
    }
    name_link(tree, id, one.link);
    one.link.rel = std::string(trim(node.attribute("rel")));
    one.link.frame = node.tag == GUMBO_TAG_EMBED;
    one.link.consent = around[id].consent;
    one.link.story =
        around[id].story || is_heading(tree[node.parent].tag) || (id + 1 < node.end && is_heading(tree[id + 1].tag));
    one.around = around[id];
    one.text_before = text;
    if (node.tag == GUMBO_TAG_LINK) one.link.place = LinkPlace::head;
    found.push_back(std::move(one));
  }
  for (std::size_t at = 0; at < found.size(); ++at) {
    if (found[at].link.place != LinkPlace::head) found[at].link.place = place_of(found[at], at, found.size(), text);
    out.links.push_back(std::move(found[at].link));
  }
  return out;
}

}  // namespace waydiff::extract
