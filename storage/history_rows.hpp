#pragma once

#include "core/error.hpp"
#include "storage/rows.hpp"
#include "storage/sqlite_handle.hpp"

namespace waydiff::storage {

/// Deletes a target's states, placements, transitions and changes, in its caller's transaction; the lines of its
/// clauses have to be gone.
[[nodiscard]] core::Result<void> delete_history(Connection& db, Id target);

}  // namespace waydiff::storage
