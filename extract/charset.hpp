#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "extract/encoding_labels.hpp"

namespace waydiff::extract {

/// A body as well-formed UTF-8 without controls, and how it was read.
struct Decoded {
  std::string text;
  std::string charset;             ///< "utf-8", "windows-1252" …
  std::size_t replaced = 0;        ///< stretches that the charset does not allow, each now U+FFFD
  std::size_t replaced_bytes = 0;  ///< bytes of the body in them
  std::size_t dropped = 0;   ///< bytes (as UTF-8) of controls, noncharacters and byte order marks within, left out
  std::size_t foreign = 0;   ///< bytes read in another charset: windows-1252 in UTF-8 or the reverse
  std::size_t mojibake = 0;  ///< signs of text that was encoded twice
  bool undone = false;       ///< all of it was, and was read as what it had been
  bool guessed = false;      ///< nobody announced the charset, or what was announced is plainly wrong
  std::string overruled;     ///< the charset announced where the bytes are in another; else empty
};

/// Reads `body` as browsers do: byte order mark (UTF-8, 16, 32), the charset of the header, then that of the page
/// (`html`: a <meta> or XML declaration is looked for). Bytes overrule what is announced where it is plainly wrong:
/// valid UTF-8 with multi-byte characters is UTF-8; what is announced as UTF-8 and mostly is not, or as a multi-byte
/// charset that does not allow a fiftieth of its bytes, is guessed anew; a page's own declaration, if the detector
/// agrees with it, beats a header that says windows-1252. Never fails, never drops a byte without counting it.
[[nodiscard]] Decoded decode(std::string_view body, std::string_view content_type, bool html);

/// What a person should know of it, a sentence each; empty for most pages.
[[nodiscard]] std::vector<std::string> notes_of(const Decoded& decoded);

}  // namespace waydiff::extract
