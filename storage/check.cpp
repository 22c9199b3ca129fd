#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

using Problems = std::vector<Finding>;
using Look = std::function<void(std::size_t, std::size_t)>;

struct Contradiction {
  std::string_view sql;
  Mend mend;
};

// Each SELECT yields one line for every row that contradicts what the tables promise.
constexpr Contradiction contradictions[] = {
    // The ledger.
    {"SELECT 'target ' || target || ': its outcomes add up to ' || sum(known) || ' of ' || count(*) || ' captures "
     "listed'"
     " FROM (SELECT target, outcome IN ('pending', 'unselected', 'fetched', 'duplicate', 'revisit', 'unplayable',"
     " 'excluded', 'failed') AS known FROM capture) GROUP BY target HAVING sum(known) <> count(*)",
     Mend::restore},
    {"SELECT 'capture ' || id || ': ' || outcome || ', but without a body' FROM capture"
     " WHERE outcome IN ('fetched', 'duplicate', 'revisit') AND body IS NULL ORDER BY id",
     Mend::refetch},
    {"SELECT 'listing ' || l.id || ': ' || l.rows || ' rows, ' || l.dropped || ' dropped, but only ' || l.stored ||"
     " ' captures stored' FROM (SELECT id, rows,"
     " (SELECT coalesce(sum(d.rows), 0) FROM listing_dropped d WHERE d.listing = listing.id) AS dropped,"
     " (SELECT count(*) FROM capture c WHERE c.target = listing.target AND c.archive = listing.archive) AS stored"
     " FROM listing) l WHERE l.rows - l.dropped > l.stored ORDER BY l.id",
     Mend::relist},
    {"SELECT 'body ' || b.id || ': said to stand on ' || b.chain || ' bodies of ' || b.chain_bytes || ' bytes' FROM "
     "body b"
     " LEFT JOIN body p ON p.id = b.base WHERE b.chain <> coalesce(p.chain + 1, 0)"
     " OR b.chain_bytes <> coalesce(p.chain_bytes + p.size, 0) ORDER BY b.id",
     Mend::rebuild},
    // Verdicts of people.
    {"SELECT 'overruling ' || o.id || ': its page (' || o.body_sha256 || ') is not in the store' FROM overruling o"
     " WHERE NOT EXISTS (SELECT 1 FROM body b WHERE b.sha256 = o.body_sha256) ORDER BY o.id",
     Mend::refetch},
    // The history.
    {"SELECT 'state ' || s.id || ': no capture shows it' FROM state s"
     " WHERE NOT EXISTS (SELECT 1 FROM capture_state p WHERE p.state = s.id) ORDER BY s.id",
     Mend::process},
    {"SELECT 'capture ' || c.id || ': placed in state ' || s.id || ' of another target' FROM capture_state p"
     " JOIN capture c ON c.id = p.capture JOIN state s ON s.id = p.state WHERE s.target <> c.target ORDER BY c.id",
     Mend::process},
    {"SELECT 'transition ' || t.id || ': not before ' || t.not_before || ', yet not after ' || t.not_after"
     " FROM transition t WHERE t.not_before > t.not_after ORDER BY t.id",
     Mend::process},
    {"SELECT 'transition ' || t.id || ': its states belong to another target' FROM transition t"
     " JOIN state o ON o.id = t.old_state JOIN state n ON n.id = t.new_state"
     " WHERE o.target <> t.target OR n.target <> t.target ORDER BY t.id",
     Mend::process},
    {"SELECT 'transition ' || t.id || ': its captures do not show its states' FROM transition t"
     " WHERE NOT EXISTS (SELECT 1 FROM capture_state p WHERE p.capture = t.old_capture AND p.state = t.old_state)"
     " OR NOT EXISTS (SELECT 1 FROM capture_state p WHERE p.capture = t.new_capture AND p.state = t.new_state)"
     " ORDER BY t.id",
     Mend::process},
    {"SELECT 'transition ' || t.id || ': its dates are not those of its captures' FROM transition t"
     " JOIN capture o ON o.id = t.old_capture JOIN capture n ON n.id = t.new_capture"
     " WHERE o.captured_at <> t.not_before OR n.captured_at <> t.not_after ORDER BY t.id",
     Mend::process},
    // The lives of clauses.
    {"SELECT 'target ' || s.target || ': text ' || p.text || ' has ' || s.clauses || ' clauses, but ' ||"
     " coalesce(json_array_length(w.wordings), 0) || ' wordings' FROM capture_state p JOIN state s ON s.id = p.state"
     " LEFT JOIN text_wording w ON w.target = s.target AND w.text = p.text"
     " WHERE coalesce(json_array_length(w.wordings), 0) <> s.clauses"
     " AND EXISTS (SELECT 1 FROM line l WHERE l.target = s.target) GROUP BY s.target, p.text",
     Mend::process},
    {"SELECT 'target ' || t.target || ': text ' || t.text || ' shows a line twice, or another target''s' FROM "
     "text_wording t"
     " JOIN json_each(t.wordings) one LEFT JOIN wording w ON w.id = one.value LEFT JOIN line l ON l.id = w.line"
     " GROUP BY t.target, t.text HAVING count(DISTINCT l.id) <> count(*) OR min(l.target = t.target) = 0",
     Mend::process},
    {"SELECT 'target ' || target || ': ' || count(*) || ' transitions, numbered up to ' || max(sequence)"
     " FROM transition GROUP BY target HAVING count(*) <> max(sequence)",
     Mend::process},
};

// Adds what `sql` finds. Damage met on the way is a finding too, and the other checks go on.
core::Result<void> collect(Connection& db, std::string_view sql, Mend mend, Problems& problems) {
  auto lines = db.rows(sql, [mend](Statement& row) {
    Finding finding;
    row.read(finding.what);
    finding.mend = mend;
    return finding;
  });
  if (lines) {
    problems.insert(problems.end(), lines->begin(), lines->end());
    return {};
  }
  if (lines.error().code != core::Errc::store_corrupt) return tl::unexpected(std::move(lines.error()));
  problems.push_back({std::move(lines.error().detail), Mend::restore});
  return {};
}

core::Result<std::vector<Id>> ids(Connection& db, std::string_view sql, Problems& problems) {
  auto found = db.rows(sql, [](Statement& row) {
    Id id = 0;
    row.read(id);
    return id;
  });
  if (found || found.error().code != core::Errc::store_corrupt) return found;
  problems.push_back({std::move(found.error().detail), Mend::restore});
  return std::vector<Id>{};
}

// A body after the one it stands on, which then is remembered; at the end those that stand on no first one.
constexpr std::string_view bodies_by_chain =
    "WITH RECURSIVE tree (id, depth) AS (SELECT id, 0 FROM body WHERE base IS NULL UNION ALL"
    " SELECT b.id, tree.depth + 1 FROM body b JOIN tree ON b.base = tree.id ORDER BY 2 DESC)"
    " SELECT id FROM tree UNION ALL SELECT id FROM body WHERE base IS NOT NULL AND id NOT IN (SELECT id FROM tree)";

// Reads back rows one at a time: bodies of twenty years do not fit into memory.
template <class Load>
core::Result<void> reread(const std::vector<Id>& rows, Load load, Mend mend, Problems& problems, const Look& look) {
  std::size_t done = 0;
  for (const Id id : rows) {
    const auto row = load(id);
    if (!row && row.error().code != core::Errc::store_corrupt && row.error().code != core::Errc::not_found) {
      return tl::unexpected(row.error());
    }
    if (!row) problems.push_back({row.error().detail, mend, id});
    if (look) look(++done, rows.size());
  }
  return {};
}

// FTS5 checks itself in the course of a write, which takes a connection of its own: readers may not.
core::Result<void> check_search(const Connection& reader, bool writing, Problems& problems) {
  // A process that writes must not have to wait for this one.
  const auto lock = WriterLock::acquire(reader.file());
  if (!lock && !writing) return {};
  auto db = Connection::open(reader.file(), Access::read_write);
  const auto leave = [](const core::Error& error) {
    return error.code == core::Errc::store_busy || error.code == core::Errc::io || error.code == core::Errc::store_full;
  };
  if (!db && leave(db.error())) return {};
  if (!db) return tl::unexpected(std::move(db.error()));
  auto scope = Transaction::begin(*db);
  if (!scope && leave(scope.error())) return {};
  if (!scope) return tl::unexpected(std::move(scope.error()));
  for (const std::string index : {"wording_words", "change_words"}) {
    const auto sound = db->run("INSERT INTO " + index + " (" + index + ", rank) VALUES ('integrity-check', 1)");
    if (sound || leave(sound.error())) continue;
    if (sound.error().code != core::Errc::store_corrupt) return sound;
    problems.push_back({"search index " + index + ": it is not of the words that are there", Mend::rebuild});
  }
  return {};
}

}  // namespace

core::Result<std::vector<Finding>> Store::check(const Look& look) {
  Connection& db = impl_->db;
  // One view of the store, whatever a writer does meanwhile.
  auto scope = Transaction::begin(db, Transaction::Intent::read);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  Problems problems;

  constexpr Contradiction sqlite[] = {
      {"SELECT 'SQLite: ' || integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'"
       " AND integrity_check NOT LIKE '%missing from index%' AND integrity_check NOT LIKE 'wrong # of entries in "
       "index%'",
       Mend::restore},
      {"SELECT 'SQLite: ' || integrity_check FROM pragma_integrity_check WHERE integrity_check LIKE"
       " '%missing from index%' OR integrity_check LIKE 'wrong # of entries in index%'",
       Mend::rebuild},
      {"SELECT \"table\" || ' ' || coalesce(rowid, '?') || ': its ' || parent || ' is missing'"
       " FROM pragma_foreign_key_check WHERE \"table\" NOT IN ('body', 'capture', 'listing', 'alias', "
       "'listing_dropped')",
       Mend::process},
      {"SELECT \"table\" || ' ' || coalesce(rowid, '?') || ': its ' || parent || ' is missing'"
       " FROM pragma_foreign_key_check WHERE \"table\" IN ('capture', 'listing', 'alias', 'listing_dropped')",
       Mend::restore},
  };
  for (const auto& [sql, mend] : sqlite) {
    if (auto done = collect(db, sql, mend, problems); !done) return tl::unexpected(std::move(done.error()));
  }
  for (const auto& [sql, mend] : contradictions) {
    if (auto done = collect(db, sql, mend, problems); !done) return tl::unexpected(std::move(done.error()));
  }
  const auto bodies = ids(db, bodies_by_chain, problems);
  if (!bodies) return tl::unexpected(bodies.error());
  const auto texts = ids(db, "SELECT id FROM text ORDER BY id", problems);
  if (!texts) return tl::unexpected(texts.error());
  const auto targets = ids(db, "SELECT id FROM target ORDER BY id", problems);
  if (!targets) return tl::unexpected(targets.error());
  const std::size_t total = bodies->size() + texts->size();
  const auto from = [&](std::size_t start) {
    return look ? Look([&look, start, total](std::size_t done, std::size_t) { look(start + done, total); }) : Look();
  };
  auto read = reread(
      *bodies, [this](Id id) { return body(id); }, Mend::refetch, problems, from(0));
  if (!read) return tl::unexpected(std::move(read.error()));
  read = reread(
      *texts, [this](Id id) { return text(id); }, Mend::reread, problems, from(bodies->size()));
  if (!read) return tl::unexpected(std::move(read.error()));
  read = reread(*targets, [this](Id id) { return history(id); }, Mend::process, problems, {});
  if (!read) return tl::unexpected(std::move(read.error()));
  if (auto done = check_search(db, impl_->mode == Mode::write, problems); !done)
    return tl::unexpected(std::move(done.error()));
  return problems;
}

}  // namespace waydiff::storage
