#pragma once

#include "core/error.hpp"
#include "storage/rows.hpp"
#include "storage/sqlite_handle.hpp"

namespace waydiff::storage {

/// Parts of Store::put_history(), in its transaction.
[[nodiscard]] core::Result<void> delete_clause_lines(Connection& db, Id target);
[[nodiscard]] core::Result<void> put_clause_lines(Connection& db, Id target, const ClauseLines& lines);

}  // namespace waydiff::storage
