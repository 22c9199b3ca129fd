#pragma once

#include <string>
#include <vector>

#include "cli/snapshots.hpp"
#include "report/announcement.hpp"
#include "report/stays.hpp"
#include "storage/rows.hpp"

namespace waydiff::cli {

/// A history with what its transitions say beside the words: dates, stays and returns.
struct ToldHistory {
  std::vector<storage::TransitionRow> transitions;
  std::vector<report::Announcement> announcements;     ///< of each transition
  std::vector<std::optional<report::Stay>> old_stays;  ///< the one that a transition ended; empty for editorial ones
  std::vector<report::Stay> stays;
  std::vector<report::Alternation> alternations;
};
/// Reads the texts on both sides of every transition.
[[nodiscard]] core::Result<ToldHistory> told_history(storage::Store& store, const storage::History& history,
                                                     const Snapshots& snapshots);

/// For people: the transition at a position, with the redline of its changes if asked for.
[[nodiscard]] std::string shown_transition(const ToldHistory& history, std::size_t at, const Snapshots& snapshots,
                                           bool patch);
/// Returns in a row as one.
[[nodiscard]] std::string shown_alternation(const ToldHistory& history, const report::Alternation& alternation,
                                            const Snapshots& snapshots);
/// For machines: one line.
[[nodiscard]] std::string transition_json(const ToldHistory& history, std::size_t at, const Snapshots& snapshots);

}  // namespace waydiff::cli
