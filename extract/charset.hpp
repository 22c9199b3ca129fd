#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace waydiff::extract {

/// A body as UTF-8, and how it was read.
struct Decoded {
  std::string text;
  std::string charset;       ///< "utf-8", "windows-1252" …
  std::size_t replaced = 0;  ///< sequences that the charset does not allow, now U+FFFD
  bool guessed = false;      ///< nobody announced the charset
};

/// Reads `body` as browsers do: byte order mark, then the charset of the header, then that of the page (`html`: a
/// <meta> or XML declaration is looked for); but text that is valid UTF-8 with multi-byte characters is UTF-8 whatever
/// was announced, and what is announced as UTF-8 and mostly is not is guessed anew.
[[nodiscard]] Decoded decode(std::string_view body, std::string_view content_type, bool html);

/// The charset a label means in the WHATWG Encoding Standard's sense ("latin1" is "windows-1252"); empty if unknown.
[[nodiscard]] std::string charset_of_label(std::string_view label);

}  // namespace waydiff::extract
