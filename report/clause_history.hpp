#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/change_set.hpp"
#include "core/timestamp.hpp"
#include "storage/rows.hpp"

namespace waydiff::report {

/// When something came to be: after the last capture without it, and not after the first capture with it.
struct Coming {
  std::optional<storage::Id> old_capture;  ///< empty: the first capture of all has it already
  storage::Id new_capture = 0;
};

/// A clause of a text, and since when it stands there.
struct BlamedClause {
  std::string line;
  std::string words;
  std::vector<std::string> path;
  Coming appeared;  ///< under whatever words
  Coming changed;   ///< to what it says now; numbering, case and typography are no change; coming back is one
};

/// The clauses that `capture`, one of the history's placements, shows. Linear in the texts up to it. Pure.
[[nodiscard]] std::vector<BlamedClause> blame(const storage::History& history, const storage::ClauseLines& lines,
                                              storage::Id capture);

/// A time during which a clause had the same words.
struct ClauseStay {
  std::string words;
  std::vector<std::string> path;
  Coming came;
  storage::Id last_capture = 0;             ///< that shows it so
  std::optional<storage::Id> gone_capture;  ///< the first good one after it; empty: still there
  bool removed = false;                     ///< gone_capture shows no such clause
};

struct ClauseLife {
  std::string line;
  std::string split_from;  ///< name of the line that it was a part of; empty for most
  std::vector<ClauseStay> stays;
};

/// The life of a clause through the whole history, by time. `line` is a position in `lines`. Pure.
[[nodiscard]] ClauseLife clause_life(const storage::History& history, const storage::ClauseLines& lines,
                                     std::size_t line);

/// Lines one of whose wordings holds `text`, case and accents aside; positions, in the order of first appearance.
[[nodiscard]] std::vector<std::size_t> lines_that_say(const storage::ClauseLines& lines, const std::string& text);

}  // namespace waydiff::report
