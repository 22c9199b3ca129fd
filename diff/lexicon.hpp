#pragma once

#include <string_view>

namespace waydiff::diff {

/// Word lists for the rules. All take one word as `fingerprint` leaves it: lower case, straight apostrophes.
/// English, German, French, Spanish and Italian, as far as a word alone can tell.
[[nodiscard]] bool is_month(std::string_view word) noexcept;
[[nodiscard]] bool is_negation(std::string_view word) noexcept;    ///< "not", "cannot", "don't", "nicht"
[[nodiscard]] bool is_choice(std::string_view word) noexcept;      ///< "opt", "consent", "unsubscribe"
[[nodiscard]] bool is_recipient(std::string_view word) noexcept;   ///< "affiliates", "advertisers"
[[nodiscard]] bool is_connective(std::string_view word) noexcept;  ///< what joins or parts two sentences: "and", "but"

/// The digits of a number word, "" for none: "30" for "thirty". Not for "one", a pronoun.
[[nodiscard]] std::string_view number_value(std::string_view word) noexcept;

/// The modal verb in `word`, "" for none: "can" for "cannot", "will" for "won't".
[[nodiscard]] std::string_view modal(std::string_view word) noexcept;

/// The unit of time in `word`, singular, "" for none: "day" for "days".
[[nodiscard]] std::string_view time_unit(std::string_view word) noexcept;

[[nodiscard]] bool is_currency(std::string_view word) noexcept;  ///< "usd", "euros", "$", "€"

/// Capitalised in policies without being anyone's name: "Services", "Terms", "Section", weekdays and months.
[[nodiscard]] bool is_defined_term(std::string_view word) noexcept;

}  // namespace waydiff::diff
