#pragma once

#include "core/error.hpp"
#include "storage/rows.hpp"
#include "storage/sqlite_handle.hpp"

namespace waydiff::storage {

/// The tables of histories: the present ones, which belong to a target, or the former, which belong to a
/// former_history.
struct HistoryTables {
  std::string_view prefix;
  std::string_view owner;
};
inline constexpr HistoryTables present_tables{"", "target"};
inline constexpr HistoryTables former_tables{"former_", "history"};

/// Reads states, placements and transitions, in its caller's transaction.
[[nodiscard]] core::Result<History> read_history(Connection& db, const HistoryTables& tables, Id owner);

/// Keeps a target's present history as a former one, unless it is of `next` as well or empty; drops the former one of
/// `next`. In its caller's transaction; the present one stays.
[[nodiscard]] core::Result<void> keep_former(Connection& db, Id target, Generation next);

/// Deletes a former history, in its caller's transaction.
[[nodiscard]] core::Result<void> delete_former(Connection& db, Id history);

/// Deletes a target's states, placements, transitions and changes, in its caller's transaction; the lines of its
/// clauses have to be gone.
[[nodiscard]] core::Result<void> delete_history(Connection& db, Id target);

}  // namespace waydiff::storage
