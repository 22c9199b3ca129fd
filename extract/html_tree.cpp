#include "extract/html_tree.hpp"

#include <algorithm>

namespace waydiff::extract {
namespace {

void* allocate(void* arena, std::size_t size) {
  return static_cast<Arena*>(arena)->allocate(size);
}
void keep(void* /*arena*/, void* /*piece*/) {}

const GumboVector* children_of(const GumboNode* node) {
  if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) return &node->v.element.children;
  return nullptr;
}

}  // namespace

std::string_view Node::attribute(const char* name) const {
  if (is_text) return {};
  const GumboAttribute* found = gumbo_get_attribute(&source->v.element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool Node::has_attribute(const char* name) const {
  return !is_text && gumbo_get_attribute(&source->v.element.attributes, name) != nullptr;
}

HtmlTree HtmlTree::parse(const std::string& html) {
  HtmlTree tree;
  tree.arena_ = std::make_unique<Arena>(std::max<std::size_t>(std::size_t{64} << 10, html.size()));
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &allocate;
  options.deallocator = &keep;
  options.userdata = tree.arena_.get();
  options.max_errors = 0;
  // Never destroyed by gumbo, which would recurse: the arena drops it whole.
  const GumboOutput* output = gumbo_parse_with_options(&options, html.data(), html.size());

  struct Frame {
    const GumboNode* node;
    unsigned next;
    NodeId id;
    NodeId last = 0;  ///< the element child just added
  };
  std::vector<Frame> stack;
  tree.nodes_.reserve(html.size() / 24 + 16);
  const auto add = [&](const GumboNode* node, NodeId parent, NodeId before) {
    Node flat;
    flat.parent = parent;
    flat.before = before;
    flat.source = node;
    flat.is_text =
        node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA;
    if (!flat.is_text) flat.tag = node->v.element.tag;
    const NodeId id = tree.size();
    flat.end = id + 1;
    tree.nodes_.push_back(flat);
    if (flat.tag == GUMBO_TAG_BODY && !flat.is_text && tree.body_ == 0) tree.body_ = id;
    return id;
  };
  stack.push_back({output->root, 0, add(output->root, 0, 0)});
  while (!stack.empty()) {
    Frame& top = stack.back();
    const GumboVector* children = children_of(top.node);
    if (children == nullptr || top.next >= children->length) {
      tree.nodes_[top.id].end = tree.size();
      stack.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(children->data[top.next++]);
    if (child->type == GUMBO_NODE_COMMENT) continue;
    const NodeId id = add(child, top.id, top.last);
    if (!tree.nodes_[id].is_text) {
      top.last = id;
    } else if (child->type != GUMBO_NODE_WHITESPACE) {
      top.last = 0;
    }
    if (children_of(child) != nullptr) stack.push_back({child, 0, id});
  }
  return tree;
}

std::string HtmlTree::text_of(NodeId id) const {
  std::string text;
  for (NodeId i = id; i < nodes_[id].end; ++i) {
    if (nodes_[i].is_text) text += nodes_[i].text();
  }
  return text;
}

bool is_heading(GumboTag tag) noexcept {
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;
}

bool is_block(GumboTag tag) noexcept {
  switch (tag) {
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DIR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_LEGEND:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_P:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_UL:
      return true;
    default:
      return false;
  }
}

}  // namespace waydiff::extract
