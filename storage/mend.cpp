#include "storage/clause_lines.hpp"
#include "storage/history_rows.hpp"
#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

using core::Result;

Result<void> run_all(Connection& db, std::initializer_list<std::string_view> statements) {
  for (const std::string_view sql : statements) {
    if (auto done = db.run(sql); !done) return done;
  }
  return {};
}

Result<std::size_t> count(Connection& db, std::string_view sql) {
  const auto found = db.value<std::size_t>(sql);
  if (!found) return tl::unexpected(found.error());
  return found->value_or(0);
}

/// The tables of what is to be forgotten, for this transaction.
Result<void> note(Connection& db, std::span<const Finding> findings) {
  auto made = run_all(db, {"CREATE TEMP TABLE IF NOT EXISTS lost_body (id INTEGER PRIMARY KEY)",
                           "CREATE TEMP TABLE IF NOT EXISTS lost_text (id INTEGER PRIMARY KEY)",
                           "CREATE TEMP TABLE IF NOT EXISTS lost_history (id INTEGER PRIMARY KEY)",
                           "DELETE FROM lost_body", "DELETE FROM lost_text", "DELETE FROM lost_history"});
  if (!made) return made;
  for (const Finding& finding : findings) {
    if (finding.id == 0) continue;
    Result<void> done;
    if (finding.mend == Mend::refetch) done = db.run("INSERT OR IGNORE INTO lost_body VALUES (?)", finding.id);
    if (finding.mend == Mend::reread) done = db.run("INSERT OR IGNORE INTO lost_text VALUES (?)", finding.id);
    if (!done) return done;
  }
  return run_all(
      db,
      {"WITH RECURSIVE lost (id) AS (SELECT id FROM lost_body UNION SELECT b.id FROM body b JOIN lost ON b.base = "
       "lost.id)"
       " INSERT OR IGNORE INTO lost_body SELECT id FROM lost",
       "INSERT OR IGNORE INTO lost_history SELECT target FROM capture WHERE body IN (SELECT id FROM lost_body)",
       "INSERT OR IGNORE INTO lost_history SELECT c.target FROM extraction e JOIN capture c ON c.body = e.body"
       " WHERE e.text IN (SELECT id FROM lost_text)",
       "INSERT OR IGNORE INTO lost_history SELECT target FROM cleaning WHERE text IN (SELECT id FROM lost_text)"
       " OR cleaned IN (SELECT id FROM lost_text)",
       "INSERT OR IGNORE INTO lost_history SELECT target FROM transition WHERE old_text IN (SELECT id FROM lost_text)"
       " OR new_text IN (SELECT id FROM lost_text)",
       "INSERT OR IGNORE INTO lost_history SELECT target FROM text_wording WHERE text IN (SELECT id FROM lost_text)",
       "INSERT OR IGNORE INTO lost_history SELECT s.target FROM capture_state p JOIN state s ON s.id = p.state"
       " WHERE p.text IN (SELECT id FROM lost_text)"});
}

Result<void> drop_histories(Connection& db) {
  const auto targets = db.rows("SELECT id FROM lost_history ORDER BY id", [](Statement& row) {
    Id id = 0;
    row.read(id);
    return id;
  });
  if (!targets) return tl::unexpected(targets.error());
  for (const Id target : *targets) {
    if (auto done = delete_clause_lines(db, target); !done) return done;
    if (auto done = delete_history(db, target); !done) return done;
    for (const std::string_view sql : {"DELETE FROM misfit WHERE target = ?", "DELETE FROM cleaning WHERE target = ?",
                                       "UPDATE target SET history_key = '' WHERE id = ?"}) {
      if (auto done = db.run(sql, target); !done) return done;
    }
  }
  return {};
}

/// What the lost bodies and texts leave, children before parents.
Result<void> forget(Connection& db) {
  return run_all(
      db,
      {"DELETE FROM misfit WHERE extraction IN (SELECT id FROM extraction WHERE body IN (SELECT id FROM lost_body)"
       " OR text IN (SELECT id FROM lost_text))",
       "DELETE FROM extraction WHERE body IN (SELECT id FROM lost_body) OR text IN (SELECT id FROM lost_text)",
       "DELETE FROM text WHERE id IN (SELECT id FROM lost_text)",
       "UPDATE capture SET outcome = 'pending', body = NULL, cause = '', retry_after = NULL, digest_check = '',"
       " cut_short = '' WHERE body IN (SELECT id FROM lost_body)",
       "UPDATE capture SET outcome = 'pending' WHERE body IS NULL AND outcome IN ('fetched', 'duplicate', 'revisit')",
       "UPDATE body SET base = NULL WHERE id IN (SELECT id FROM lost_body)",
       "DELETE FROM body WHERE id IN (SELECT id FROM lost_body)"});
}

/// Former histories cannot be made anew: those that show a lost text go whole.
Result<std::size_t> drop_former_histories(Connection& db) {
  const auto histories = db.rows(
      "SELECT s.history FROM former_capture_state p JOIN former_state s ON s.id = p.state"
      " WHERE p.text IN (SELECT id FROM lost_text) UNION SELECT history FROM former_transition"
      " WHERE old_text IN (SELECT id FROM lost_text) OR new_text IN (SELECT id FROM lost_text)",
      [](Statement& row) {
        Id id = 0;
        row.read(id);
        return id;
      });
  if (!histories) return tl::unexpected(histories.error());
  for (const Id history : *histories) {
    if (auto done = delete_former(db, history); !done) return tl::unexpected(std::move(done.error()));
  }
  return histories->size();
}

Result<void> rebuild(Connection& db) {
  return run_all(db,
                 {"REINDEX", "INSERT INTO wording_words (wording_words) VALUES ('rebuild')",
                  "INSERT INTO change_words (change_words) VALUES ('rebuild')",
                  "WITH RECURSIVE told (id, chain, bytes) AS (SELECT id, 0, 0 FROM body WHERE base IS NULL UNION ALL"
                  " SELECT b.id, told.chain + 1, told.bytes + p.size FROM body b JOIN told ON b.base = told.id"
                  " JOIN body p ON p.id = told.id)"
                  " UPDATE body SET chain = told.chain, chain_bytes = told.bytes FROM told WHERE told.id = body.id"});
}

}  // namespace

Result<Mended> Store::mend(std::span<const Finding> findings) {
  Connection& db = impl_->db;
  auto scope = Transaction::begin(db);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  // First, for whatever is deleted is found through indexes.
  if (auto done = rebuild(db); !done) return tl::unexpected(std::move(done.error()));
  if (auto done = note(db, findings); !done) return tl::unexpected(std::move(done.error()));
  Mended out;
  const std::pair<std::size_t*, std::string_view> counts[] = {
      {&out.bodies, "SELECT count(*) FROM lost_body"},
      {&out.texts, "SELECT count(*) FROM lost_text"},
      {&out.targets, "SELECT count(*) FROM lost_history"},
      {&out.captures,
       "SELECT count(*) FROM capture WHERE body IN (SELECT id FROM lost_body) OR (body IS NULL AND outcome IN "
       "('fetched',"
       " 'duplicate', 'revisit'))"},
  };
  for (const auto& [value, sql] : counts) {
    const auto found = count(db, sql);
    if (!found) return tl::unexpected(found.error());
    *value = *found;
  }
  if (auto done = drop_histories(db); !done) return tl::unexpected(std::move(done.error()));
  const auto former = drop_former_histories(db);
  if (!former) return tl::unexpected(former.error());
  out.former = *former;
  if (auto done = forget(db); !done) return tl::unexpected(std::move(done.error()));
  if (auto done = scope->commit(); !done) return tl::unexpected(std::move(done.error()));
  return out;
}

}  // namespace waydiff::storage
