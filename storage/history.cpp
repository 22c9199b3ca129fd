#include <algorithm>

#include "storage/change_rows.hpp"
#include "storage/clause_lines.hpp"
#include "storage/history_rows.hpp"
#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

using core::Result;

// Ordinals become ids by lookup: one that names no state is NULL, which the table refuses.
Result<void> put_placement(Connection& db, Id target, const Placement& placement) {
  return db.run(
      "INSERT INTO capture_state (capture, state, text)"
      " VALUES (?2, (SELECT id FROM state WHERE target = ?1 AND ordinal = ?3), ?4)",
      target, placement.capture, placement.state, placement.text);
}

Result<void> put_transition(Connection& db, Id target, const TransitionRow& row, int diff_generation) {
  const core::ChangeSet& set = row.changes;
  const auto id = returned_id(
      db.value<Id>("INSERT INTO transition (target, sequence, kind, old_state, new_state, old_text, new_text,"
                   " old_capture, new_capture, not_before, not_after, quarantined_between, old_clauses, new_clauses,"
                   " unchanged, notes, diff_generation) VALUES (?1, ?2, ?3,"
                   " (SELECT id FROM state WHERE target = ?1 AND ordinal = ?4),"
                   " (SELECT id FROM state WHERE target = ?1 AND ordinal = ?5),"
                   " ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) RETURNING id",
                   target, row.sequence, name(row.kind), row.old_state, row.new_state, row.old_text, row.new_text,
                   row.old_capture, row.new_capture, row.not_before, row.not_after, row.quarantined_between,
                   set.before_clauses, set.after_clauses, set.unchanged, strings_column(set.notes), diff_generation),
      db);
  if (!id) return tl::unexpected(id.error());
  return put_changes(db, *id, set.changes);
}

TransitionRow read_transition(Statement& row) {
  TransitionRow found;
  std::string kind, notes;
  row.read(found.id, found.sequence, kind, found.old_state, found.new_state, found.old_text, found.new_text,
           found.old_capture, found.new_capture, found.not_before, found.not_after, found.quarantined_between,
           found.changes.before_clauses, found.changes.after_clauses, found.changes.unchanged, notes);
  read_name(row, "transition kind", kind, found.kind);
  read_strings(row, notes, found.changes.notes);
  return found;
}

Result<void> put_misfits(Connection& db, Id target, const std::vector<MisfitRow>& misfits) {
  if (auto done = db.run("DELETE FROM misfit WHERE target = ?", target); !done) return done;
  for (const MisfitRow& misfit : misfits) {
    auto done = db.run(
        "INSERT INTO misfit (target, extraction, verdict, verdict_score, verdict_detail) VALUES (?, ?, ?, ?, ?)",
        target, misfit.extraction, core::name(misfit.verdict.reason), misfit.verdict.score, misfit.verdict.detail);
    if (!done) return done;
  }
  return {};
}

/// Drops cleanings that no longer hold, and the texts that only they needed.
Result<void> drop_cleanings(Connection& db, Id target, std::vector<Id> holding) {
  std::sort(holding.begin(), holding.end());
  auto all = db.rows(
      "SELECT text, cleaned FROM cleaning WHERE target = ?",
      [](Statement& row) {
        std::pair<Id, Id> found;
        row.read(found.first, found.second);
        return found;
      },
      target);
  if (!all) return tl::unexpected(std::move(all.error()));
  for (const auto& [text, cleaned] : *all) {
    if (std::binary_search(holding.begin(), holding.end(), text)) continue;
    if (auto done = db.run("DELETE FROM cleaning WHERE target = ? AND text = ?", target, text); !done) return done;
    auto done = db.run(
        "DELETE FROM text WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM extraction WHERE text = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM cleaning WHERE cleaned = ?1 OR text = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM capture_state WHERE text = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM transition WHERE old_text = ?1 OR new_text = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM text_wording WHERE text = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM former_capture_state WHERE text = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM former_transition WHERE old_text = ?1 OR new_text = ?1)",
        cleaned);
    if (!done) return done;
  }
  return {};
}

}  // namespace

Result<void> delete_history(Connection& db, Id target) {
  for (const std::string_view sql : {
           "INSERT INTO change_words (change_words, rowid, old_text, new_text) SELECT 'delete', id, old_text, new_text"
           " FROM change WHERE transition IN (SELECT id FROM transition WHERE target = ?)",
           "DELETE FROM change WHERE transition IN (SELECT id FROM transition WHERE target = ?)",
           "DELETE FROM transition WHERE target = ?",
           "DELETE FROM capture_state WHERE state IN (SELECT id FROM state WHERE target = ?)",
           "DELETE FROM state WHERE target = ?",
       }) {
    if (auto done = db.run(sql, target); !done) return done;
  }
  return {};
}

Result<void> Store::put_history(Id target, const History& history, Generation generation) {
  Connection& db = impl_->db;
  auto scope = Transaction::begin(db);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  if (auto done = keep_former(db, target, generation); !done) return done;
  if (auto done = delete_clause_lines(db, target); !done) return done;
  if (auto done = delete_history(db, target); !done) return done;
  for (const StateRow& state : history.states) {
    auto done = db.run("INSERT INTO state (target, ordinal, state_key, clauses) VALUES (?, ?, ?, ?)", target,
                       state.ordinal, state.key, state.clauses);
    if (!done) return done;
  }
  for (const Placement& placement : history.placements) {
    if (auto done = put_placement(db, target, placement); !done) return done;
  }
  for (const TransitionRow& transition : history.transitions) {
    if (auto done = put_transition(db, target, transition, generation.diff); !done) return done;
  }
  auto found = db.run(
      "INSERT INTO change_words (rowid, old_text, new_text) SELECT id, old_text, new_text FROM change"
      " WHERE transition IN (SELECT id FROM transition WHERE target = ?)",
      target);
  if (!found) return found;
  if (auto done = put_clause_lines(db, target, history.lines); !done) return done;
  if (auto done = put_misfits(db, target, history.misfits); !done) return done;
  if (auto done = drop_cleanings(db, target, history.cleaned); !done) return done;
  auto done = db.run("UPDATE target SET history_key = ?2, extract_generation = ?3, diff_generation = ?4 WHERE id = ?1",
                     target, history.key, generation.extract, generation.diff);
  if (!done) return done;
  if (auto known = one_updated(db, "target", target); !known) return known;
  return scope->commit();
}

Result<History> read_history(Connection& db, const HistoryTables& tables, Id owner) {
  const std::string prefix(tables.prefix), of_owner(tables.owner);
  auto states = db.rows(
      "SELECT id, ordinal, state_key, clauses FROM " + prefix + "state WHERE " + of_owner + " = ? ORDER BY ordinal",
      [](Statement& row) {
        StateRow state;
        row.read(state.id, state.ordinal, state.key, state.clauses);
        return state;
      },
      owner);
  if (!states) return tl::unexpected(std::move(states.error()));
  auto placements = db.rows(
      "SELECT p.capture, s.ordinal, p.text FROM " + prefix + "capture_state p JOIN " + prefix +
          "state s ON s.id = p.state JOIN capture c ON c.id = p.capture WHERE s." + of_owner +
          " = ? ORDER BY c.captured_at, c.original, c.digest, c.archive, c.raw_timestamp",
      [](Statement& row) {
        Placement placement;
        row.read(placement.capture, placement.state, placement.text);
        return placement;
      },
      owner);
  if (!placements) return tl::unexpected(std::move(placements.error()));
  auto transitions = db.rows(
      "SELECT t.id, t.sequence, t.kind, o.ordinal, n.ordinal, t.old_text, t.new_text, t.old_capture, t.new_capture,"
      " t.not_before, t.not_after, t.quarantined_between, t.old_clauses, t.new_clauses, t.unchanged, t.notes"
      " FROM " +
          prefix + "transition t JOIN " + prefix + "state o ON o.id = t.old_state JOIN " + prefix +
          "state n ON n.id = t.new_state WHERE t." + of_owner + " = ? ORDER BY t.sequence",
      read_transition, owner);
  if (!transitions) return tl::unexpected(std::move(transitions.error()));
  for (TransitionRow& transition : *transitions) {
    auto changes = changes_of(db, transition.id, prefix + "change");
    if (!changes) return tl::unexpected(std::move(changes.error()));
    transition.changes.changes = std::move(*changes);
  }
  return History{{}, std::move(*states), std::move(*placements), std::move(*transitions)};
}

Result<History> Store::history(Id target) {
  Connection& db = impl_->db;
  // Several SELECTs that must see one state of the store, also while another process replaces it.
  auto scope = Transaction::begin(db, Transaction::Intent::read);
  if (!scope) return tl::unexpected(std::move(scope.error()));

  const auto key = db.value<std::string>("SELECT history_key FROM target WHERE id = ?", target);
  if (!key) return tl::unexpected(key.error());
  if (!*key) return no_such(db, "target", target);
  auto history = read_history(db, present_tables, target);
  if (history) history->key = **key;
  return history;
}

Result<std::map<std::pair<Id, Id>, core::ChangeSet>> Store::known_changes(Id target, int diff_generation) {
  Connection& db = impl_->db;
  auto transitions = db.rows(
      "SELECT t.id, t.sequence, t.kind, 0, 0, t.old_text, t.new_text, t.old_capture, t.new_capture,"
      " t.not_before, t.not_after, t.quarantined_between, t.old_clauses, t.new_clauses, t.unchanged, t.notes"
      " FROM transition t WHERE t.target = ? AND t.diff_generation = ?",
      read_transition, target, diff_generation);
  if (!transitions) return tl::unexpected(std::move(transitions.error()));
  std::map<std::pair<Id, Id>, core::ChangeSet> out;
  for (TransitionRow& transition : *transitions) {
    auto changes = changes_of(db, transition.id);
    if (!changes) return tl::unexpected(std::move(changes.error()));
    transition.changes.changes = std::move(*changes);
    out.emplace(std::pair(transition.old_text, transition.new_text), std::move(transition.changes));
  }
  return out;
}

}  // namespace waydiff::storage
