#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace waydiff::pipeline {

/// Of texts in the order of time, which are in another language than the target's: positions, ascending. `languages`
/// are BCP 47; empty where it is not known, which is never a stray. With a `wanted` language all others are strays.
/// Without, the target's is the one that more than half of the known are in; a text in another is a stray when texts
/// in it come both before and after: an archive's crawler in another country. Texts that went over to another language
/// for good stay. Only the primary subtag counts. Pure.
[[nodiscard]] std::vector<std::size_t> language_strays(std::span<const std::string> languages, std::string_view wanted);

}  // namespace waydiff::pipeline
