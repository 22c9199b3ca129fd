#include "storage/clause_lines.hpp"

#include <boost/json.hpp>
#include <unordered_map>
#include <utility>

#include "storage/change_rows.hpp"
#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

using core::Result;

Result<std::vector<Id>> put_names(Connection& db, Id target, const std::vector<LineRow>& lines) {
  std::vector<Id> ids;
  for (const LineRow& line : lines) {
    const std::optional<Id> parent = line.split_from ? std::optional(ids.at(*line.split_from)) : std::nullopt;
    const auto id =
        returned_id(db.value<Id>("INSERT INTO line (target, name, split_from) VALUES (?, ?, ?) RETURNING id", target,
                                 line.name, parent),
                    db);
    if (!id) return tl::unexpected(id.error());
    ids.push_back(*id);
  }
  return ids;
}

std::string ids_column(const std::vector<std::size_t>& positions, const std::vector<Id>& ids) {
  std::string out = "[";
  for (const std::size_t at : positions) out += (out.size() > 1 ? "," : "") + std::to_string(ids.at(at));
  return out + "]";
}

/// Positions of the ids of a JSON array; rejects the row at one that is not known.
void read_ids(Statement& row, const std::string& json, const std::unordered_map<Id, std::size_t>& positions,
              std::vector<std::size_t>& out) {
  boost::system::error_code bad;
  const boost::json::value value = boost::json::parse(json, bad);
  if (bad || !value.is_array()) return row.reject("wordings", json);
  for (const boost::json::value& one : value.get_array()) {
    const auto found = one.is_int64() ? positions.find(one.get_int64()) : positions.end();
    if (found == positions.end()) return row.reject("wordings", json);
    out.push_back(found->second);
  }
}

}  // namespace

Result<void> delete_clause_lines(Connection& db, Id target) {
  for (const std::string_view sql : {
           "DELETE FROM text_wording WHERE target = ?",
           "INSERT INTO wording_words (wording_words, rowid, words) SELECT 'delete', w.id, w.words FROM wording w"
           " JOIN line l ON l.id = w.line WHERE l.target = ?",
           "DELETE FROM wording WHERE line IN (SELECT id FROM line WHERE target = ?)",
           "UPDATE line SET split_from = NULL WHERE target = ? AND split_from IS NOT NULL",
           "DELETE FROM line WHERE target = ?",
       }) {
    if (auto done = db.run(sql, target); !done) return done;
  }
  return {};
}

Result<void> put_clause_lines(Connection& db, Id target, const ClauseLines& lines) {
  const auto names = put_names(db, target, lines.lines);
  if (!names) return tl::unexpected(names.error());
  std::vector<Id> wordings;
  for (const WordingRow& wording : lines.wordings) {
    const auto id = returned_id(
        db.value<Id>("INSERT INTO wording (line, words, path, first_capture, last_capture) VALUES (?, ?, ?, ?, ?)"
                     " RETURNING id",
                     names->at(wording.line), wording.words, strings_column(wording.path), wording.first_capture,
                     wording.last_capture),
        db);
    if (!id) return tl::unexpected(id.error());
    wordings.push_back(*id);
  }
  auto found = db.run(
      "INSERT INTO wording_words (rowid, words) SELECT w.id, w.words FROM wording w JOIN line l ON l.id = w.line"
      " WHERE l.target = ?",
      target);
  if (!found) return found;
  for (const TextWordings& text : lines.texts) {
    auto done = db.run("INSERT INTO text_wording (target, text, wordings) VALUES (?, ?, ?)", target, text.text,
                       ids_column(text.wordings, wordings));
    if (!done) return done;
  }
  return {};
}

Result<ClauseLines> Store::clause_lines(Id target) {
  Connection& db = impl_->db;
  // Three SELECTs that must see one state of the store.
  auto scope = Transaction::begin(db, Transaction::Intent::read);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  std::unordered_map<Id, std::size_t> lines, wordings;
  auto names = db.rows(
      "SELECT id, name, split_from FROM line WHERE target = ? ORDER BY id",
      [&](Statement& row) {
        Id id = 0;
        std::optional<Id> parent;
        LineRow line;
        row.read(id, line.name, parent);
        if (parent && lines.contains(*parent)) line.split_from = lines.at(*parent);
        lines.emplace(id, lines.size());
        return line;
      },
      target);
  if (!names) return tl::unexpected(std::move(names.error()));
  auto words = db.rows(
      "SELECT w.id, w.line, w.words, w.path, w.first_capture, w.last_capture FROM wording w JOIN line l ON l.id = "
      "w.line"
      " WHERE l.target = ? ORDER BY w.id",
      [&](Statement& row) {
        Id id = 0, line = 0;
        std::string path;
        WordingRow wording;
        row.read(id, line, wording.words, path, wording.first_capture, wording.last_capture);
        read_strings(row, path, wording.path);
        wording.line = lines.at(line);
        wordings.emplace(id, wordings.size());
        return wording;
      },
      target);
  if (!words) return tl::unexpected(std::move(words.error()));
  auto texts = db.rows(
      "SELECT text, wordings FROM text_wording WHERE target = ? ORDER BY text",
      [&](Statement& row) {
        TextWordings text;
        std::string ids;
        row.read(text.text, ids);
        read_ids(row, ids, wordings, text.wordings);
        return text;
      },
      target);
  if (!texts) return tl::unexpected(std::move(texts.error()));
  return ClauseLines{std::move(*names), std::move(*words), std::move(*texts)};
}

}  // namespace waydiff::storage
