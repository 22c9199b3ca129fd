#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "storage/body_cache.hpp"
#include "storage/names.hpp"
#include "storage/sqlite_handle.hpp"
#include "storage/store.hpp"
#include "storage/writer_lock.hpp"

namespace waydiff::storage {

struct Store::Impl {
  Impl(std::optional<WriterLock> writer, Connection connection, Mode opened)
      : lock(std::move(writer)), db(std::move(connection)), mode(opened) {}

  std::optional<WriterLock> lock;  // before db: given up only after the file is closed
  Connection db;
  Mode mode;
  BodyCache bodies{};
};

/// Turns a name that was read into its value, or marks the row as bad.
template <class E>
void read_name(Statement& row, std::string_view what, const std::string& text, E& value) {
  if (!from_name(text, value)) row.reject(what, text);
}

/// The id that an INSERT … RETURNING gave.
[[nodiscard]] inline core::Result<Id> returned_id(core::Result<std::optional<Id>> id, const Connection& db) {
  if (!id) return tl::unexpected(std::move(id.error()));
  if (!*id) return core::fail(core::Errc::store_corrupt, db.file() + ": a row was not written");
  return **id;
}

/// "FILE: no TABLE ID", for ids that lead nowhere.
[[nodiscard]] inline tl::unexpected<core::Error> no_such(const Connection& db, std::string_view table, Id id) {
  return core::fail(core::Errc::not_found, db.file() + ": no " + std::string(table) + " " + std::to_string(id));
}

/// Fails with not_found when the latest UPDATE found no row.
[[nodiscard]] inline core::Result<void> one_updated(const Connection& db, std::string_view table, Id id) {
  if (db.changes() == 0) return no_such(db, table, id);
  return {};
}

}  // namespace waydiff::storage
