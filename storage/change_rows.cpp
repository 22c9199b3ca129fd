#include "storage/change_rows.hpp"

#include <optional>
#include <utility>

#include "diff/json.hpp"
#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

// One side of a change as its four columns: all NULL where the side does not exist.
struct Side {
  std::optional<std::size_t> index, count;
  std::optional<std::string> path, text;
};

Side columns(const std::optional<core::ClauseRange>& range) {
  if (!range) return {};
  return {range->index, range->count, strings_column(range->path), range->text};
}

std::optional<core::ClauseRange> range_of(Statement& row, Side& side) {
  if (!side.index) return {};
  core::ClauseRange range;
  range.index = *side.index;
  range.count = side.count.value_or(0);
  range.text = std::move(side.text).value_or("");
  read_strings(row, side.path.value_or("[]"), range.path);
  return range;
}

core::Change read_change(Statement& row) {
  core::Change change;
  std::string kind, significance, flags, ops;
  Side before, after;
  row.read(kind, significance, change.reason, change.moved, change.similarity, flags, before.index, before.count,
           before.path, before.text, after.index, after.count, after.path, after.text, ops);
  read_name(row, "change kind", kind, change.kind);
  read_name(row, "significance", significance, change.significance);
  read_strings(row, flags, change.flags);
  change.before = range_of(row, before);
  change.after = range_of(row, after);
  auto words = diff::ops_from_json(ops);
  if (words) {
    change.ops = std::move(*words);
  } else {
    row.reject("word operations", ops);
  }
  return change;
}

}  // namespace

std::string strings_column(const std::vector<std::string>& strings) {
  return diff::strings_to_json(strings);
}

void read_strings(Statement& row, const std::string& json, std::vector<std::string>& strings) {
  auto parsed = diff::strings_from_json(json);
  if (parsed) {
    strings = std::move(*parsed);
  } else {
    row.reject("list", json);
  }
}

core::Result<void> put_changes(Connection& db, Id transition, const std::vector<core::Change>& changes) {
  std::size_t position = 0;
  for (const core::Change& change : changes) {
    const Side before = columns(change.before);
    const Side after = columns(change.after);
    auto done = db.run(
        "INSERT INTO change (transition, position, kind, significance, reason, moved, similarity, flags, old_index,"
        " old_count, old_path, old_text, new_index, new_count, new_path, new_text, ops)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        transition, ++position, core::name(change.kind), core::name(change.significance), change.reason, change.moved,
        change.similarity, strings_column(change.flags), before.index, before.count, before.path, before.text,
        after.index, after.count, after.path, after.text, diff::ops_to_json(change.ops));
    if (!done) return done;
  }
  return {};
}

core::Result<std::vector<core::Change>> changes_of(Connection& db, Id transition, std::string_view table) {
  return db.rows(
      "SELECT kind, significance, reason, moved, similarity, flags, old_index, old_count, old_path, old_text,"
      " new_index, new_count, new_path, new_text, ops FROM " +
          std::string(table) + " WHERE transition = ? ORDER BY position",
      read_change, transition);
}

}  // namespace waydiff::storage
