#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waydiff::core {

/// The candidate that a mistyped `word` most likely meant: at most two letters typed wrong, left out, added or
/// swapped (one in words of up to four letters). Empty when none is near.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace waydiff::core
