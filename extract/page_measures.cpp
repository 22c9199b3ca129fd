#include "extract/page_measures.hpp"

#include <algorithm>
#include <array>

#include "extract/ascii.hpp"

namespace waydiff::extract {
namespace {

constexpr std::size_t short_prose = 40;  // with a full stop: the shortest sentence of a policy
constexpr std::size_t long_prose = 140;  // without one: longer than labels and menu entries get

bool is_stop(std::string_view text, std::size_t i) {
  const char c = text[i];
  if (c == '.' || c == '!' || c == '?' || c == ';' || c == ':') return i + 1 == text.size() || is_space(text[i + 1]);
  // Full stops of scripts that put no space behind them.
  if (c == '\xE3') return text.substr(i).starts_with("\xE3\x80\x82");
  if (c == '\xEF') {
    const std::string_view rest = text.substr(i);
    return rest.starts_with("\xEF\xBC\x81") || rest.starts_with("\xEF\xBC\x9F") || rest.starts_with("\xEF\xBC\x8E");
  }
  return c == '\xE0' && text.substr(i).starts_with("\xE0\xA5\xA4");
}

enum : std::uint8_t { plain, space, may_stop };
constexpr std::array<std::uint8_t, 256> byte_kinds = [] {
  std::array<std::uint8_t, 256> kinds{};
  for (const char c : {' ', '\n', '\t', '\r', '\f', '\v'}) kinds[static_cast<unsigned char>(c)] = space;
  for (const char c : {'.', '!', '?', ';', ':', '\xE3', '\xEF', '\xE0'})
    kinds[static_cast<unsigned char>(c)] = may_stop;
  return kinds;
}();

bool is_contact(std::string_view href) {
  return starts_ignoring_case(href, "mailto:") || starts_ignoring_case(href, "tel:") ||
         href.find("/cdn-cgi/l/email-protection") != std::string_view::npos;
}

}  // namespace

PageMeasures::PageMeasures(const HtmlTree& tree, const PageAddress& address)
    : texts_(tree.size()), links_(tree.size(), no_link), all_(tree.size()), prose_block_(tree.size(), 0) {
  for (NodeId id = 0; id < tree.size(); ++id) {
    if (!tree[id].is_text) {
      if (tree[id].tag != GUMBO_TAG_A || !tree[id].has_attribute("href")) continue;
      const std::string_view href = tree[id].attribute("href");
      links_[id] = is_contact(href) || address.is_inside(href) ? inner : outward;
      continue;
    }
    const std::string_view text = tree[id].text();
    Text& own = texts_[id];
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::uint8_t kind = byte_kinds[static_cast<unsigned char>(text[i])];
      own.bytes += kind != space;
      if (kind == may_stop && own.stops < 1000 && is_stop(text, i)) ++own.stops;
    }
  }
}

void PageMeasures::update(const HtmlTree& tree, const std::vector<std::uint8_t>& dropped) {
  std::vector<Own>& own = own_;
  std::vector<NodeId>& block = block_;
  std::vector<std::uint8_t>& linked = linked_;
  own.assign(tree.size(), Own());
  block.assign(tree.size(), 0);
  linked.assign(tree.size(), 0);
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
      if (links_[id] != no_link) {
        linked[id] = 1;
        all_[id].link_count = 1;
        all_[id].inner_links = links_[id] == inner;
      }
      all_[id].images = node.tag == GUMBO_TAG_IMG;
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
    const std::uint32_t unlinked = sum.text - sum.links;
    const bool prose = !tree[id].is_text && unlinked >= short_prose && sum.links < std::uint64_t{sum.text} * 6 / 10 &&
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
    parent.images += measure.images;
    parent.has_h1 = parent.has_h1 || measure.has_h1;
  }
}

}  // namespace waydiff::extract
