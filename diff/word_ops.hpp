#pragma once

#include <string_view>
#include <vector>

#include "core/change_set.hpp"

namespace waydiff::diff {

/// The steps from `before` to `after` in whole words and punctuation marks: "=" and "-" texts joined give `before`
/// byte for byte, "=" and "+" give `after`. Deletions stand before insertions; neighbouring steps differ in kind; a
/// short word that two replacements have in common is not shown as kept. One "=" step for equal texts, none for empty.
[[nodiscard]] std::vector<core::WordOp> word_ops(std::string_view before, std::string_view after);

}  // namespace waydiff::diff
