#pragma once

#include <string_view>
#include <vector>

#include "core/document.hpp"

namespace waydiff::extract {

/// The runs of a piece of inline Markdown: escapes, entities, code, links, images (left out), strong, emphasis, <br>.
/// Marks that never close are text. Linear but for pathological brackets, which are bounded.
[[nodiscard]] std::vector<core::Inline> read_inline_markdown(std::string_view text);

}  // namespace waydiff::extract
