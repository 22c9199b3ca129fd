#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace waydiff::diff {

/// Bytes of the leading enumerator of `text` with the space after it: "3. ", "3.1 ", "(b) ", "IV. ", "Section 2 – ",
/// "§ 4 ", "• ", up to two in a row ("2. (a) "). 0 when there is none or nothing would remain. A number that begins
/// a date ("12. Mai 2018") or a decimal ("2.5 million") is no enumerator.
[[nodiscard]] std::size_t enumerator_length(std::string_view text);

/// What identifies an enumerator, without dots, brackets and words: "3.1" for "Section 3.1 – ", "b" for "(b) ".
/// Empty for bullets and where there is none.
[[nodiscard]] std::string enumerator_label(std::string_view text);

/// Whether a text is an enumerator and nothing else. Takes texts with single spaces between their words.
[[nodiscard]] bool is_enumerator(std::string_view text);

}  // namespace waydiff::diff
