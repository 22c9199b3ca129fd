#pragma once

#include <string_view>
#include <vector>

namespace waydiff::diff {

/// `words(text)` with the signs of scripts written without spaces (Japanese, Chinese, Thai …) put together to words as
/// ICU's dictionaries tell: "収集", "します". For what people read; comparing needs no more than the signs, and opening
/// the dictionaries costs about as much as a long clause. Views into `text`.
[[nodiscard]] std::vector<std::string_view> readable_words(std::string_view text);

}  // namespace waydiff::diff
