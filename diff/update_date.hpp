#pragma once

#include <string>
#include <string_view>

namespace waydiff::diff {

/// Whether a clause states when the document itself was last changed or takes effect: "Last updated: May 5, 2018",
/// "Effective date 2020-01-01", "Stand: 5. Mai 2018", "Updated this week", or is a date and nothing else. Such a
/// clause is short and says little else. Takes a fingerprint.
[[nodiscard]] bool states_update(std::string_view fingerprint);

/// Whether both state an update and differ only in the date and in words like "last", "on", "was".
[[nodiscard]] bool same_update_statement(std::string_view before, std::string_view after);

/// Whether a clause is a copyright line with its year: "© 2018 Example". Takes a fingerprint.
[[nodiscard]] bool states_copyright(std::string_view fingerprint);

/// The words of `fingerprint` without dates and what only joins them to the rest: equal texts differ in dates only.
[[nodiscard]] std::string without_dates(std::string_view fingerprint);

}  // namespace waydiff::diff
