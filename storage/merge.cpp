#include "storage/merge.hpp"

#include <string>

#include "storage/body_chain.hpp"
#include "storage/body_codec.hpp"
#include "storage/schema.hpp"
#include "storage/store.hpp"

namespace waydiff::storage {
namespace {

using core::Result;

// What stands in both stores under one name but is not the same: a line each.
constexpr std::string_view disagreements[] = {
    "SELECT 'target ' || p.url || ' (' || p.kind || '): ' || CASE WHEN p.site <> m.site THEN 'site ' || p.site ||"
    " ' here, ' || m.site || ' there' WHEN p.url <> m.url THEN 'address ' || m.url || ' there' ELSE 'language \"' ||"
    " p.language || '\" here, \"' || m.language || '\" there' END FROM part.target p JOIN main.target m"
    " ON m.urlkey = p.urlkey AND m.kind = p.kind WHERE (p.url, p.site, p.language) <> (m.url, m.site, m.language)"
    " ORDER BY p.urlkey, p.kind LIMIT 1",
    "SELECT 'archive ' || p.name || ': ' || p.profile || ' ' || p.index_url || ' ' || p.playback_url || ' here, ' ||"
    " m.profile || ' ' || m.index_url || ' ' || m.playback_url || ' there' FROM part.archive p JOIN main.archive m"
    " ON m.name = p.name WHERE (p.profile, p.index_url, p.playback_url) <> (m.profile, m.index_url, m.playback_url)"
    " ORDER BY p.name LIMIT 1",
    "SELECT 'capture ' || p.raw_timestamp || ' of ' || p.original || ' in ' || a.name || ': ' || p.outcome ||"
    " coalesce(' ' || pb.sha256, '') || ' here, ' || m.outcome || coalesce(' ' || mb.sha256, '') || ' there'"
    " FROM part.capture p JOIN part.target t ON t.id = p.target JOIN part.archive a ON a.id = p.archive"
    " JOIN main.target mt ON mt.urlkey = t.urlkey AND mt.kind = t.kind JOIN main.archive ma ON ma.name = a.name"
    " JOIN main.capture m ON m.target = mt.id AND m.archive = ma.id AND m.raw_timestamp = p.raw_timestamp"
    " AND m.original = p.original AND m.digest = p.digest"
    " LEFT JOIN part.body pb ON pb.id = p.body LEFT JOIN main.body mb ON mb.id = m.body"
    " WHERE p.outcome <> m.outcome OR pb.sha256 IS NOT mb.sha256 OR p.http_status IS NOT m.http_status"
    " OR (p.content_type, p.location, p.cut_short, p.file, p.file_offset) <>"
    " (m.content_type, m.location, m.cut_short, m.file, m.file_offset)"
    " ORDER BY t.urlkey, p.captured_at, p.original, p.digest LIMIT 1",
    "SELECT 'verdict on ' || p.page_url || ' (' || p.body_sha256 || '): ' || p.verdict || ' here, ' || m.verdict ||"
    " ' there' FROM part.overruling p JOIN main.overruling m ON m.body_sha256 = p.body_sha256"
    " AND m.page_url = p.page_url WHERE p.taken_back_at IS NULL AND m.taken_back_at IS NULL"
    " AND (p.verdict, p.reason, p.who, p.decided_at) <> (m.verdict, m.reason, m.who, m.decided_at)"
    " ORDER BY p.page_url LIMIT 1",
};

constexpr std::string_view before_bodies[] = {
    "INSERT INTO main.target (url, urlkey, site, kind, language) SELECT url, urlkey, site, kind, language"
    " FROM part.target WHERE true ORDER BY id ON CONFLICT DO NOTHING",
    "INSERT INTO main.archive (name, profile, index_url, playback_url, not_before) SELECT name, profile, index_url,"
    " playback_url, not_before FROM part.archive WHERE true ORDER BY id ON CONFLICT (name) DO UPDATE SET"
    " not_before = max(coalesce(not_before, excluded.not_before), coalesce(excluded.not_before, not_before))",
    // Whose is whose: for what follows.
    "INSERT INTO temp.same_target SELECT p.id, m.id FROM part.target p JOIN main.target m ON m.urlkey = p.urlkey"
    " AND m.kind = p.kind",
    "INSERT INTO temp.same_archive SELECT p.id, m.id FROM part.archive p JOIN main.archive m ON m.name = p.name",
    "INSERT INTO main.alias (target, url, urlkey, reason, evidence, since, found_at) SELECT t.own, p.url, p.urlkey,"
    " p.reason, p.evidence, p.since, p.found_at FROM part.alias p JOIN temp.same_target t ON t.id = p.target"
    " WHERE true ORDER BY p.id ON CONFLICT DO NOTHING",
    "INSERT INTO main.discovery (site, kind, url, urlkey, score, pages, first_seen, last_seen, evidence, chosen,"
    " found_at) SELECT site, kind, url, urlkey, score, pages, first_seen, last_seen, evidence, chosen, found_at"
    " FROM part.discovery WHERE true ORDER BY id ON CONFLICT DO NOTHING",
    "INSERT INTO temp.new_listing SELECT p.id, row_number() OVER (ORDER BY p.id) +"
    " (SELECT coalesce(max(id), 0) FROM main.listing) FROM part.listing p JOIN temp.same_target t ON t.id = p.target"
    " JOIN temp.same_archive a ON a.id = p.archive WHERE NOT EXISTS (SELECT 1 FROM main.listing m"
    " WHERE m.target = t.own AND m.archive = a.own AND (m.query, m.listed_at, m.url, m.since, m.rows, m.complete) ="
    " (p.query, p.listed_at, p.url, p.since, p.rows, p.complete))",
    "INSERT INTO main.listing (id, target, archive, query, listed_at, complete, problem, pages, rows, url, since)"
    " SELECT n.own, t.own, a.own, p.query, p.listed_at, p.complete, p.problem, p.pages, p.rows, p.url, p.since"
    " FROM temp.new_listing n JOIN part.listing p ON p.id = n.id JOIN temp.same_target t ON t.id = p.target"
    " JOIN temp.same_archive a ON a.id = p.archive ORDER BY n.own",
    "INSERT INTO main.listing_dropped (listing, reason, rows) SELECT n.own, p.reason, p.rows"
    " FROM temp.new_listing n JOIN part.listing_dropped p ON p.listing = n.id",
};

constexpr std::string_view after_bodies[] = {
    "INSERT INTO temp.same_body SELECT p.id, m.id FROM part.body p JOIN main.body m ON m.sha256 = p.sha256",
    "INSERT INTO main.capture (target, archive, urlkey, raw_timestamp, captured_at, original, mime, status, digest,"
    " length, file, file_offset, outcome, cause, attempts, retry_after, body, http_status, content_type, location,"
    " digest_check, offered, cut_short) SELECT t.own, a.own, p.urlkey, p.raw_timestamp, p.captured_at, p.original,"
    " p.mime, p.status, p.digest, p.length, p.file, p.file_offset, p.outcome, p.cause, p.attempts, p.retry_after, "
    "b.own,"
    " p.http_status, p.content_type, p.location, p.digest_check, p.offered, p.cut_short FROM part.capture p"
    " JOIN temp.same_target t ON t.id = p.target JOIN temp.same_archive a ON a.id = p.archive"
    " LEFT JOIN temp.same_body b ON b.id = p.body WHERE true ORDER BY p.id ON CONFLICT DO NOTHING",
    "INSERT INTO main.text (sha256, state_key, clauses, title, language, size, document) SELECT sha256, state_key,"
    " clauses, title, language, size, document FROM part.text WHERE id IN (SELECT text FROM part.extraction"
    " UNION SELECT text FROM part.former_capture_state UNION SELECT old_text FROM part.former_transition"
    " UNION SELECT new_text FROM part.former_transition)"
    " ORDER BY id ON CONFLICT DO NOTHING",
    "INSERT INTO main.extraction (body, page_url, content_type, generation, text, verdict, verdict_score,"
    " verdict_detail) SELECT b.own, p.page_url, p.content_type, p.generation, m.id, p.verdict, p.verdict_score,"
    " p.verdict_detail FROM part.extraction p JOIN temp.same_body b ON b.id = p.body LEFT JOIN part.text t"
    " ON t.id = p.text LEFT JOIN main.text m ON m.sha256 = t.sha256 WHERE true ORDER BY p.id ON CONFLICT DO NOTHING",
    "INSERT INTO main.overruling (body_sha256, page_url, verdict, reason, who, decided_at, taken_back_at)"
    " SELECT body_sha256, page_url, verdict, reason, who, decided_at, taken_back_at FROM part.overruling p"
    " WHERE NOT EXISTS (SELECT 1 FROM main.overruling m WHERE (m.body_sha256, m.page_url, m.verdict, m.reason, m.who,"
    " m.decided_at) = (p.body_sha256, p.page_url, p.verdict, p.reason, p.who, p.decided_at)) ORDER BY id",
    "INSERT INTO main.run (started_at, finished_at, command, exit_status, receipt) SELECT started_at, finished_at,"
    " command, exit_status, receipt FROM part.run ORDER BY id",
    // What earlier generations made is kept, not derived.
    "INSERT INTO temp.same_capture SELECT p.id, m.id FROM part.capture p JOIN temp.same_target t ON t.id = p.target"
    " JOIN temp.same_archive a ON a.id = p.archive JOIN main.capture m ON m.target = t.own AND m.archive = a.own"
    " AND m.raw_timestamp = p.raw_timestamp AND m.original = p.original AND m.digest = p.digest"
    " WHERE p.target IN (SELECT target FROM part.former_history)",
    "INSERT INTO main.former_history (target, extract_generation, diff_generation) SELECT t.own, p.extract_generation,"
    " p.diff_generation FROM part.former_history p JOIN temp.same_target t ON t.id = p.target"
    " WHERE true ORDER BY p.id ON CONFLICT DO NOTHING",
    "INSERT INTO temp.new_former SELECT p.id, m.id FROM part.former_history p JOIN temp.same_target t ON t.id = "
    "p.target"
    " JOIN main.former_history m ON m.target = t.own AND m.extract_generation = p.extract_generation"
    " AND m.diff_generation = p.diff_generation WHERE NOT EXISTS (SELECT 1 FROM main.former_state"
    " WHERE history = m.id)",
    "INSERT INTO main.former_state (history, ordinal, state_key, clauses) SELECT n.own, p.ordinal, p.state_key,"
    " p.clauses FROM temp.new_former n JOIN part.former_state p ON p.history = n.id ORDER BY p.id",
    "INSERT INTO temp.same_state SELECT p.id, m.id FROM temp.new_former n JOIN part.former_state p ON p.history = n.id"
    " JOIN main.former_state m ON m.history = n.own AND m.ordinal = p.ordinal",
    "INSERT INTO main.former_capture_state (state, capture, text) SELECT s.own, c.own, m.id FROM temp.same_state s"
    " JOIN part.former_capture_state p ON p.state = s.id JOIN temp.same_capture c ON c.id = p.capture"
    " JOIN part.text t ON t.id = p.text JOIN main.text m ON m.sha256 = t.sha256",
    "INSERT INTO main.former_transition (history, sequence, kind, old_state, new_state, old_text, new_text, "
    "old_capture,"
    " new_capture, not_before, not_after, quarantined_between, old_clauses, new_clauses, unchanged, notes)"
    " SELECT n.own, p.sequence, p.kind, so.own, sn.own, mo.id, mn.id, co.own, cn.own, p.not_before, p.not_after,"
    " p.quarantined_between, p.old_clauses, p.new_clauses, p.unchanged, p.notes FROM temp.new_former n"
    " JOIN part.former_transition p ON p.history = n.id JOIN temp.same_state so ON so.id = p.old_state"
    " JOIN temp.same_state sn ON sn.id = p.new_state JOIN part.text o ON o.id = p.old_text"
    " JOIN main.text mo ON mo.sha256 = o.sha256 JOIN part.text w ON w.id = p.new_text"
    " JOIN main.text mn ON mn.sha256 = w.sha256 JOIN temp.same_capture co ON co.id = p.old_capture"
    " JOIN temp.same_capture cn ON cn.id = p.new_capture ORDER BY p.id",
    "INSERT INTO main.former_change (transition, position, kind, significance, reason, moved, similarity, flags,"
    " old_index, old_count, old_path, old_text, new_index, new_count, new_path, new_text, ops) SELECT m.id, p.position,"
    " p.kind, p.significance, p.reason, p.moved, p.similarity, p.flags, p.old_index, p.old_count, p.old_path, "
    "p.old_text,"
    " p.new_index, p.new_count, p.new_path, p.new_text, p.ops FROM temp.new_former n JOIN part.former_transition t"
    " ON t.history = n.id JOIN main.former_transition m ON m.history = n.own AND m.sequence = t.sequence"
    " JOIN part.former_change p ON p.transition = t.id ORDER BY p.id",
    "UPDATE main.target SET history_key = ''",
};

constexpr const char* notes =
    "CREATE TEMP TABLE same_target (id INTEGER PRIMARY KEY, own INTEGER);"
    "CREATE TEMP TABLE same_archive (id INTEGER PRIMARY KEY, own INTEGER);"
    "CREATE TEMP TABLE same_body (id INTEGER PRIMARY KEY, own INTEGER);"
    "CREATE TEMP TABLE new_listing (id INTEGER PRIMARY KEY, own INTEGER);"
    "CREATE TEMP TABLE same_capture (id INTEGER PRIMARY KEY, own INTEGER);"
    "CREATE TEMP TABLE new_former (id INTEGER PRIMARY KEY, own INTEGER);"
    "CREATE TEMP TABLE same_state (id INTEGER PRIMARY KEY, own INTEGER);";

Result<void> check_agreement(Connection& db, const std::filesystem::path& from) {
  for (const std::string_view sql : disagreements) {
    const auto found = db.rows(sql, [](Statement& row) {
      std::string line;
      row.read(line);
      return line;
    });
    if (!found) return tl::unexpected(found.error());
    if (found->empty()) continue;
    return core::fail(core::Errc::bad_argument,
                      from.string() + " disagrees with the stores before it: " + found->front());
  }
  return {};
}

/// Copies a body that is not there yet, as it is where its chain stays short, else whole.
Result<void> add_body(Connection& db, Store& part, Id id) {
  auto base = db.rows(
      "SELECT coalesce(m.chain, -1), coalesce(m.chain_bytes, 0), coalesce(m.size, 0), p.base IS NULL FROM part.body p"
      " LEFT JOIN part.body b ON b.id = p.base LEFT JOIN main.body m ON m.sha256 = b.sha256 WHERE p.id = ?",
      [](Statement& row) {
        std::int64_t chain = 0;
        BaseOffer offer;
        bool alone = false;
        row.read(chain, offer.chain_bytes, offer.size, alone);
        offer.chain = static_cast<std::size_t>(chain < 0 ? 0 : chain);
        return alone || (chain >= 0 && has_room(offer));
      },
      id);
  if (!base) return tl::unexpected(std::move(base.error()));
  if (!base->empty() && base->front()) {
    return db.run(
        "INSERT INTO main.body (sha256, size, zstd, base, chain, chain_bytes) SELECT p.sha256, p.size, p.zstd, m.id,"
        " coalesce(m.chain + 1, 0), coalesce(m.chain_bytes + m.size, 0) FROM part.body p"
        " LEFT JOIN part.body b ON b.id = p.base LEFT JOIN main.body m ON m.sha256 = b.sha256 WHERE p.id = ?",
        id);
  }
  const auto bytes = part.body(id);
  if (!bytes) return tl::unexpected(bytes.error());
  const auto frame = compress(*bytes);
  if (!frame) return tl::unexpected(frame.error());
  return db.run("INSERT INTO main.body (sha256, size, zstd) SELECT sha256, size, ?2 FROM part.body WHERE id = ?1", id,
                Blob{*frame});
}

Result<void> add_bodies(Connection& db, Store& part) {
  const auto ids = db.rows(
      "SELECT p.id FROM part.body p WHERE NOT EXISTS (SELECT 1 FROM main.body m WHERE m.sha256 = p.sha256)"
      " ORDER BY p.chain, p.id",
      [](Statement& row) {
        Id id = 0;
        row.read(id);
        return id;
      });
  if (!ids) return tl::unexpected(ids.error());
  for (const Id id : *ids) {
    if (auto done = add_body(db, part, id); !done) return done;
  }
  return {};
}

}  // namespace

Result<void> merge_into(const std::filesystem::path& into, const std::filesystem::path& from) {
  auto part = Store::open(from, Mode::read);  // which also brings an older store up to date
  if (!part) return tl::unexpected(std::move(part.error()));
  auto db = open_for_writing(into, migrations());
  if (!db) return tl::unexpected(std::move(db.error()));
  if (auto done = db->run("ATTACH ? AS part", std::filesystem::absolute(from).string()); !done) return done;
  if (auto done = db->script(notes); !done) return done;
  auto scope = Transaction::begin(*db);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  if (auto done = check_agreement(*db, from); !done) return done;
  for (const std::string_view sql : before_bodies) {
    if (auto done = db->run(sql); !done) return done;
  }
  if (auto done = add_bodies(*db, *part); !done) return done;
  for (const std::string_view sql : after_bodies) {
    if (auto done = db->run(sql); !done) return done;
  }
  return scope->commit();
}

}  // namespace waydiff::storage
