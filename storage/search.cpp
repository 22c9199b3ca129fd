#include "storage/search.hpp"

#include <algorithm>

#include "diff/json.hpp"
#include "storage/change_rows.hpp"
#include "storage/search_terms.hpp"
#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

using core::Errc;
using core::Result;

/// True for text that FTS5's tokenizer takes for one long word: Thai, kana, ideographs. (UTF-8, three bytes or more.)
bool is_unspaced(std::string_view text) {
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[at + offset]); };
    const bool thai = byte(0) == 0xE0 && (byte(1) == 0xB8 || byte(1) == 0xB9);
    const bool ideograph = byte(0) >= 0xE3 && byte(0) <= 0xE9;
    if (thai || ideograph) return true;
  }
  return false;
}

struct Term {
  std::string text;
  bool negative = false;
  bool prefix = false;
};

std::vector<Term> terms_of(const std::string& words) {
  std::vector<Term> terms;
  for (std::size_t at = 0; at < words.size();) {
    if (words[at] == ' ' || words[at] == '\t' || words[at] == '\n') {
      ++at;
      continue;
    }
    Term term;
    if (words[at] == '-' && at + 1 < words.size() && words[at + 1] != ' ') {
      term.negative = true;
      ++at;
    }
    if (words[at] == '"') {
      const std::size_t end = std::min(words.find('"', at + 1), words.size());
      term.text = words.substr(at + 1, end - at - 1);
      at = std::min(end + 1, words.size());
    } else {
      const std::size_t end = std::min(words.find_first_of(" \t\n\"", at), words.size());
      term.text = words.substr(at, end - at);
      at = end;
    }
    term.prefix = term.text.size() > 1 && term.text.back() == '*';
    if (term.prefix) term.text.pop_back();
    if (!term.text.empty()) terms.push_back(std::move(term));
  }
  return terms;
}

/// Escapes for LIKE … ESCAPE '\'.
std::string contained(const std::string& text) {
  std::string out = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + "%";
}

// What is looked through: everything, or what a site's targets have, whose ids stand together because a history is
// written whole. A search of one site must not first find, rank and join what all the others say.
// ?1 match, ?4 site.
constexpr std::string_view all_clauses =
    "SELECT rowid AS id, rank AS worth FROM wording_words WHERE wording_words MATCH coalesce(?1, '\"\"')"
    " UNION ALL SELECT id, 0 FROM wording WHERE ?1 IS NULL";
constexpr std::string_view clauses_of_site =
    "WITH own AS MATERIALIZED (SELECT min(wording.id) AS low, max(wording.id) AS high FROM target"
    " CROSS JOIN line ON line.target = target.id CROSS JOIN wording ON wording.line = line.id"
    " WHERE target.site = ?4 COLLATE NOCASE GROUP BY target.id)"
    " SELECT wording_words.rowid AS id, 0 AS worth FROM own CROSS JOIN wording_words"
    " WHERE wording_words MATCH coalesce(?1, '\"\"') AND wording_words.rowid BETWEEN own.low AND own.high"
    " UNION SELECT wording.id, 0 FROM own CROSS JOIN wording ON wording.id BETWEEN own.low AND own.high"
    " WHERE ?1 IS NULL";
constexpr std::string_view all_changes =
    "SELECT rowid AS id, rank AS worth FROM change_words WHERE change_words MATCH coalesce(?1, '\"\"')"
    " UNION ALL SELECT id, 0 FROM change WHERE ?1 IS NULL";
constexpr std::string_view changes_of_site =
    "WITH own AS MATERIALIZED (SELECT min(change.id) AS low, max(change.id) AS high FROM target"
    " CROSS JOIN transition ON transition.target = target.id CROSS JOIN change ON change.transition = transition.id"
    " WHERE target.site = ?4 COLLATE NOCASE GROUP BY target.id)"
    " SELECT change_words.rowid AS id, 0 AS worth FROM own CROSS JOIN change_words"
    " WHERE change_words MATCH coalesce(?1, '\"\"') AND change_words.rowid BETWEEN own.low AND own.high"
    " UNION SELECT change.id, 0 FROM own CROSS JOIN change ON change.id BETWEEN own.low AND own.high"
    " WHERE ?1 IS NULL";

// From the hits on (CROSS JOIN): SQLite knows nothing of how few they are, and would read all clauses beside them.
// ?2 texts contained, ?3 texts absent, ?5 kind of document, ?6 from, ?7 to, ?8 limit.
std::string clause_sql(bool of_site) {
  return "SELECT target.site, target.kind, target.url, line.name, wording.words, wording.path, first.captured_at,"
         " last.captured_at, first_snapshot.address, last_snapshot.address FROM (" +
         std::string(of_site ? clauses_of_site : all_clauses) +
         ") AS hit"
         " CROSS JOIN wording ON wording.id = hit.id CROSS JOIN line ON line.id = wording.line"
         " CROSS JOIN target ON target.id = line.target"
         " JOIN capture AS first ON first.id = wording.first_capture"
         " JOIN capture AS last ON last.id = wording.last_capture"
         " JOIN snapshot AS first_snapshot ON first_snapshot.capture = first.id"
         " JOIN snapshot AS last_snapshot ON last_snapshot.capture = last.id"
         " WHERE NOT EXISTS (SELECT 1 FROM json_each(?2) WHERE wording.words NOT LIKE value ESCAPE '\\')"
         " AND NOT EXISTS (SELECT 1 FROM json_each(?3) WHERE wording.words LIKE value ESCAPE '\\')"
         " AND (?4 = '' OR target.site = ?4 COLLATE NOCASE) AND (?5 = '' OR target.kind = ?5 COLLATE NOCASE)"
         " AND (?6 IS NULL OR last.captured_at >= ?6) AND (?7 IS NULL OR first.captured_at <= ?7)"
         " ORDER BY hit.worth, first.captured_at, target.site, line.name, wording.id LIMIT ?8";
}

// The same, and ?9 kinds, ?10 significances, ?11 flags, as JSON.
std::string change_sql(bool of_site) {
  return "SELECT target.id, target.site, target.kind, target.url, transition.not_before, transition.not_after,"
         " old_snapshot.address, new_snapshot.address, change.kind, change.significance, change.reason, change.flags,"
         " change.old_path, change.new_path, change.old_text, change.new_text, change.ops FROM (" +
         std::string(of_site ? changes_of_site : all_changes) +
         ") AS hit"
         " CROSS JOIN change ON change.id = hit.id CROSS JOIN transition ON transition.id = change.transition"
         " CROSS JOIN target ON target.id = transition.target"
         " JOIN snapshot AS old_snapshot ON old_snapshot.capture = transition.old_capture"
         " JOIN snapshot AS new_snapshot ON new_snapshot.capture = transition.new_capture"
         " WHERE NOT EXISTS (SELECT 1 FROM json_each(?2) WHERE coalesce(change.old_text, '') NOT LIKE value"
         " ESCAPE '\\' AND coalesce(change.new_text, '') NOT LIKE value ESCAPE '\\')"
         " AND NOT EXISTS (SELECT 1 FROM json_each(?3) WHERE coalesce(change.old_text, '') LIKE value ESCAPE '\\'"
         " OR coalesce(change.new_text, '') LIKE value ESCAPE '\\')"
         " AND (?4 = '' OR target.site = ?4 COLLATE NOCASE) AND (?5 = '' OR target.kind = ?5 COLLATE NOCASE)"
         " AND (?6 IS NULL OR transition.not_after >= ?6) AND (?7 IS NULL OR transition.not_before <= ?7)"
         " AND (?9 = '[]' OR change.kind IN (SELECT value FROM json_each(?9)))"
         " AND (?10 = '[]' OR change.significance IN (SELECT value FROM json_each(?10)))"
         " AND NOT EXISTS (SELECT 1 FROM json_each(?11) AS wanted WHERE wanted.value NOT IN"
         " (SELECT value FROM json_each(change.flags)))"
         " ORDER BY hit.worth, transition.not_after, target.site, change.id LIMIT ?8";
}

// The same columns; ?1 id.
constexpr std::string_view one_change_sql =
    "SELECT target.id, target.site, target.kind, target.url, transition.not_before, transition.not_after,"
    " old_snapshot.address, new_snapshot.address, change.kind, change.significance, change.reason, change.flags,"
    " change.old_path, change.new_path, change.old_text, change.new_text, change.ops FROM change"
    " JOIN transition ON transition.id = change.transition JOIN target ON target.id = transition.target"
    " JOIN snapshot AS old_snapshot ON old_snapshot.capture = transition.old_capture"
    " JOIN snapshot AS new_snapshot ON new_snapshot.capture = transition.new_capture WHERE change.id = ?1";

ChangeHit read_hit(Statement& row) {
  ChangeHit hit;
  std::string kind, significance, flags, ops;
  std::optional<std::string> old_path, new_path, old_text, new_text;
  row.read(hit.target, hit.site, hit.kind, hit.url, hit.not_before, hit.not_after, hit.old_snapshot, hit.new_snapshot,
           kind, significance, hit.reason, flags, old_path, new_path, old_text, new_text, ops);
  read_name(row, "change kind", kind, hit.change);
  read_name(row, "significance", significance, hit.significance);
  read_strings(row, flags, hit.flags);
  read_strings(row, new_path ? *new_path : old_path.value_or("[]"), hit.path);
  hit.old_text = std::move(old_text).value_or("");
  hit.new_text = std::move(new_text).value_or("");
  auto words = diff::ops_from_json(ops);
  if (words) {
    hit.ops = std::move(*words);
  } else {
    row.reject("word operations", ops);
  }
  return hit;
}

}  // namespace

Result<SearchWords> search_words(const std::string& words) {
  const SearchTerms terms = search_terms(words);
  if (terms.match.empty() && terms.contained.empty()) {
    return core::fail(Errc::bad_argument, "\"" + words + "\": no words to look for");
  }
  SearchWords out;
  if (!terms.match.empty()) out.match = terms.match;
  std::vector<std::string> wanted, unwanted;
  for (const std::string& text : terms.contained) wanted.push_back(contained(text));
  for (const std::string& text : terms.absent) unwanted.push_back(contained(text));
  out.contained = strings_column(wanted);
  out.absent = strings_column(unwanted);
  return out;
}

SearchTerms search_terms(const std::string& words) {
  SearchTerms out;
  std::string negative;
  for (const Term& term : terms_of(words)) {
    if (is_unspaced(term.text)) {
      (term.negative ? out.absent : out.contained).push_back(term.text);
      continue;
    }
    // Marks alone are no word to FTS5, and a phrase of nothing matches nothing.
    const bool word = std::any_of(term.text.begin(), term.text.end(), [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
             (static_cast<unsigned char>(c) & 0x80) != 0;
    });
    if (!word) continue;
    const std::string quoted = "\"" + term.text + "\"" + (term.prefix ? "*" : "");
    if (term.negative) {
      negative += " NOT " + quoted;
    } else {
      out.match += (out.match.empty() ? "" : " AND ") + quoted;
    }
  }
  // FTS5 cannot look for what is not there alone.
  if (!out.match.empty() && !negative.empty()) out.match = "(" + out.match + ")" + negative;
  return out;
}

Result<std::vector<ClauseHit>> Store::search_clauses(const SearchQuery& query) {
  const auto terms = search_words(query.words);
  if (!terms) return tl::unexpected(terms.error());
  return impl_->db.rows(
      clause_sql(!query.site.empty()),
      [](Statement& row) {
        ClauseHit hit;
        std::string path;
        row.read(hit.site, hit.kind, hit.url, hit.line, hit.words, path, hit.first_seen, hit.last_seen,
                 hit.first_snapshot, hit.last_snapshot);
        read_strings(row, path, hit.path);
        return hit;
      },
      terms->match, terms->contained, terms->absent, query.site, query.document_kind, query.from, query.to,
      query.limit);
}

Result<std::vector<ChangeHit>> Store::search_changes(const SearchQuery& query) {
  const auto terms = search_words(query.words);
  if (!terms) return tl::unexpected(terms.error());
  return impl_->db.rows(change_sql(!query.site.empty()), read_hit, terms->match, terms->contained, terms->absent,
                        query.site, query.document_kind, query.from, query.to, query.limit, strings_column(query.kinds),
                        strings_column(query.significances), strings_column(query.flags));
}

Result<ChangeHit> Store::change(Id id) {
  auto found = impl_->db.rows(one_change_sql, read_hit, id);
  if (!found) return tl::unexpected(std::move(found.error()));
  if (found->empty()) return no_such(impl_->db, "change", id);
  return std::move(found->front());
}

}  // namespace waydiff::storage
