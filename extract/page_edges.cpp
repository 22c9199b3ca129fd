#include "extract/page_edges.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"
#include "extract/page_hints.hpp"

namespace waydiff::extract {
namespace {

struct Line {
  NodeId block = 0;  ///< the block it stands in
  NodeId first = 0;  ///< text nodes from here
  NodeId last = 0;   ///< to here
  std::size_t text = 0;
  std::size_t linked = 0;
  int heading = 0;    ///< level, 0 for none
  bool outer = true;  ///< all its links lead out of the page
  bool front = true;  ///< and all of them to the site's front page
};

/// Wordings of a link that leads away from the text, as lower case text begins.
constexpr std::array<std::string_view, 13> ways_back{"return to",
                                                     "back to",
                                                     "go back",
                                                     "go to home",
                                                     "zur\xC3\xBC"
                                                     "ck",
                                                     "retour",
                                                     "volver",
                                                     "voltar",
                                                     "torna ",
                                                     "terug",
                                                     "tillbaka",
                                                     "powrót",
                                                     "<< back"};
constexpr std::array<std::string_view, 12> lone_words{"back",      "home",     "close",        "print",
                                                      "[back]",    "[home]",   "close window", "close this window",
                                                      "home page", "homepage", "[close]",      "startseite"};

class Edges {
 public:
  Edges(const HtmlTree& tree, const PageAddress& address, const PageMeasures& measures,
        std::vector<std::uint8_t>& dropped)
      : tree_(tree), address_(address), measures_(measures), dropped_(dropped) {}

  bool run() {
    read_lines();
    std::size_t first = lines_.size();
    std::size_t last = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!measures_.is_prose_block(lines_[i].block)) continue;
      first = std::min(first, i);
      last = i;
    }
    if (first == lines_.size()) return false;
    before(first);
    for (std::size_t i = last + 1; i < lines_.size(); ++i) {
      if (leads_away(lines_[i])) drop(lines_[i]);
    }
    return any_;
  }

 private:
  void read_lines() {
    std::vector<NodeId> block(tree_.size(), 0);
    std::vector<NodeId> link(tree_.size(), 0);
    const NodeId body = tree_.body();
    bool broken = true;  // a block began or ended since the last text
    NodeId text_block = 0;
    for (NodeId id = body; id < tree_[body].end;) {
      const Node& node = tree_[id];
      if (dropped_[id]) {
        id = node.end;
        continue;
      }
      block[id] = block[node.parent];
      link[id] = link[node.parent];
      if (!node.is_text) {
        if (is_block(node.tag)) {
          block[id] = id;
          broken = true;
        }
        if (node.tag == GUMBO_TAG_A && node.has_attribute("href")) link[id] = id;
        ++id;
        continue;
      }
      if (measures_[id].text > 0) {
        if (broken || block[id] != text_block) add_line(block[id], id);
        broken = false;
        text_block = block[id];
        add_text(lines_.back(), id, link[id]);
      }
      ++id;
    }
  }

  void add_line(NodeId block, NodeId text) {
    Line line;
    line.block = block;
    line.first = text;
    for (NodeId at = block; at != 0 && line.heading == 0; at = tree_[at].parent) {
      if (is_heading(tree_[at].tag)) line.heading = tree_[at].tag - GUMBO_TAG_H1 + 1;
    }
    lines_.push_back(line);
  }

  void add_text(Line& line, NodeId text, NodeId link) {
    line.last = text;
    line.text += measures_[text].text;
    if (link == 0) return;
    line.linked += measures_[text].text;
    if (measures_.is_inner_link(link)) {
      line.outer = false;
      line.front = false;
    } else if (line.front && !address_.is_front(tree_[link].attribute("href"))) {
      line.front = false;
    }
  }

  void drop(const Line& line) {
    any_ = true;
    for (NodeId id = line.first; id <= line.last; ++id) {
      if (tree_[id].is_text) dropped_[id] = 1;
    }
  }

  bool is_button(const Line& line) const { return line.linked == line.text && line.outer; }
  bool is_logo(const Line& line) const { return line.linked == line.text && line.outer && line.front; }

  std::string words(const Line& line) const {
    std::string text;
    for (NodeId id = line.first; id <= line.last; ++id) {
      if (tree_[id].is_text) text += tree_[id].text();
    }
    return lower(tidy_text(text));
  }

  // The caption of a menu: only buttons until the next heading.
  bool is_caption(std::size_t i, std::size_t end) const {
    std::size_t next = i + 1;
    while (next < end && lines_[next].heading == 0 && is_button(lines_[next])) ++next;
    return next > i + 1 && next < end && lines_[next].heading > 0;
  }

  /// Where the text begins: its title, or its first prose.
  std::size_t start(std::size_t first_prose) const {
    std::size_t best = first_prose;
    for (std::size_t i = 0; i < first_prose; ++i) {
      const Line& line = lines_[i];
      if (line.heading == 0 || is_logo(line) || is_caption(i, first_prose)) continue;
      // Of several <h1> the last is the page's own, the others the site's.
      if (best == first_prose || line.heading < lines_[best].heading || line.heading == 1) best = i;
    }
    return best;
  }

  void before(std::size_t first_prose) {
    const std::size_t begin = start(first_prose);
    for (std::size_t i = 0; i < first_prose; ++i) {
      const Line& line = lines_[i];
      const bool in_front = i < begin;
      if (is_logo(line) || (in_front && (is_button(line) || is_caption(i, begin + 1) || is_named_logo(line)))) {
        drop(line);
      }
    }
  }

  // All of the line stands in elements that call themselves the site's logo.
  bool is_named_logo(const Line& line) const {
    if (line.heading > 0 || line.text > 120) return false;
    for (NodeId id = line.first; id <= line.last; ++id) {
      if (!tree_[id].is_text || dropped_[id] || measures_[id].text == 0) continue;
      bool named = false;
      for (NodeId at = tree_[id].parent; !named; at = tree_[at].parent) {
        named = has_logo_name(tree_[at]);
        if (at == line.block) break;
      }
      if (!named) return false;
    }
    return true;
  }

  bool leads_away(const Line& line) const {
    if (line.text > 60) return false;
    if (is_logo(line)) return true;
    const std::string text = words(line);
    if (std::find(lone_words.begin(), lone_words.end(), text) != lone_words.end()) return true;
    if (!is_button(line)) return false;
    return std::any_of(ways_back.begin(), ways_back.end(), [&](std::string_view way) { return text.starts_with(way); });
  }

  const HtmlTree& tree_;
  const PageAddress& address_;
  const PageMeasures& measures_;
  std::vector<std::uint8_t>& dropped_;
  std::vector<Line> lines_;
  bool any_ = false;
};

}  // namespace

bool trim_edges(const HtmlTree& tree, const PageAddress& address, const PageMeasures& measures,
                std::vector<std::uint8_t>& dropped) {
  return Edges(tree, address, measures, dropped).run();
}

}  // namespace waydiff::extract
