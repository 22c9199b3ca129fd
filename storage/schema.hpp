#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "core/error.hpp"
#include "storage/sqlite_handle.hpp"

namespace waydiff::storage {

/// Marks an SQLite file as ours ("wayd"): PRAGMA application_id.
inline constexpr std::int64_t application_id = 0x77617964;

/// The SQL that brings a store from version N to N + 1 stands at index N. Steps are only ever added: a released one
/// is in people's files.
[[nodiscard]] std::span<const std::string_view> migrations();

// The parts of the first step (tables.cpp, views.cpp), and the later ones (version_N.cpp).
extern const std::string_view tables_sql;
extern const std::string_view views_sql;
extern const std::string_view version_2_sql;
extern const std::string_view version_3_sql;
extern const std::string_view version_4_sql;
extern const std::string_view version_5_sql;
extern const std::string_view version_6_sql;

/// The store's version; 0 for a file with nothing in it. Fails with store_corrupt for a file that is not ours, and
/// store_newer when its version is above `newest`. Changes nothing; reads as one, whatever others write meanwhile.
[[nodiscard]] core::Result<std::int64_t> store_version(Connection& connection, std::int64_t newest);

/// Applies the steps that the store has not seen, each in a transaction of its own.
[[nodiscard]] core::Result<void> migrate(Connection& connection, std::span<const std::string_view> steps);

/// A connection ready for use. Opened for writing, an older store is migrated first; opened for reading, too, if
/// nobody writes it.
[[nodiscard]] core::Result<Connection> open_for_writing(const std::filesystem::path& file,
                                                        std::span<const std::string_view> steps);
[[nodiscard]] core::Result<Connection> open_for_reading(const std::filesystem::path& file,
                                                        std::span<const std::string_view> steps);

}  // namespace waydiff::storage
