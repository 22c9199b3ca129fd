#include "extract/content.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "extract/ascii.hpp"
#include "extract/page_hints.hpp"
#include "extract/page_measures.hpp"

namespace waydiff::extract {
namespace {

/// Share of the prose a node must hold to be where the text is.
constexpr std::size_t whole = 100;

class Selector {
 public:
  explicit Selector(const HtmlTree& tree) : tree_(tree), dropped_(tree.size(), 0), measures_(tree) {}

  Selection run() {
    drop_by_element();
    measures_.update(tree_, dropped_);
    drop_dialogs_and_hidden();
    measures_.update(tree_, dropped_);
    drop_landmarks();
    measures_.update(tree_, dropped_);
    follow_the_prose();
    measures_.update(tree_, dropped_);
    trim_inside();
    measures_.update(tree_, dropped_);
    return {std::move(dropped_), measures_[0].prose};
  }

 private:
  void drop(NodeId id) { dropped_[id] = 1; }
  bool holds(NodeId id, std::size_t percent) const {
    return measures_[id].prose * whole >= measures_[0].prose * percent && measures_[id].prose > 0;
  }

  template <class Visit>
  void for_each_element(NodeId from, NodeId end, Visit visit) {
    for (NodeId id = from; id < end;) {
      if (!dropped_[id] && !tree_[id].is_text) visit(id);
      id = dropped_[id] ? tree_[id].end : id + 1;
    }
  }

  bool inside(NodeId id, GumboTag tag) const {
    for (NodeId at = tree_[id].parent; at != 0; at = tree_[at].parent) {
      if (tree_[at].tag == tag) return true;
    }
    return false;
  }
  bool inside_heading(NodeId id) const {
    for (NodeId at = tree_[id].parent; at != 0; at = tree_[at].parent) {
      if (is_heading(tree_[at].tag)) return true;
    }
    return false;
  }

  // Controls and what never shows. Buttons stay where they are the headings of an accordion.
  void drop_by_element() {
    for_each_element(0, tree_.size(), [&](NodeId id) {
      const Node& node = tree_[id];
      switch (node.tag) {
        case GUMBO_TAG_HEAD:
        case GUMBO_TAG_SCRIPT:
        case GUMBO_TAG_STYLE:
        case GUMBO_TAG_TEMPLATE:
        case GUMBO_TAG_INPUT:
        case GUMBO_TAG_SELECT:
        case GUMBO_TAG_TEXTAREA:
        case GUMBO_TAG_OPTION:
        case GUMBO_TAG_TITLE:
          drop(id);
          break;
        case GUMBO_TAG_BUTTON: {
          const bool opens = node.has_attribute("aria-expanded") || node.has_attribute("aria-controls");
          if (!opens && !inside_heading(id) && inside(id, GUMBO_TAG_SUMMARY) == false) drop(id);
          break;
        }
        default:
          if (is_screen_reader_label(tree_, id)) drop(id);
      }
    });
    drop_noscript();
  }

  // <noscript> repeats or excuses; only when it holds the page's text is it the page.
  void drop_noscript() {
    measures_.update(tree_, dropped_);
    for_each_element(0, tree_.size(), [&](NodeId id) {
      if (tree_[id].tag == GUMBO_TAG_NOSCRIPT && !holds(id, 60)) drop(id);
    });
  }

  void drop_dialogs_and_hidden() {
    for_each_element(0, tree_.size(), [&](NodeId id) {
      const Node& node = tree_[id];
      if (node.tag == GUMBO_TAG_BODY || node.tag == GUMBO_TAG_HTML) return;
      if (is_dialog(node) && !holds(id, 80)) {
        drop(id);
      } else if (is_consent_box(tree_, id) && !holds(id, 50)) {
        drop(id);
      } else if (is_hidden(node) && !holds(id, 3) && measures_[id].prose < 300) {
        // Closed accordions and tabs are hidden too: prose stays.
        drop(id);
      }
    });
  }

  void drop_landmarks() {
    for_each_element(0, tree_.size(), [&](NodeId id) {
      const Node& node = tree_[id];
      const std::string_view role = node.attribute("role");
      const Measure& measure = measures_[id];
      if (node.tag == GUMBO_TAG_NAV || role == "navigation" || role == "menu" || role == "menubar" ||
          role == "search") {
        if (!holds(id, 40)) drop(id);
      } else if (node.tag == GUMBO_TAG_FOOTER || role == "contentinfo") {
        if (!holds(id, 40) && !(inside(id, GUMBO_TAG_ARTICLE) && measure.prose > 0 && !measure.is_linky())) drop(id);
      } else if (node.tag == GUMBO_TAG_ASIDE || role == "complementary") {
        const bool note =
            (inside(id, GUMBO_TAG_MAIN) || inside(id, GUMBO_TAG_ARTICLE)) && measure.prose > 0 && !measure.is_linky();
        if (!holds(id, 30) && !note) drop(id);
      } else if (role == "banner") {
        if (measure.prose == 0 && measure.headings == 0) drop(id);
      } else if (node.tag == GUMBO_TAG_HEADER && !holds(id, 40)) {
        if (measure.headings == 0 && (measure.is_linky() || measure.text < 20)) drop(id);
      } else if (node.tag == GUMBO_TAG_FORM && measure.controls > 0 && !holds(id, 20) && measure.prose < 600) {
        drop(id);
      }
    });
  }

  // From <body> down to where the prose is, judging what stands beside the way.
  void follow_the_prose() {
    NodeId at = tree_.body();
    while (true) {
      NodeId best = 0;
      for (NodeId child = at + 1; child < tree_[at].end; child = tree_[child].end) {
        if (dropped_[child] || tree_[child].is_text) continue;
        if (best == 0 || measures_[child].prose > measures_[best].prose) best = child;
      }
      if (best == 0 || measures_[best].prose == 0) return;
      const GumboTag tag = tree_[best].tag;
      const bool landmark =
          tag == GUMBO_TAG_MAIN || tag == GUMBO_TAG_ARTICLE || tree_[best].attribute("role") == "main";
      const std::size_t wanted = landmark ? 50 : 75;
      if (measures_[best].prose * whole < measures_[at].prose * wanted) {
        root_ = at;
        return;
      }
      if (!is_block(tag) || tag == GUMBO_TAG_P || is_heading(tag) || tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL ||
          tag == GUMBO_TAG_DL || tag == GUMBO_TAG_PRE) {
        root_ = at;
        return;
      }
      for (NodeId child = at + 1; child < tree_[at].end; child = tree_[child].end) {
        if (child != best && !dropped_[child] && !belongs(child, child < best, landmark)) drop(child);
      }
      at = best;
      root_ = at;
    }
  }

  // Does a neighbour of the node that holds most of the text belong to the text?
  bool belongs(NodeId id, bool before, bool beside_landmark) const {
    const Node& node = tree_[id];
    const Measure& measure = measures_[id];
    if (node.is_text) return measure.text > 0;
    if (measure.has_h1) return true;
    if (measure.is_linky()) return false;
    const bool clutter = has_clutter_name(node);
    const bool plain = node.tag == GUMBO_TAG_P || is_heading(node.tag) || node.tag == GUMBO_TAG_UL ||
                       node.tag == GUMBO_TAG_OL || node.tag == GUMBO_TAG_BLOCKQUOTE || !is_block(node.tag);
    if (measure.prose > 0) {
      if (clutter && !holds(id, 10)) return false;
      if (beside_landmark && !before && !holds(id, 5)) return false;
      return plain || holds(id, 3) || measure.headings > 0 || (before && !clutter);
    }
    if (clutter || (before && is_captioned_menu(id))) return false;
    if (before && (measure.headings > 0 || looks_like_date_line(tree_, id, measure.text))) return true;
    return plain && measure.text > 0;
  }

  // Links out of the page under a heading, and nothing else: "Select your language".
  bool is_captioned_menu(NodeId id) const {
    const Measure& measure = measures_[id];
    if (measure.headings == 0 || measure.has_h1 || measure.link_count <= measure.inner_links * 2) return false;
    for (NodeId at = id; at < tree_[id].end;) {
      const Node& node = tree_[at];
      if (dropped_[at] || (!node.is_text && (is_heading(node.tag) || measures_[at].links == measures_[at].text))) {
        at = node.end;
        continue;
      }
      if (node.is_text && measures_[at].text > measures_[at].links) return false;
      ++at;
    }
    return true;
  }

  // Menus at either end of the text, share bars, links to the top.
  void trim_inside() {
    NodeId first = 0;
    NodeId last = 0;
    NodeId title = 0;  // the <h1> before the first prose
    const NodeId top = tree_.body();
    for (NodeId id = top; id < tree_[top].end;) {
      if (dropped_[id]) {
        id = tree_[id].end;
        continue;
      }
      if (!tree_[id].is_text && measures_.is_prose_block(id)) {
        if (first == 0) first = id;
        last = id;
      }
      if (first == 0 && tree_[id].tag == GUMBO_TAG_H1 && measures_[id].has_h1) title = id;
      ++id;
    }
    for_each_element(top + 1, tree_[top].end, [&](NodeId id) {
      const Node& node = tree_[id];
      const Measure& measure = measures_[id];
      if (is_top_link(tree_, id, measure.text)) {
        drop(id);
        return;
      }
      if (id >= last && last != 0 && is_block(node.tag) && is_copyright_line(tree_, id, measure.text)) {
        drop(id);
        return;
      }
      if (!is_block(node.tag) || measure.prose > 0 || measure.has_h1) return;
      if (node.tag == GUMBO_TAG_TD || node.tag == GUMBO_TAG_TR || node.tag == GUMBO_TAG_TBODY ||
          node.tag == GUMBO_TAG_LI) {
        if (first < id && id < last) return;
      }
      const bool outside = tree_[id].end <= first || id > last;
      const bool menu = measure.link_count >= 3 && measure.is_linky() && measure.inner_links * 2 < measure.link_count;
      const bool link_alone = measure.text > 0 && measure.links == measure.text && measure.headings == 0;
      if (outside && menu && first != 0) {
        drop(id);
      } else if (first != 0 && node.end <= title &&
                 ((link_alone && measure.inner_links == 0) || is_captioned_menu(id))) {
        drop(id);
      } else if (outside && has_clutter_name(node) && (measure.is_linky() || measure.text < 200)) {
        drop(id);
      } else if (menu && has_clutter_name(node) && measure.text < 400) {
        drop(id);
      }
    });
  }

  const HtmlTree& tree_;
  std::vector<std::uint8_t> dropped_;
  PageMeasures measures_;
  NodeId root_ = 0;
};

}  // namespace

Selection select_content(const HtmlTree& tree) {
  return Selector(tree).run();
}

}  // namespace waydiff::extract
