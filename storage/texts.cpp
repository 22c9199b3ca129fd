#include <boost/json.hpp>

#include "core/digest.hpp"
#include "storage/body_codec.hpp"
#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

void read_head(Statement& row, TextRow& text) {
  row.read(text.id, text.sha256, text.state_key, text.clauses, text.title, text.language);
}

// A verdict that the target gives takes the place of the extractor's, and a person's that of both.
Extraction read_extraction(Statement& row) {
  Extraction found;
  std::string verdict;
  std::optional<std::string> misfit, misfit_detail, decided, reason, who;
  std::optional<double> misfit_score;
  std::optional<core::Timestamp> when;
  row.read(found.id, found.body, found.page_url, found.content_type, found.generation, found.text, verdict,
           found.verdict.score, found.verdict.detail, misfit, misfit_score, misfit_detail, decided, reason, who, when);
  read_name(row, "verdict", verdict, found.verdict.reason);
  found.reads_well = found.verdict.good();
  if (misfit && found.reads_well) {
    read_name(row, "verdict", *misfit, found.verdict.reason);
    found.verdict.score = misfit_score.value_or(0);
    found.verdict.detail = misfit_detail.value_or("");
  }
  if (!decided) return found;
  found.overruled = found.verdict;
  read_name(row, "verdict", *decided, found.verdict.reason);
  found.verdict.score = 1;
  found.verdict.detail = "by " + who.value_or("") + (when ? " on " + when->date() : "") + ": " + reason.value_or("") +
                         " (the program: " + std::string(core::name(found.overruled->reason)) +
                         (found.overruled->detail.empty() ? "" : ", " + found.overruled->detail) + ")";
  return found;
}

}  // namespace

core::Result<Id> Store::put_text(const TextRow& text) {
  // Computed here, whatever the row says: a wrong name would look like damage later.
  const std::string sha256 = core::sha256_hex(text.document);
  // The state key may change with the comparison's generation while the text stays the same.
  const auto known = impl_->db.value<Id>(
      "UPDATE text SET state_key = ?2, clauses = ?3, title = ?4, language = ?5 WHERE sha256 = ?1 RETURNING id", sha256,
      text.state_key, text.clauses, text.title, text.language);
  if (!known) return tl::unexpected(known.error());
  if (*known) return **known;
  const auto frame = compress(text.document);
  if (!frame) return tl::unexpected(frame.error());
  return returned_id(
      impl_->db.value<Id>("INSERT INTO text (sha256, state_key, clauses, title, language, size, document)"
                          " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
                          sha256, text.state_key, text.clauses, text.title, text.language, text.document.size(),
                          Blob{*frame}),
      impl_->db);
}

core::Result<TextRow> Store::text(Id id) {
  core::Result<std::string> document;
  auto found = impl_->db.rows(
      "SELECT id, sha256, state_key, clauses, title, language, size, document FROM text WHERE id = ?",
      [&document](Statement& row) {
        TextRow text;
        std::size_t size = 0;
        row.read(text.id, text.sha256, text.state_key, text.clauses, text.title, text.language, size);
        document = decompress(row.blob(7), size);
        return text;
      },
      id);
  if (!found) return tl::unexpected(std::move(found.error()));
  if (found->empty()) return no_such(impl_->db, "text", id);
  TextRow& text = found->front();
  const std::string place = impl_->db.file() + ": text " + std::to_string(id) + " (" + text.sha256 + ")";
  if (!document) return core::fail(document.error().code, place + ": " + document.error().detail);
  if (core::sha256_hex(*document) != text.sha256) return core::fail(core::Errc::store_corrupt, place + ": other bytes");
  text.document = std::move(*document);
  return std::move(text);
}

core::Result<std::vector<TextRow>> Store::text_heads(Id target) {
  return impl_->db.rows(
      "SELECT id, sha256, state_key, clauses, title, language FROM text WHERE id IN (SELECT e.text FROM extraction e"
      " JOIN capture c ON c.body = e.body WHERE c.target = ?1 UNION ALL SELECT cleaned FROM cleaning WHERE target = ?1)"
      " ORDER BY id",
      [](Statement& row) {
        TextRow text;
        read_head(row, text);
        return text;
      },
      target);
}

core::Result<Id> Store::put_cleaning(Id target, const CleaningRow& cleaning, const TextRow& cleaned) {
  boost::json::array left_out;
  for (const auto& [why, words] : cleaning.left_out) left_out.push_back(boost::json::array{why, words});
  auto scope = Transaction::begin(impl_->db);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  auto id = put_text(cleaned);
  if (!id) return id;
  auto done = impl_->db.run(
      "INSERT INTO cleaning (target, text, cleaned, left_out) VALUES (?, ?, ?, ?) ON CONFLICT (target, text) DO UPDATE"
      " SET cleaned = excluded.cleaned, left_out = excluded.left_out",
      target, cleaning.text, *id, boost::json::serialize(left_out));
  if (!done) return tl::unexpected(std::move(done.error()));
  if (auto committed = scope->commit(); !committed) return tl::unexpected(std::move(committed.error()));
  return id;
}

core::Result<void> Store::put_extraction(const Extraction& extraction) {
  return impl_->db.run(
      "INSERT INTO extraction (body, page_url, content_type, generation, text, verdict, verdict_score, verdict_detail)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (body, page_url, content_type, generation) DO UPDATE SET"
      " text = excluded.text, verdict = excluded.verdict, verdict_score = excluded.verdict_score,"
      " verdict_detail = excluded.verdict_detail",
      extraction.body, extraction.page_url, extraction.content_type, extraction.generation, extraction.text,
      core::name(extraction.verdict.reason), extraction.verdict.score, extraction.verdict.detail);
}

core::Result<std::vector<Extraction>> Store::extractions(Id target, int generation) {
  return impl_->db.rows(
      "SELECT e.id, e.body, e.page_url, e.content_type, e.generation, e.text, e.verdict, e.verdict_score,"
      " e.verdict_detail, m.verdict, m.verdict_score, m.verdict_detail, o.verdict, o.reason, o.who, o.decided_at FROM "
      "extraction e JOIN body b ON b.id = e.body"
      " LEFT JOIN overruling o ON o.body_sha256 = b.sha256 AND o.page_url = e.page_url AND o.taken_back_at IS NULL"
      " LEFT JOIN misfit m ON m.target = ?1 AND m.extraction = e.id"
      " WHERE e.body IN (SELECT body FROM capture WHERE target = ?1) AND e.generation = ?2 ORDER BY e.id",
      read_extraction, target, generation);
}

}  // namespace waydiff::storage
