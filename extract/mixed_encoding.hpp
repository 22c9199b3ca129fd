#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace waydiff::extract {

/// A text as UTF-8, and the bytes it cost.
struct Mended {
  std::string text;
  std::size_t replaced = 0;        ///< stretches that say nothing, each now U+FFFD
  std::size_t replaced_bytes = 0;  ///< bytes in them
  std::size_t foreign = 0;         ///< bytes read in the other charset
};

/// UTF-8 in which some pages' makers pasted windows-1252. A byte that cannot be UTF-8 is read as windows-1252 where
/// that is certain: the text's other characters are Latin; the byte is no remnant of a cut sequence; it gives a letter
/// beside a letter, or a mark of typography. Others become U+FFFD.
[[nodiscard]] Mended mended_utf8(std::string_view text);

/// windows-1252 in which whole UTF-8 sequences stand ("\xE2\x80\x99"): those are read as UTF-8. Nothing is ever
/// replaced.
[[nodiscard]] Mended mended_windows_1252(std::string_view text);

/// How many characters of `text` look like UTF-8 that was read as windows-1252 and written again.
[[nodiscard]] std::size_t count_mojibake(std::string_view text);

/// The text before that happened, if it happened to all of it: every character beyond ASCII is one of windows-1252, and
/// their bytes are UTF-8 without an error. Empty otherwise.
[[nodiscard]] std::string undone_mojibake(std::string_view text);

/// Takes out what no text holds: controls (but tabs and line ends), noncharacters, byte order marks within; C1 controls
/// that stand for windows-1252's marks become those. Returns the number of bytes taken out; `restored` counts the
/// others.
std::size_t drop_controls(std::string& text, std::size_t& restored);

}  // namespace waydiff::extract
