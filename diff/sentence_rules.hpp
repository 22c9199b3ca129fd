#pragma once

#include <cstddef>
#include <string_view>

namespace waydiff::diff {

/// Where the sentence that starts at `from` ends by the rules of Unicode (UAX #29, SB1 to SB998) over ICU's properties
/// of the characters: what ICU's iterator gives for every language but Greek (tested against it), without its rules,
/// whose opening takes as long as to cut ten pages. `text` is UTF-8; ill-formed bytes are no letters. text.size() at
/// the end. Linear over a whole text.
[[nodiscard]] std::size_t sentence_end(std::string_view text, std::size_t from);

}  // namespace waydiff::diff
