#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace waydiff::report {

/// What stands around a stretch of text on a terminal.
struct TextMark {
  std::string_view open, close;
  bool seen = false;  ///< takes columns ("[-", "-]"); else control sequences, which are set anew on each line
};

struct MarkedText {
  std::string text;
  TextMark mark{};
};

/// Columns that a `visible` text takes on a terminal: wide characters take two, combining ones none.
[[nodiscard]] std::size_t columns(std::string_view text);

/// The text as lines of at most `width` columns (0: one line), each ended by "\n"; the first begins with `first`, the
/// others with `rest`, which count. Broken as Unicode's line breaking says, and where one mark follows another; a word
/// wider than a line stands out. Linear.
[[nodiscard]] std::string wrapped(const std::vector<MarkedText>& parts, std::size_t width, std::string_view first,
                                  std::string_view rest);

}  // namespace waydiff::report
