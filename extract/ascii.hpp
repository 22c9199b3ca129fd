#pragma once

#include <string>
#include <string_view>

/// ASCII as HTML and HTTP treat it: other bytes are never touched.
namespace waydiff::extract {

[[nodiscard]] constexpr char to_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
[[nodiscard]] constexpr bool is_space(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}
[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_alpha(char c) noexcept {
  return (c | 32) >= 'a' && (c | 32) <= 'z';
}
[[nodiscard]] constexpr bool is_alnum(char c) noexcept {
  return is_digit(c) || is_alpha(c);
}
[[nodiscard]] constexpr bool is_punct(char c) noexcept {
  return c > 32 && c < 127 && !is_alnum(c);
}

[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;
/// `needle` must be in lower case.
[[nodiscard]] std::size_t find_ignoring_case(std::string_view text, std::string_view needle,
                                             std::size_t from = 0) noexcept;
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept;
[[nodiscard]] bool starts_ignoring_case(std::string_view text, std::string_view prefix) noexcept;

}  // namespace waydiff::extract
