#include <algorithm>

#include "storage/history_rows.hpp"
#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

using core::Result;

Generation read_generation(Statement& row) {
  Generation found;
  row.read(found.extract, found.diff);
  return found;
}

Id read_id(Statement& row) {
  Id id = 0;
  row.read(id);
  return id;
}

/// 0: there is none.
Result<Id> former_id(Connection& db, Id target, Generation generation) {
  const auto id =
      db.value<Id>("SELECT id FROM former_history WHERE target = ? AND extract_generation = ? AND diff_generation = ?",
                   target, generation.extract, generation.diff);
  if (!id) return tl::unexpected(id.error());
  return id->value_or(0);
}

Result<void> drop_former(Connection& db, Id target, Generation generation) {
  const auto id = former_id(db, target, generation);
  if (!id) return tl::unexpected(id.error());
  return *id == 0 ? Result<void>() : delete_former(db, *id);
}

Result<std::size_t> drop_former_histories(Connection& db, Generation generation) {
  auto scope = Transaction::begin(db);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  const auto histories =
      db.rows("SELECT id FROM former_history WHERE extract_generation = ? AND diff_generation = ? ORDER BY id", read_id,
              generation.extract, generation.diff);
  if (!histories) return tl::unexpected(histories.error());
  for (const Id history : *histories) {
    if (auto done = delete_former(db, history); !done) return tl::unexpected(std::move(done.error()));
  }
  // Its extractions still serve the targets that have another history of that generation of the extractor.
  auto done = db.run(
      "DELETE FROM extraction WHERE generation = ?1 AND id NOT IN (SELECT extraction FROM misfit) AND NOT EXISTS"
      " (SELECT 1 FROM capture c JOIN target t ON t.id = c.target WHERE c.body = extraction.body"
      " AND (t.extract_generation IN (0, ?1) OR EXISTS"
      " (SELECT 1 FROM former_history h WHERE h.target = t.id AND h.extract_generation = ?1)))",
      generation.extract);
  if (!done) return tl::unexpected(std::move(done.error()));
  done = db.run(
      "DELETE FROM text WHERE id NOT IN (SELECT text FROM extraction WHERE text IS NOT NULL"
      " UNION SELECT text FROM cleaning UNION SELECT cleaned FROM cleaning UNION SELECT text FROM capture_state"
      " UNION SELECT old_text FROM transition UNION SELECT new_text FROM transition UNION SELECT text FROM text_wording"
      " UNION SELECT text FROM former_capture_state UNION SELECT old_text FROM former_transition"
      " UNION SELECT new_text FROM former_transition)");
  if (!done) return tl::unexpected(std::move(done.error()));
  if (auto committed = scope->commit(); !committed) return tl::unexpected(std::move(committed.error()));
  return histories->size();
}

}  // namespace

Result<void> delete_former(Connection& db, Id history) {
  for (const std::string_view sql : {
           "DELETE FROM former_change WHERE transition IN (SELECT id FROM former_transition WHERE history = ?)",
           "DELETE FROM former_transition WHERE history = ?",
           "DELETE FROM former_capture_state WHERE state IN (SELECT id FROM former_state WHERE history = ?)",
           "DELETE FROM former_state WHERE history = ?",
           "DELETE FROM former_history WHERE id = ?",
       }) {
    if (auto done = db.run(sql, history); !done) return done;
  }
  return {};
}

Result<void> keep_former(Connection& db, Id target, Generation next) {
  if (auto done = drop_former(db, target, next); !done) return done;
  const auto made = db.rows(
      "SELECT extract_generation, diff_generation FROM target WHERE id = ?1 AND EXISTS (SELECT 1 FROM state"
      " WHERE target = ?1)",
      read_generation, target);
  if (!made) return tl::unexpected(made.error());
  if (made->empty() || made->front() == next || made->front().extract == 0) return {};
  const Generation old = made->front();
  if (auto done = drop_former(db, target, old); !done) return done;
  const auto id = returned_id(db.value<Id>("INSERT INTO former_history (target, extract_generation, diff_generation)"
                                           " VALUES (?, ?, ?) RETURNING id",
                                           target, old.extract, old.diff),
                              db);
  if (!id) return tl::unexpected(id.error());
  // Rows take new ids: those of the present tables are given again to what comes next.
  for (const std::string_view sql : {
           "INSERT INTO former_state (history, ordinal, state_key, clauses)"
           " SELECT ?1, ordinal, state_key, clauses FROM state WHERE target = ?2 ORDER BY ordinal",
           "INSERT INTO former_capture_state (state, capture, text) SELECT f.id, p.capture, p.text FROM capture_state p"
           " JOIN state s ON s.id = p.state AND s.target = ?2"
           " JOIN former_state f ON f.history = ?1 AND f.ordinal = s.ordinal",
           "INSERT INTO former_transition (history, sequence, kind, old_state, new_state, old_text, new_text,"
           " old_capture, new_capture, not_before, not_after, quarantined_between, old_clauses, new_clauses, unchanged,"
           " notes) SELECT ?1, t.sequence, t.kind, fo.id, fn.id, t.old_text, t.new_text, t.old_capture, t.new_capture,"
           " t.not_before, t.not_after, t.quarantined_between, t.old_clauses, t.new_clauses, t.unchanged, t.notes"
           " FROM transition t JOIN state o ON o.id = t.old_state JOIN state n ON n.id = t.new_state"
           " JOIN former_state fo ON fo.history = ?1 AND fo.ordinal = o.ordinal"
           " JOIN former_state fn ON fn.history = ?1 AND fn.ordinal = n.ordinal WHERE t.target = ?2 ORDER BY "
           "t.sequence",
           "INSERT INTO former_change (transition, position, kind, significance, reason, moved, similarity, flags,"
           " old_index, old_count, old_path, old_text, new_index, new_count, new_path, new_text, ops)"
           " SELECT f.id, c.position, c.kind, c.significance, c.reason, c.moved, c.similarity, c.flags, c.old_index,"
           " c.old_count, c.old_path, c.old_text, c.new_index, c.new_count, c.new_path, c.new_text, c.ops"
           " FROM transition t JOIN former_transition f ON f.history = ?1 AND f.sequence = t.sequence"
           " JOIN change c ON c.transition = t.id WHERE t.target = ?2 ORDER BY t.sequence, c.position",
       }) {
    if (auto done = db.run(sql, *id, target); !done) return done;
  }
  return {};
}

Result<History> Store::former_history(Id target, Generation generation) {
  Connection& db = impl_->db;
  auto scope = Transaction::begin(db, Transaction::Intent::read);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  const auto id = former_id(db, target, generation);
  if (!id) return tl::unexpected(id.error());
  if (*id == 0) {
    return core::fail(core::Errc::not_found,
                      db.file() + ": no history of generation " + generation.text() + " is kept for this document");
  }
  return read_history(db, former_tables, *id);
}

Result<std::vector<Generation>> Store::former_generations(Id target) {
  return impl_->db.rows(
      "SELECT extract_generation, diff_generation FROM former_history WHERE target = ? ORDER BY 1 DESC, 2 DESC",
      read_generation, target);
}

Result<std::vector<GenerationCounts>> Store::generations() {
  Connection& db = impl_->db;
  auto scope = Transaction::begin(db, Transaction::Intent::read);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  return db.rows(
      "WITH made (extract, diff, present, targets, captures, states, transitions, changes) AS ("
      " SELECT extract_generation, diff_generation, 1, 1,"
      "  (SELECT count(*) FROM state s JOIN capture_state p ON p.state = s.id WHERE s.target = target.id),"
      "  (SELECT count(*) FROM state s WHERE s.target = target.id),"
      "  (SELECT count(*) FROM transition t WHERE t.target = target.id),"
      "  (SELECT count(*) FROM transition t JOIN change c ON c.transition = t.id WHERE t.target = target.id)"
      " FROM target WHERE extract_generation > 0"
      " UNION ALL SELECT extract_generation, diff_generation, 0, 1,"
      "  (SELECT count(*) FROM former_state s JOIN former_capture_state p ON p.state = s.id WHERE s.history = h.id),"
      "  (SELECT count(*) FROM former_state s WHERE s.history = h.id),"
      "  (SELECT count(*) FROM former_transition t WHERE t.history = h.id),"
      "  (SELECT count(*) FROM former_transition t JOIN former_change c ON c.transition = t.id WHERE t.history = h.id)"
      " FROM former_history h)"
      " SELECT extract, diff, present, sum(targets), sum(captures), sum(states), sum(transitions), sum(changes)"
      " FROM made GROUP BY extract, diff, present ORDER BY extract DESC, diff DESC, present DESC",
      [](Statement& row) {
        GenerationCounts found;
        row.read(found.generation.extract, found.generation.diff, found.present, found.targets, found.captures,
                 found.states, found.transitions, found.changes);
        return found;
      });
}

Result<std::size_t> Store::drop_generation(Generation generation) {
  Connection& db = impl_->db;
  // Each deleted text would have all tables searched for rows that refer to it; what is deleted is known to have none.
  if (auto off = db.script("PRAGMA foreign_keys = OFF"); !off) return tl::unexpected(std::move(off.error()));
  auto dropped = drop_former_histories(db, generation);
  if (auto on = db.script("PRAGMA foreign_keys = ON"); !on) return tl::unexpected(std::move(on.error()));
  return dropped;
}

}  // namespace waydiff::storage
