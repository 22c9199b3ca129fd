#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace waydiff::extract {

inline constexpr char32_t replacement_character = 0xFFFD;

/// The character at `at`, which is moved behind it. Ill-formed sequences yield U+FFFD and move one byte at least.
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& at) noexcept;
void append_code_point(std::string& text, char32_t c);

struct Utf8Check {
  std::size_t multibyte = 0;  ///< well-formed sequences of two bytes or more
  std::size_t broken = 0;     ///< ill-formed sequences
};
[[nodiscard]] Utf8Check check_utf8(std::string_view text) noexcept;

/// `text` with every ill-formed sequence replaced by U+FFFD.
[[nodiscard]] std::string repaired_utf8(std::string_view text);

/// Unicode NFC; well-formed input. Plain copies where nothing is to be done.
[[nodiscard]] std::string to_nfc(std::string text);

/// Letters and digits of any script.
[[nodiscard]] bool is_word_character(char32_t c) noexcept;

/// White space of any kind, no-break spaces included.
[[nodiscard]] bool is_unicode_space(char32_t c) noexcept;

/// Characters without a shape: soft hyphen, zero-width space and joiners, byte order mark, direction marks.
[[nodiscard]] bool is_invisible(char32_t c) noexcept;

/// Number of words: runs of letters and digits; each ideograph counts.
[[nodiscard]] std::size_t count_words(std::string_view text) noexcept;

}  // namespace waydiff::extract
