#include "extract/blocks.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "extract/ascii.hpp"
#include "extract/html_table.hpp"
#include "extract/inline_text.hpp"
#include "extract/links.hpp"
#include "extract/page_head.hpp"
#include "extract/table_shape.hpp"

namespace waydiff::extract {
namespace {

using core::Block;
using core::BlockKind;
using core::Inline;

class Reader {
 public:
  Reader(const HtmlTree& tree, const Selection& selection, const std::string& url)
      : tree_(tree), selection_(selection), links_(url, base_address(tree)) {}

  std::vector<Block> run() {
    std::vector<NodeId> open;
    for (NodeId id = tree_.body(); id < tree_[tree_.body()].end;) {
      while (!open.empty() && tree_[open.back()].end <= id) {
        leave(open.back());
        open.pop_back();
      }
      if (selection_.dropped[id]) {
        id = tree_[id].end;
        continue;
      }
      if (tree_[id].is_text) {
        put(tree_[id].text());
      } else if (const NodeId skip = special(id); skip != 0) {
        id = skip;
        continue;
      } else {
        enter(id);
        open.push_back(id);
      }
      ++id;
    }
    while (!open.empty()) {
      leave(open.back());
      open.pop_back();
    }
    flush();
    drop_loose_rules();
    return std::move(blocks_);
  }

 private:
  struct List {
    bool ordered = false;
    int next = 1;
    int step = 1;  ///< -1: counts down
  };
  struct Item {
    int depth = 1;
    bool ordered = false;
    int number = 0;
    bool marked = false;     ///< its "*" or "1." was given to a block
    bool dissolved = false;  ///< begins with a heading: what follows stands on the level above
  };
  void put(std::string_view text) {
    if (pre_ > 0) {
      put_preformatted(text);
      return;
    }
    Inline& run = run_now();
    const std::size_t from = run.text.size();
    run.text += text;
    std::replace(run.text.begin() + static_cast<std::ptrdiff_t>(from), run.text.end(), '\n', ' ');
  }

  // <pre> of prose is text that someone wrapped by hand: empty lines part paragraphs, line ends are spaces.
  void put_preformatted(std::string_view text) {
    std::string& to = run_now().text;
    if (code_block_) {
      to += text;
      return;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\n') {
        to.push_back(text[i]);
        continue;
      }
      std::size_t next = i + 1;
      while (next < text.size() && (text[next] == ' ' || text[next] == '\t' || text[next] == '\r')) ++next;
      to += next < text.size() && text[next] == '\n' ? "\n\n" : " ";
    }
  }

  Inline& run_now() {
    const bool strong = strong_ > 0 && heading_ == 0;
    const bool fresh = runs_.empty() || runs_.back().strong != strong || runs_.back().emphasis != (emphasis_ > 0) ||
                       runs_.back().code != (code_ > 0) || runs_.back().href != href_;
    if (fresh) {
      Inline run;
      run.strong = strong;
      run.emphasis = emphasis_ > 0;
      run.code = code_ > 0;
      run.href = href_;
      runs_.push_back(std::move(run));
    }
    return runs_.back();
  }

  /// Elements that are not walked into; the id to go on with, or 0.
  NodeId special(NodeId id) {
    const Node& node = tree_[id];
    if (node.tag == GUMBO_TAG_BR) {
      run_now().text.push_back('\n');
      return node.end;
    }
    if (node.tag == GUMBO_TAG_WBR || node.tag == GUMBO_TAG_IMG) return node.end;
    if (node.tag == GUMBO_TAG_HR) {
      flush();
      if (!table_) {
        Block rule;
        rule.kind = BlockKind::rule;
        blocks_.push_back(std::move(rule));
      }
      return node.end;
    }
    const std::string_view hidden = node.attribute("data-cfemail");
    if (!hidden.empty()) {
      const std::string address = hidden_email(hidden);
      if (!address.empty()) {
        const std::string outer = std::exchange(href_, node.tag == GUMBO_TAG_A ? "mailto:" + address : href_);
        run_now().text += address;
        href_ = outer;
        return node.end;
      }
    }
    return 0;
  }

  void enter(NodeId id) {
    const Node& node = tree_[id];
    if (table_) {
      if (!table_->enter(node, runs_) && is_block(node.tag)) run_now().text.push_back(' ');
    } else if (is_block(node.tag)) {
      flush();
    }
    switch (node.tag) {
      case GUMBO_TAG_B:
      case GUMBO_TAG_STRONG:
        ++strong_;
        break;
      case GUMBO_TAG_I:
      case GUMBO_TAG_EM:
        ++emphasis_;
        break;
      case GUMBO_TAG_CODE:
      case GUMBO_TAG_KBD:
      case GUMBO_TAG_SAMP:
      case GUMBO_TAG_TT:
        ++code_;
        break;
      case GUMBO_TAG_Q:
        run_now().text += "\xE2\x80\x9C";
        break;
      case GUMBO_TAG_A:
        if (node.has_attribute("href")) {
          hrefs_.emplace_back(id, href_);
          href_ = links_.resolve(node.attribute("href"));
        }
        break;
      case GUMBO_TAG_BUTTON:
        if (heading_ == 0 && !table_) flush();
        break;
      case GUMBO_TAG_PRE:
        if (pre_++ == 0) code_block_ = holds_only_code(id);
        break;
      case GUMBO_TAG_BLOCKQUOTE:
        ++quotes_;
        break;
      case GUMBO_TAG_UL:
      case GUMBO_TAG_OL:
      case GUMBO_TAG_MENU:
      case GUMBO_TAG_DIR:
        if (!table_) {
          const bool down = node.tag == GUMBO_TAG_OL && node.has_attribute("reversed");
          const int first = down ? count_items(id) : 1;
          lists_.push_back({node.tag == GUMBO_TAG_OL, number_or(node.attribute("start"), first), down ? -1 : 1});
        }
        break;
      case GUMBO_TAG_LI:
        if (!table_) enter_item(node);
        break;
      case GUMBO_TAG_TABLE:
        if (!table_ && is_data_table(tree_, selection_, id)) table_.emplace(id, ++tables_, quotes_ > 0, blocks_);
        break;
      default:
        if (is_heading(node.tag) && !table_) heading_ = node.tag - GUMBO_TAG_H1 + 1;
    }
  }

  void leave(NodeId id) {
    const Node& node = tree_[id];
    if (table_) {
      leave_in_table(id);
    } else if (is_block(node.tag)) {
      flush();
    }
    switch (node.tag) {
      case GUMBO_TAG_B:
      case GUMBO_TAG_STRONG:
        --strong_;
        break;
      case GUMBO_TAG_I:
      case GUMBO_TAG_EM:
        --emphasis_;
        break;
      case GUMBO_TAG_CODE:
      case GUMBO_TAG_KBD:
      case GUMBO_TAG_SAMP:
      case GUMBO_TAG_TT:
        --code_;
        break;
      case GUMBO_TAG_Q:
        run_now().text += "\xE2\x80\x9D";
        break;
      case GUMBO_TAG_A:
        if (!hrefs_.empty() && hrefs_.back().first == id) {
          href_ = std::move(hrefs_.back().second);
          hrefs_.pop_back();
        }
        break;
      case GUMBO_TAG_BUTTON:
        if (heading_ == 0 && !table_) flush();
        break;
      case GUMBO_TAG_PRE:
        if (--pre_ == 0) code_block_ = false;
        break;
      case GUMBO_TAG_BLOCKQUOTE:
        --quotes_;
        break;
      case GUMBO_TAG_UL:
      case GUMBO_TAG_OL:
      case GUMBO_TAG_MENU:
      case GUMBO_TAG_DIR:
        if (!table_ && !lists_.empty()) lists_.pop_back();
        break;
      case GUMBO_TAG_LI:
        if (!table_ && !items_.empty()) items_.pop_back();
        break;
      default:
        if (is_heading(node.tag)) heading_ = 0;
    }
  }

  void leave_in_table(NodeId id) {
    const Node& node = tree_[id];
    if (id == table_->node()) {
      table_->end(runs_);
      table_.reset();
    } else if (node.tag == GUMBO_TAG_CAPTION) {
      flush();
    } else if (!table_->leave(node, runs_) && is_block(node.tag)) {
      run_now().text.push_back(' ');
    }
  }

  bool holds_only_code(NodeId id) const {
    NodeId child = id + 1;
    while (child < tree_[id].end && tree_[child].is_text && trim(tree_[child].text()).empty()) ++child;
    return child < tree_[id].end && tree_[child].tag == GUMBO_TAG_CODE && !tree_[child].is_text;
  }

  int count_items(NodeId list) const {
    int items = 0;
    for (NodeId child = list + 1; child < tree_[list].end; child = tree_[child].end) {
      items += !tree_[child].is_text && tree_[child].tag == GUMBO_TAG_LI && !selection_.dropped[child];
    }
    return items;
  }

  void enter_item(const Node& node) {
    Item item;
    // Lists count, not items: pages put lists right into lists.
    item.depth = static_cast<int>(lists_.size());
    for (const Item& outer : items_) item.depth -= outer.dissolved;
    item.depth = std::max(item.depth, 1);
    if (!lists_.empty()) {
      List& list = lists_.back();
      item.ordered = list.ordered;
      if (list.ordered) {
        item.number = number_or(node.attribute("value"), list.next);
        list.next = std::max(item.number + list.step, 0);
      }
    }
    items_.push_back(item);
  }

  void flush() {
    if (runs_.empty()) return;
    if (code_block_) {
      flush_code();
      return;
    }
    if (heading_ > 0) {
      auto line = tidy_line(std::move(runs_));
      runs_.clear();
      if (!line.empty()) add_heading(std::move(line));
      return;
    }
    auto paragraphs = tidy_paragraphs(std::move(runs_));
    runs_.clear();
    for (auto& runs : paragraphs) add_text(std::move(runs));
  }

  void flush_code() {
    Block block;
    block.kind = BlockKind::preformatted;
    block.runs = std::move(runs_);
    runs_.clear();
    for (Inline& run : block.runs) {
      run = Inline{run.text, false, false, false, ""};
      std::erase(run.text, '\r');
    }
    std::string text = plain_text(block.runs);
    while (!text.empty() && is_space(text.back())) text.pop_back();
    while (!text.empty() && text.front() == '\n') text.erase(0, 1);
    if (text.empty()) return;
    block.runs.assign(1, Inline{std::move(text), false, false, false, ""});
    block.quoted = quotes_ > 0;
    blocks_.push_back(std::move(block));
  }

  void add_heading(std::vector<Inline> line) {
    if (!items_.empty() && !items_.back().marked) {
      items_.back().marked = true;
      items_.back().dissolved = true;
    }
    Block block;
    block.kind = BlockKind::heading;
    block.level = heading_;
    block.quoted = quotes_ > 0;
    block.runs = std::move(line);
    blocks_.push_back(std::move(block));
  }

  void add_text(std::vector<Inline> runs) {
    Block block;
    block.quoted = quotes_ > 0;
    block.runs = std::move(runs);
    // Items that hold nothing but a list give their mark to nobody.
    if (!items_.empty()) {
      Item& item = items_.back();
      if (!item.marked) {
        item.marked = true;
        // A level is open only below the one before it.
        const bool inside = !blocks_.empty() && blocks_.back().kind != BlockKind::heading;
        item.depth = std::min(item.depth, (inside ? blocks_.back().level : 0) + 1);
        block.kind = BlockKind::list_item;
        block.ordered = item.ordered;
        block.number = item.number;
        block.level = item.depth;
      } else {
        block.level = item.dissolved ? item.depth - 1 : item.depth;
      }
    }
    blocks_.push_back(std::move(block));
  }

  // Rules part text: none at the ends, none twice.
  void drop_loose_rules() {
    const auto is_rule = [](const Block& block) { return block.kind == BlockKind::rule; };
    const auto both = [&](const Block& a, const Block& b) { return is_rule(a) && is_rule(b); };
    blocks_.erase(std::unique(blocks_.begin(), blocks_.end(), both), blocks_.end());
    if (!blocks_.empty() && is_rule(blocks_.front())) blocks_.erase(blocks_.begin());
    if (!blocks_.empty() && is_rule(blocks_.back())) blocks_.pop_back();
  }

  const HtmlTree& tree_;
  const Selection& selection_;
  LinkBase links_;
  std::vector<Block> blocks_;
  std::vector<Inline> runs_;
  std::vector<List> lists_;
  std::vector<Item> items_;
  std::vector<std::pair<NodeId, std::string>> hrefs_;
  std::string href_;
  int strong_ = 0;
  int emphasis_ = 0;
  int code_ = 0;
  int pre_ = 0;
  bool code_block_ = false;
  int quotes_ = 0;
  int heading_ = 0;
  int tables_ = 0;
  std::optional<HtmlTable> table_;
};

}  // namespace

std::vector<Block> read_blocks(const HtmlTree& tree, const Selection& selection, const std::string& url) {
  return Reader(tree, selection, url).run();
}

}  // namespace waydiff::extract
