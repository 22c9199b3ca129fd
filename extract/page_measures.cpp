#include "extract/page_measures.hpp"

#include <algorithm>

#include "extract/ascii.hpp"

namespace waydiff::extract {
namespace {

constexpr std::size_t short_prose = 40;  // with a full stop: the shortest sentence of a policy
constexpr std::size_t long_prose = 140;  // without one: longer than labels and menu entries get

bool is_stop(std::string_view text, std::size_t i) {
  const char c = text[i];
  if (c == '.' || c == '!' || c == '?' || c == ';' || c == ':') return i + 1 == text.size() || is_space(text[i + 1]);
  return c == '\xE3' && text.substr(i).starts_with("\xE3\x80\x82");  // the ideographic full stop
}

}  // namespace

PageMeasures::PageMeasures(const HtmlTree& tree)
    : texts_(tree.size()), all_(tree.size()), prose_block_(tree.size(), 0) {
  for (NodeId id = 0; id < tree.size(); ++id) {
    if (!tree[id].is_text) continue;
    const std::string_view text = tree[id].text();
    Text& own = texts_[id];
    for (std::size_t i = 0; i < text.size(); ++i) {
      own.bytes += !is_space(text[i]);
      if (own.stops < 1000 && is_stop(text, i)) ++own.stops;
    }
  }
}

void PageMeasures::update(const HtmlTree& tree, const std::vector<std::uint8_t>& dropped) {
  struct Own {
    std::size_t text = 0;
    std::size_t links = 0;
    std::size_t stops = 0;
  };
  std::vector<Own> own(tree.size());
  std::vector<NodeId> block(tree.size(), 0);
  std::vector<std::uint8_t> linked(tree.size(), 0);
  std::fill(all_.begin(), all_.end(), Measure());
  for (NodeId id = 0; id < tree.size();) {
    const Node& node = tree[id];
    if (dropped[id]) {
      all_[node.parent].controls += node.tag == GUMBO_TAG_INPUT || node.tag == GUMBO_TAG_BUTTON;
      id = node.end;
      continue;
    }
    block[id] = block[node.parent];
    linked[id] = linked[node.parent];
    if (node.is_text) {
      const Text& text = texts_[id];
      all_[id].text = text.bytes;
      Own& sum = own[block[id]];
      sum.text += text.bytes;
      sum.stops += text.stops;
      if (linked[id] != 0) {
        all_[id].links = text.bytes;
        sum.links += text.bytes;
      }
    } else {
      if (is_block(node.tag)) block[id] = id;
      if (node.tag == GUMBO_TAG_A && node.has_attribute("href")) {
        linked[id] = 1;
        all_[id].link_count = 1;
        all_[id].inner_links = node.attribute("href").starts_with("#") ? 1 : 0;
      }
      if (is_heading(node.tag)) {
        all_[id].headings = 1;
        all_[id].has_h1 = node.tag == GUMBO_TAG_H1;
      }
    }
    ++id;
  }
  // Children have greater ids than their parents: one pass backwards adds everything up.
  for (NodeId id = tree.size(); id-- > 0;) {
    if (dropped[id]) continue;
    Measure& measure = all_[id];
    const Own& sum = own[id];
    const std::size_t unlinked = sum.text - sum.links;
    const bool prose = !tree[id].is_text && unlinked >= short_prose && sum.links < sum.text * 6 / 10 &&
                       !is_heading(tree[id].tag) && (sum.stops > 0 || unlinked >= long_prose);
    prose_block_[id] = prose;
    if (prose) measure.prose += sum.text;
    if (measure.text == 0) {
      measure.headings = 0;
      measure.has_h1 = false;
    }
    if (id == 0) break;
    Measure& parent = all_[tree[id].parent];
    parent.text += measure.text;
    parent.links += measure.links;
    parent.prose += measure.prose;
    parent.link_count += measure.link_count;
    parent.inner_links += measure.inner_links;
    parent.headings += measure.headings;
    parent.controls += measure.controls;
    parent.has_h1 = parent.has_h1 || measure.has_h1;
  }
}

}  // namespace waydiff::extract
