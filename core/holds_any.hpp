#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace waydiff::core {

/// Whether one of the signs stands in `text`. Looks at every byte, sixteen and more at once: quicker than to stop at
/// the first, where most texts hold none. A result for each sign keeps compilers from trading that for a table.
template <char... Signs>
[[nodiscard]] bool holds_any(std::string_view text) noexcept {
  std::array<unsigned char, sizeof...(Signs)> found{};
  for (const char c : text) {
    std::size_t i = 0;
    ((found[i] = static_cast<unsigned char>(found[i] | static_cast<unsigned char>(c == Signs)), ++i), ...);
  }
  unsigned char any = 0;
  for (const unsigned char one : found) any = static_cast<unsigned char>(any | one);
  return any != 0;
}

}  // namespace waydiff::core
