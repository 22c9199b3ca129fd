#pragma once

#include <memory_resource>
#include <string>
#include <string_view>

namespace waydiff::diff {

/// What carries meaning in `text`: NFKC with folded case; quotes straight, dashes "-" without spaces around, spaces
/// single and none before ":;!?"; emphasis marks and the leading enumerator left out. Never empty unless `text` has
/// nothing but spaces and marks. Linear; texts of ASCII and typographic punctuation need no Unicode tables.
[[nodiscard]] std::string fingerprint(std::string_view text);

/// The same, in `memory`.
[[nodiscard]] std::string_view fingerprint(std::string_view text, std::pmr::memory_resource& memory);

/// The same with the case and the enumerator kept: equal texts differ in typography only.
[[nodiscard]] std::string without_typography(std::string_view text);

}  // namespace waydiff::diff
