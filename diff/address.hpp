#pragma once

#include <cstddef>
#include <string_view>

namespace waydiff::diff {

/// Bytes of the web or e-mail address that starts at `start`, 0 for none: "https://a.example/x", "www.a.example",
/// "help@a.example", "a.com/x". Punctuation that ends a sentence is left out, and so is what stands behind a sign
/// outside ASCII. A bare name counts under the common top-level domains only: "end.Next" is two sentences run together.
[[nodiscard]] std::size_t address_length(std::string_view text, std::size_t start);

/// Whether a word of `words` is an address rather than a word or number.
[[nodiscard]] bool is_address(std::string_view word) noexcept;

}  // namespace waydiff::diff
