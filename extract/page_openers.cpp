#include "extract/page_openers.hpp"

#include <algorithm>

#include "extract/ascii.hpp"

namespace waydiff::extract {

bool Openers::open(NodeId id) {
  const Node& node = tree_[id];
  if (!is_block(node.tag)) return false;
  const std::string_view role = node.attribute("role");
  if (role == "tabpanel" || role == "region") return true;
  if (!collected_) collect();
  const std::string_view name = node.attribute("id");
  return (!name.empty() && targets_.contains(name)) || stands_under_an_opener(id);
}

void Openers::collect() {
  collected_ = true;
  for (NodeId id = 0; id < tree_.size(); ++id) {
    const Node& node = tree_[id];
    if (node.is_text) continue;
    for (const char* const attribute : {"aria-controls", "href", "data-target", "data-bs-target"}) {
      std::string_view value = trim(node.attribute(attribute));
      if (value.starts_with('#')) value.remove_prefix(1);
      if (!value.empty() && value.find_first_of(" /?:") == std::string_view::npos) targets_.insert(value);
    }
  }
}

bool Openers::stands_under_an_opener(NodeId id) const {
  const NodeId before = tree_[id].before;
  if (before == 0) return false;
  const Node& opener = tree_[before];
  return is_heading(opener.tag) || opener.tag == GUMBO_TAG_DT || opener.tag == GUMBO_TAG_SUMMARY ||
         opener.has_attribute("aria-expanded");
}

}  // namespace waydiff::extract
