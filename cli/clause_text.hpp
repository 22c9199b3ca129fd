#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "cli/snapshots.hpp"
#include "core/change_set.hpp"
#include "report/clause_history.hpp"

namespace waydiff::cli {

/// "after 2018-01-02, not after 2018-05-25 (143 days; 2 captures between show no text: 2 soft_404)", "not after
/// 2018-05-25, the first capture".
[[nodiscard]] std::string shown_coming(const report::Coming& coming, const Snapshots& snapshots);
/// not_before (null for none), not_after, gap_days, missed, old_snapshot, new_snapshot.
[[nodiscard]] boost::json::object coming_json(const report::Coming& coming, const Snapshots& snapshots);

/// {"soft_404": 2, "unplayable": 1}
[[nodiscard]] boost::json::object missed_json(const report::MissedCounts& missed);

/// "We [-may-]{+will+} share", safe for a terminal.
[[nodiscard]] std::string marked_words(const std::vector<core::WordOp>& ops);

/// "Cookies > Choices", safe for a terminal; empty for none.
[[nodiscard]] std::string shown_path(const std::vector<std::string>& path);

}  // namespace waydiff::cli
