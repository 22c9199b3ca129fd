#pragma once

#include <string>
#include <string_view>

namespace waydiff::diff {

/// Whether a clause states when the document itself was last changed or takes effect: "Last updated: May 5, 2018",
/// "Effective date 2020-01-01", "Stand: 5. Mai 2018". Such a clause is short and says little else.
[[nodiscard]] bool states_update(std::string_view fingerprint);

/// `fingerprint` with every date replaced by a mark: equal texts differ in dates only.
[[nodiscard]] std::string without_dates(std::string_view fingerprint);

}  // namespace waydiff::diff
