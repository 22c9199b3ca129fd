#include "storage/change_rows.hpp"
#include "storage/search_terms.hpp"
#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

// Returns bring nothing new, and editorial transitions nothing of substance. The order does not depend on ids.
// ?1 match, ?2 texts contained, ?3 texts absent, ?4 site, ?5 kind of document, ?6 from, ?7 to, ?8 kinds.
constexpr std::string_view in_time_sql =
    "SELECT change.id, target.id, target.site, transition.not_before, transition.not_after, change.kind,"
    " change.old_text, change.new_text FROM transition JOIN target ON target.id = transition.target"
    " JOIN change ON change.transition = transition.id"
    " WHERE transition.kind = 'changed' AND change.significance = 'substantive'"
    " AND change.kind IN (SELECT value FROM json_each(?8))"
    " AND (?1 IS NULL OR change.id IN (SELECT rowid FROM change_words WHERE change_words MATCH coalesce(?1, '\"\"')))"
    " AND NOT EXISTS (SELECT 1 FROM json_each(?2) WHERE coalesce(change.old_text, '') NOT LIKE value ESCAPE '\\'"
    " AND coalesce(change.new_text, '') NOT LIKE value ESCAPE '\\')"
    " AND NOT EXISTS (SELECT 1 FROM json_each(?3) WHERE coalesce(change.old_text, '') LIKE value ESCAPE '\\'"
    " OR coalesce(change.new_text, '') LIKE value ESCAPE '\\')"
    " AND (?4 = '' OR target.site = ?4 COLLATE NOCASE) AND (?5 = '' OR target.kind = ?5 COLLATE NOCASE)"
    " AND (?6 IS NULL OR transition.not_after >= ?6) AND (?7 IS NULL OR transition.not_before <= ?7)"
    " ORDER BY transition.not_after, transition.not_before, target.site, target.kind, target.url,"
    " transition.sequence, change.position";

}  // namespace

core::Result<void> Store::each_change(const SearchQuery& query, const std::function<void(const ChangeHead&)>& look) {
  SearchWords words;
  words.contained = words.absent = "[]";
  if (!query.words.empty()) {
    auto asked = search_words(query.words);
    if (!asked) return tl::unexpected(std::move(asked.error()));
    words = std::move(*asked);
  }
  auto done = impl_->db.rows(
      in_time_sql,
      [&look](Statement& row) {
        ChangeHead head;
        std::string kind;
        std::optional<std::string> old_text, new_text;
        row.read(head.change, head.target, head.site, head.not_before, head.not_after, kind, old_text, new_text);
        read_name(row, "change kind", kind, head.kind);
        head.old_text = std::move(old_text).value_or("");
        head.new_text = std::move(new_text).value_or("");
        look(head);
        return false;
      },
      words.match, words.contained, words.absent, query.site, query.document_kind, query.from, query.to,
      strings_column(query.kinds));
  if (!done) return tl::unexpected(std::move(done.error()));
  return {};
}

}  // namespace waydiff::storage
