#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

using Problems = std::vector<std::string>;

// Each SELECT yields one line for every row that contradicts what the tables promise.
constexpr std::string_view contradictions[] = {
    // The ledger.
    "SELECT 'target ' || target || ': its outcomes add up to ' || sum(known) || ' of ' || count(*) || ' captures "
    "listed'"
    " FROM (SELECT target, outcome IN ('pending', 'unselected', 'fetched', 'duplicate', 'revisit', 'unplayable',"
    " 'excluded', 'failed') AS known FROM capture) GROUP BY target HAVING sum(known) <> count(*)",
    "SELECT 'capture ' || id || ': ' || outcome || ', but without a body' FROM capture"
    " WHERE outcome IN ('fetched', 'duplicate', 'revisit') AND body IS NULL ORDER BY id",
    "SELECT 'listing ' || l.id || ': ' || l.rows || ' rows, ' || l.dropped || ' dropped, but only ' || l.stored ||"
    " ' captures stored' FROM (SELECT id, rows,"
    " (SELECT coalesce(sum(d.rows), 0) FROM listing_dropped d WHERE d.listing = listing.id) AS dropped,"
    " (SELECT count(*) FROM capture c WHERE c.target = listing.target AND c.archive = listing.archive) AS stored"
    " FROM listing) l WHERE l.rows - l.dropped > l.stored ORDER BY l.id",
    // Verdicts of people.
    "SELECT 'overruling ' || o.id || ': its page (' || o.body_sha256 || ') is not in the store' FROM overruling o"
    " WHERE NOT EXISTS (SELECT 1 FROM body b WHERE b.sha256 = o.body_sha256) ORDER BY o.id",
    // The history.
    "SELECT 'state ' || s.id || ': no capture shows it' FROM state s"
    " WHERE NOT EXISTS (SELECT 1 FROM capture_state p WHERE p.state = s.id) ORDER BY s.id",
    "SELECT 'capture ' || c.id || ': placed in state ' || s.id || ' of another target' FROM capture_state p"
    " JOIN capture c ON c.id = p.capture JOIN state s ON s.id = p.state WHERE s.target <> c.target ORDER BY c.id",
    "SELECT 'transition ' || t.id || ': not before ' || t.not_before || ', yet not after ' || t.not_after"
    " FROM transition t WHERE t.not_before > t.not_after ORDER BY t.id",
    "SELECT 'transition ' || t.id || ': its states belong to another target' FROM transition t"
    " JOIN state o ON o.id = t.old_state JOIN state n ON n.id = t.new_state"
    " WHERE o.target <> t.target OR n.target <> t.target ORDER BY t.id",
    "SELECT 'transition ' || t.id || ': its captures do not show its states' FROM transition t"
    " WHERE NOT EXISTS (SELECT 1 FROM capture_state p WHERE p.capture = t.old_capture AND p.state = t.old_state)"
    " OR NOT EXISTS (SELECT 1 FROM capture_state p WHERE p.capture = t.new_capture AND p.state = t.new_state)"
    " ORDER BY t.id",
    "SELECT 'transition ' || t.id || ': its dates are not those of its captures' FROM transition t"
    " JOIN capture o ON o.id = t.old_capture JOIN capture n ON n.id = t.new_capture"
    " WHERE o.captured_at <> t.not_before OR n.captured_at <> t.not_after ORDER BY t.id",
    // The lives of clauses.
    "SELECT 'target ' || s.target || ': text ' || p.text || ' has ' || s.clauses || ' clauses, but ' ||"
    " coalesce(json_array_length(w.wordings), 0) || ' wordings' FROM capture_state p JOIN state s ON s.id = p.state"
    " LEFT JOIN text_wording w ON w.target = s.target AND w.text = p.text"
    " WHERE coalesce(json_array_length(w.wordings), 0) <> s.clauses"
    " AND EXISTS (SELECT 1 FROM line l WHERE l.target = s.target) GROUP BY s.target, p.text",
    "SELECT 'target ' || t.target || ': text ' || t.text || ' shows a line twice, or another target''s' FROM "
    "text_wording t"
    " JOIN json_each(t.wordings) one LEFT JOIN wording w ON w.id = one.value LEFT JOIN line l ON l.id = w.line"
    " GROUP BY t.target, t.text HAVING count(DISTINCT l.id) <> count(*) OR min(l.target = t.target) = 0",
    "SELECT 'target ' || target || ': ' || count(*) || ' transitions, numbered up to ' || max(sequence)"
    " FROM transition GROUP BY target HAVING count(*) <> max(sequence)",
};

// Adds what `sql` finds. Damage met on the way is a finding too, and the other checks go on.
core::Result<void> collect(Connection& db, std::string_view sql, Problems& problems) {
  auto lines = db.rows(sql, [](Statement& row) {
    std::string line;
    row.read(line);
    return line;
  });
  if (lines) {
    problems.insert(problems.end(), lines->begin(), lines->end());
    return {};
  }
  if (lines.error().code != core::Errc::store_corrupt) return tl::unexpected(std::move(lines.error()));
  problems.push_back(std::move(lines.error().detail));
  return {};
}

// Reads back every row of `table`, one at a time: bodies of twenty years do not fit into memory.
template <class Load>
core::Result<void> reread(Connection& db, std::string_view table, Load load, Problems& problems) {
  const auto ids = db.rows("SELECT id FROM " + std::string(table) + " ORDER BY id", [](Statement& row) {
    Id id = 0;
    row.read(id);
    return id;
  });
  if (!ids && ids.error().code != core::Errc::store_corrupt) return tl::unexpected(ids.error());
  if (!ids) {
    problems.push_back(ids.error().detail);
    return {};
  }
  for (const Id id : *ids) {
    const auto row = load(id);
    if (row) continue;
    if (row.error().code != core::Errc::store_corrupt) return tl::unexpected(row.error());
    problems.push_back(row.error().detail);
  }
  return {};
}

}  // namespace

core::Result<std::vector<std::string>> Store::check() {
  Connection& db = impl_->db;
  // One view of the store, whatever a writer does meanwhile.
  auto scope = Transaction::begin(db, Transaction::Intent::read);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  Problems problems;

  constexpr std::string_view integrity =
      "SELECT 'SQLite: ' || integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'";
  constexpr std::string_view orphans =
      "SELECT \"table\" || ' ' || coalesce(rowid, '?') || ': its ' || parent || ' is missing'"
      " FROM pragma_foreign_key_check";
  for (const std::string_view sql : {integrity, orphans}) {
    if (auto done = collect(db, sql, problems); !done) return tl::unexpected(std::move(done.error()));
  }
  for (const std::string_view sql : contradictions) {
    if (auto done = collect(db, sql, problems); !done) return tl::unexpected(std::move(done.error()));
  }
  auto bodies = reread(
      db, "body", [this](Id id) { return body(id); }, problems);
  if (!bodies) return tl::unexpected(std::move(bodies.error()));
  auto texts = reread(
      db, "text", [this](Id id) { return text(id); }, problems);
  if (!texts) return tl::unexpected(std::move(texts.error()));
  auto histories = reread(
      db, "target", [this](Id id) { return history(id); }, problems);
  if (!histories) return tl::unexpected(std::move(histories.error()));
  return problems;
}

}  // namespace waydiff::storage
