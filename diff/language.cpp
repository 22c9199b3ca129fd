#include "diff/language.hpp"

#include <algorithm>
#include <string_view>

namespace waydiff::diff {
namespace {

/// By the first bytes of U+0340 to U+03FF, which no Greek text does without. All bytes are looked at: so it takes many
/// at once.
bool holds_greek(std::string_view text) {
  unsigned char found = 0;
  for (const char c : text) found |= static_cast<unsigned char>(static_cast<unsigned char>(c - '\xCD') < 3);
  return found != 0;
}

bool holds_greek(const core::Document& document) {
  const auto in_run = [](const core::Inline& run) { return holds_greek(run.text); };
  return std::any_of(document.blocks.begin(), document.blocks.end(), [&](const core::Block& block) {
    return std::any_of(block.runs.begin(), block.runs.end(), in_run) ||
           std::any_of(block.cells.begin(), block.cells.end(),
                       [&](const auto& cell) { return std::any_of(cell.begin(), cell.end(), in_run); });
  });
}

bool has_primary(std::string_view code, std::string_view primary) {
  return code == primary || (code.starts_with(primary) && code[primary.size()] == '-');
}

}  // namespace

Language::Language(const core::Document& document, const TellLanguage& tell)
    : document_(document), tell_(tell), known_(!tell || !document.language.empty()), told_(document.language) {}

const std::string& Language::code() {
  if (!known_) told_ = tell_(document_);
  known_ = true;
  return told_;
}

bool Language::is_english() {
  return has_primary(code(), "en");
}

bool Language::is_greek() {
  return (known_ || holds_greek(document_)) && has_primary(code(), "el");
}

}  // namespace waydiff::diff
