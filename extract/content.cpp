#include "extract/content.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "extract/ascii.hpp"
#include "extract/page_edges.hpp"
#include "extract/page_hints.hpp"
#include "extract/page_measures.hpp"
#include "extract/page_openers.hpp"

namespace waydiff::extract {
namespace {

/// Share of the prose a node must hold to be where the text is.
constexpr std::uint64_t whole = 100;

class Selector {
 public:
  Selector(const HtmlTree& tree, const std::string& url)
      : tree_(tree), address_(tree, url), openers_(tree), dropped_(tree.size(), 0), measures_(tree, address_) {}

  Selection run() {
    drop_by_element();
    measure();
    all_ = measures_.all();
    drop_dialogs_and_hidden();
    measure();
    drop_landmarks();
    measure();
    follow_the_prose();
    measure();
    trim_inside();
    measure();
    changed_ = trim_edges(tree_, address_, measures_, dropped_) || changed_;
    measure();
    drop_captions();
    measure();
    return {std::move(dropped_), measures_[0].prose};
  }

 private:
  void drop(NodeId id) {
    dropped_[id] = 1;
    changed_ = true;
  }
  void measure() {
    if (std::exchange(changed_, false)) measures_.update(tree_, dropped_);
  }
  bool holds(NodeId id, std::uint64_t percent) const {
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

  bool stands_over_hidden(NodeId id) const {
    const NodeId end = tree_[tree_[id].parent].end;
    NodeId next = tree_[id].end;
    while (next < end && tree_[next].is_text) ++next;
    return next < end && is_block(tree_[next].tag) && is_hidden(tree_[next]);
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
        case GUMBO_TAG_RT:  // how to read the word beside it
        case GUMBO_TAG_RP:
          drop(id);
          break;
        case GUMBO_TAG_BUTTON: {
          const bool opens = node.has_attribute("aria-expanded") || node.has_attribute("aria-controls");
          if (!opens && !inside_heading(id) && !inside(id, GUMBO_TAG_SUMMARY) && !stands_over_hidden(id)) drop(id);
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
    measure();
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
      } else if (is_hidden(node) && !holds(id, 3) && measures_[id].prose < 300 &&
                 (measures_[id].text == 0 || measures_[id].is_linky() || !openers_.open(id))) {
        // Closed accordions and tabs are hidden too: prose stays, and what something on the page opens.
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
        if (!holds(id, 40) && !(inside(id, GUMBO_TAG_ARTICLE) && measure.prose > 0 && !measure.is_linky())) {
          drop_but_dates(id);
        }
      } else if (node.tag == GUMBO_TAG_ASIDE || role == "complementary") {
        const bool note = measure.prose > 0 && !measure.is_linky() &&
                          (inside(id, GUMBO_TAG_MAIN) || inside(id, GUMBO_TAG_ARTICLE) || stands_under_text(id));
        if (!holds(id, 30) && !note) drop(id);
      } else if (role == "banner") {
        if (measure.prose == 0 && measure.headings == 0) drop(id);
      } else if (node.tag == GUMBO_TAG_HEADER && !holds(id, 40)) {
        if (measure.headings == 0 && (measure.is_linky() || measure.text < 20)) drop_but_dates(id);
      } else if (node.tag == GUMBO_TAG_FORM && measure.controls > 0 && !holds(id, 20) && measure.prose < 600) {
        drop(id);
      }
    });
  }

  // Drops an element but for a line in it that says since when the text holds.
  void drop_but_dates(NodeId id) {
    NodeId date = 0;
    for (NodeId at = id + 1; at < tree_[id].end && date == 0; ++at) {
      const Node& node = tree_[at];
      if (!node.is_text && is_block(node.tag) && measures_[at].link_count == 0 && measures_[at].text > 0 &&
          states_a_date(tree_, at, measures_[at].text)) {
        date = at;
      }
    }
    static constexpr std::size_t most_dates = 8;
    if (date == 0 || dates_.size() >= most_dates) {
      drop(id);
      return;
    }
    dates_.push_back(date);
    for (NodeId at = id + 1; at < tree_[id].end;) {
      const bool above = at < date && date < tree_[at].end;
      if (!above && at != date) drop(at);
      at = above ? at + 1 : tree_[at].end;
    }
  }

  // Right under a heading or a paragraph: a part of the text, whatever it calls itself.
  bool stands_under_text(NodeId id) const {
    const NodeId before = tree_[id].before;
    return before != 0 && !dropped_[before] && measures_[before].text > 0 &&
           (is_heading(tree_[before].tag) || (tree_[before].tag == GUMBO_TAG_P && measures_.is_prose_block(before)));
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
      const std::size_t wanted = landmark || others_are_columns(at, best) ? 50 : 75;
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
    if (std::any_of(dates_.begin(), dates_.end(), [&](NodeId date) { return id < date && date < node.end; }))
      return true;
    if (measure.is_linky() || is_side_column(id) || is_masthead(id)) return false;
    const bool clutter = has_clutter_name(node);
    const bool plain = node.tag == GUMBO_TAG_P || is_heading(node.tag) || node.tag == GUMBO_TAG_UL ||
                       node.tag == GUMBO_TAG_OL || node.tag == GUMBO_TAG_BLOCKQUOTE || !is_block(node.tag);
    if (measure.prose > 0) {
      // A name alone speaks against nothing that reads like sentences.
      if (clutter && !holds(id, 10) && (has_ways_out(id) || is_imprint(tree_, id, measure.text))) return false;
      if (beside_landmark && !before && !holds(id, 5)) return false;
      return plain || holds(id, 3) || measure.headings > 0 || (before && !clutter);
    }
    if (before && is_captioned_menu(id)) return false;
    if (before && (measure.headings > 0 || looks_like_date_line(tree_, id, measure.text))) return true;
    if (clutter) return false;
    return plain && measure.text > 0;
  }

  bool has_ways_out(NodeId id) const {
    const Measure& measure = measures_[id];
    return (measure.link_count - measure.inner_links > 1 && measure.links * 4 > measure.text) || all_[id].controls > 0;
  }

  // What stands beside the text in a column of its own: teasers and lists of other pages, forms to subscribe.
  bool is_side_column(NodeId id) const {
    const Measure& measure = measures_[id];
    const Measure& page = measures_[0];
    // A cell beside the cell of the text is a column. Other elements must have more of a menu in them.
    const bool cell = is_cell(id);
    const std::uint64_t share = page.prose == 0 ? 0 : measure.prose * whole / page.prose;
    if (measure.has_h1 || share >= (cell ? 35 : 15)) return false;
    const std::size_t outward = measure.link_count - measure.inner_links;
    if (!cell) return outward > 4 && measure.links * 3 > measure.text;
    if (share >= 15) return outward > 2 && (measure.links * 4 > measure.text || all_[id].controls > 0);
    return (outward > 2 && measure.links * 8 > measure.text) || all_[id].controls > 0;
  }
  bool is_cell(NodeId id) const { return tree_[id].tag == GUMBO_TAG_TD || tree_[id].tag == GUMBO_TAG_TH; }

  bool others_are_columns(NodeId at, NodeId best) const {
    if (!is_cell(best)) return false;
    for (NodeId child = at + 1; child < tree_[at].end; child = tree_[child].end) {
      if (child != best && !dropped_[child] && measures_[child].prose > 0 && !is_side_column(child)) return false;
    }
    return true;
  }

  // The table of pictures above the text, with a line of advertisement in a cell.
  bool is_masthead(NodeId id) const {
    const Measure& measure = measures_[id];
    return tree_[id].tag == GUMBO_TAG_TABLE && measure.images > 2 && measure.headings == 0 && measure.text < 250 &&
           !looks_like_date_line(tree_, id, measure.text);
  }

  // Links out of the page under a heading, and nothing else: "Select your language".
  bool is_captioned_menu(NodeId id) const {
    const Measure& measure = measures_[id];
    if (measure.headings == 0 || measure.has_h1 || measure.link_count <= measure.inner_links * 2) return false;
    bool links = false;
    for (NodeId at = id; at < tree_[id].end;) {
      const Node& node = tree_[at];
      if (dropped_[at] || (!node.is_text && (is_heading(node.tag) || measures_[at].links == measures_[at].text))) {
        links = links || (!dropped_[at] && measures_[at].links > 0 && !is_heading(node.tag));
        at = node.end;
        continue;
      }
      if (node.is_text && measures_[at].text > measures_[at].links) return false;
      ++at;
    }
    return links;
  }

  // "These policies apply:" stands before it.
  bool is_announced(NodeId id) const {
    static constexpr NodeId far = 1000;
    for (NodeId at = id; at-- > 0 && id - at < far;) {
      if (!tree_[at].is_text || measures_[at].text == 0) continue;
      const std::string_view text = trim(tree_[at].text());
      return text.ends_with(':') || text.ends_with("\xEF\xBC\x9A");
    }
    return false;
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
      if (outside && menu && first != 0 && !is_announced(id)) {
        drop(id);
      } else if (first != 0 && node.end <= title &&
                 ((link_alone && measure.inner_links == 0) || is_captioned_menu(id))) {
        drop(id);
      } else if (outside && has_clutter_name(node) &&
                 (measure.is_linky() || (measure.text < 200 && !stands_under_text(id))) && measure.headings == 0 &&
                 !looks_like_date_line(tree_, id, measure.text)) {
        drop(id);
      } else if (menu && has_clutter_name(node) && measure.text < 400 && !is_announced(id)) {
        drop(id);
      }
    });
  }

  // "In this article" over a menu that went: what is left of an element is its caption.
  void drop_captions() {
    for_each_element(tree_.body() + 1, tree_[tree_.body()].end, [&](NodeId id) {
      const Measure& now = measures_[id];
      const Measure& before = all_[id];
      if (now.text == 0 || now.text > 60 || now.prose > 0 || now.has_h1 || now.link_count > 0) return;
      if (!is_block(tree_[id].tag) || before.link_count < 3 || before.links < 2 * now.text) return;
      if (before.prose == 0 && !looks_like_date_line(tree_, id, now.text)) drop(id);
    });
  }

  const HtmlTree& tree_;
  PageAddress address_;
  Openers openers_;
  std::vector<std::uint8_t> dropped_;
  bool changed_ = true;  ///< something was dropped since the page was measured
  PageMeasures measures_;
  std::vector<NodeId> dates_;  ///< lines kept of headers and footers
  std::vector<Measure> all_;   ///< before anything but controls was dropped
  NodeId root_ = 0;
};

}  // namespace

Selection select_content(const HtmlTree& tree, const std::string& url) {
  return Selector(tree, url).run();
}

}  // namespace waydiff::extract
