#pragma once

#include <string>
#include <vector>

#include "core/change_set.hpp"
#include "core/error.hpp"
#include "storage/rows.hpp"
#include "storage/sqlite_handle.hpp"

namespace waydiff::storage {

/// Writes the changes of a transition, numbered from 1.
[[nodiscard]] core::Result<void> put_changes(Connection& db, Id transition, const std::vector<core::Change>& changes);
/// `table`: change or former_change.
[[nodiscard]] core::Result<std::vector<core::Change>> changes_of(Connection& db, Id transition,
                                                                 std::string_view table = "change");

/// A column that holds a JSON array of strings.
[[nodiscard]] std::string strings_column(const std::vector<std::string>& strings);
void read_strings(Statement& row, const std::string& json, std::vector<std::string>& strings);

}  // namespace waydiff::storage
