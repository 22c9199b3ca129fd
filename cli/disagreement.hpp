#pragma once

#include <string>

#include "storage/rows.hpp"

namespace waydiff::cli {

/// "archives disagree: "wayback" at 2019-01-01 12:00 UTC has text 2, "arquivo" at 2019-01-02 08:00 UTC text 3".
[[nodiscard]] std::string shown_disagreement(const storage::Disagreement& disagreement);

}  // namespace waydiff::cli
