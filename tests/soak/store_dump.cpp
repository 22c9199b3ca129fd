#include "soak/store_dump.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "storage/sqlite_handle.hpp"

namespace waydiff::soak {
namespace {

using storage::Access;
using storage::Connection;

struct Table {
  std::string_view name;
  std::string_view columns;  ///< joined with " | "
  std::string_view from;
  std::string_view own = "";  ///< what is looked at, if not every row has a target: ids of captures' bodies
};

// A capture is called by its archive, time, address and digest; a state by its ordinal; bodies and texts by SHA-256.
constexpr std::array<Table, 17> tables = {{
    {"target", "url, urlkey, site, kind, language, extract_generation, diff_generation", "target"},
    {"former_history", "target.urlkey, former_history.extract_generation, former_history.diff_generation",
     "former_history JOIN target ON target.id = former_history.target"},
    {"alias", "target.urlkey, alias.urlkey, alias.url, reason, evidence, since",
     "alias JOIN target ON target.id = alias.target"},
    {"listing", "DISTINCT target.urlkey, archive.name, listing.url, query",
     "listing JOIN target ON target.id = listing.target JOIN archive ON archive.id = listing.archive WHERE complete"},
    {"capture",
     "target.urlkey, archive.name, capture.urlkey, raw_timestamp, captured_at, original, mime, status, digest, length, "
     "CASE WHEN outcome IN ('fetched', 'duplicate') THEN 'stored' ELSE outcome END, "
     "CASE WHEN outcome IN ('unplayable', 'excluded', 'failed') THEN cause END, offered, sha256, http_status, "
     "content_type, location, digest_check, cut_short",
     "capture JOIN target ON target.id = capture.target JOIN archive ON archive.id = capture.archive "
     "LEFT JOIN body ON body.id = capture.body"},
    {"body", "sha256, size", "body", "id IN (SELECT capture.body FROM capture"},
    {"text", "sha256, state_key, clauses, title, language, size", "text",
     "id IN (SELECT extraction.text FROM extraction JOIN capture ON capture.body = extraction.body"},
    {"extraction",
     "body.sha256, page_url, content_type, generation, text.sha256, verdict, verdict_score, verdict_detail",
     "extraction JOIN body ON body.id = extraction.body LEFT JOIN text ON text.id = extraction.text",
     "extraction.body IN (SELECT capture.body FROM capture"},
    {"state", "urlkey, ordinal, state_key, clauses", "state JOIN target ON target.id = state.target"},
    {"capture_state", "target.urlkey, raw_timestamp, original, digest, ordinal, text.sha256",
     "capture_state JOIN capture ON capture.id = capture_state.capture JOIN state ON state.id = capture_state.state "
     "JOIN text ON text.id = capture_state.text JOIN target ON target.id = capture.target"},
    {"transition",
     "target.urlkey, sequence, transition.kind, old.ordinal, new.ordinal, old_text.sha256, new_text.sha256, "
     "one.raw_timestamp, one.original, other.raw_timestamp, other.original, not_before, not_after, "
     "quarantined_between, old_clauses, new_clauses, unchanged, notes, transition.diff_generation",
     "transition JOIN target ON target.id = transition.target JOIN state AS old ON old.id = old_state "
     "JOIN state AS new ON new.id = new_state JOIN text AS old_text ON old_text.id = transition.old_text "
     "JOIN text AS new_text ON new_text.id = transition.new_text JOIN capture AS one ON one.id = old_capture "
     "JOIN capture AS other ON other.id = new_capture"},
    {"change",
     "urlkey, sequence, position, change.kind, significance, reason, moved, similarity, flags, old_index, old_count, "
     "old_path, change.old_text, new_index, new_count, new_path, change.new_text, ops",
     "change JOIN transition ON transition.id = change.transition JOIN target ON target.id = transition.target"},
    {"misfit", "target.urlkey, body.sha256, page_url, misfit.verdict, misfit.verdict_detail",
     "misfit JOIN target ON target.id = misfit.target JOIN extraction ON extraction.id = misfit.extraction "
     "JOIN body ON body.id = extraction.body"},
    {"cleaning", "target.urlkey, text.sha256, cleaned.sha256, left_out",
     "cleaning JOIN target ON target.id = cleaning.target JOIN text ON text.id = cleaning.text "
     "JOIN text AS cleaned ON cleaned.id = cleaning.cleaned"},
    {"line", "target.urlkey, line.name, whole.name",
     "line JOIN target ON target.id = line.target LEFT JOIN line AS whole ON whole.id = line.split_from"},
    {"wording",
     "target.urlkey, line.name, words, path, one.raw_timestamp, one.original, other.raw_timestamp, other.original",
     "wording JOIN line ON line.id = wording.line JOIN target ON target.id = line.target "
     "JOIN capture AS one ON one.id = first_capture JOIN capture AS other ON other.id = last_capture"},
    {"text_wording",
     "target.urlkey, text.sha256, (SELECT group_concat(line.name || ': ' || wording.words, char(10)) "
     "FROM json_each(wordings) JOIN wording ON wording.id = json_each.value JOIN line ON line.id = wording.line)",
     "text_wording JOIN target ON target.id = text_wording.target JOIN text ON text.id = text_wording.text"},
}};

/// "a, b" as one column of text. Commas inside parentheses belong to their column.
std::string joined(std::string_view columns) {
  std::string result;
  if (columns.starts_with("DISTINCT ")) {
    result = "DISTINCT ";
    columns.remove_prefix(result.size());
  }
  int depth = 0;
  std::string column;
  const auto flush = [&] {
    if (!result.empty() && !result.ends_with("DISTINCT ")) result += " || ' | ' || ";
    result += "coalesce(" + column + ", '-')";
    column.clear();
  };
  for (const char c : columns) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == ',' && depth == 0) {
      flush();
    } else {
      column += c;
    }
  }
  flush();
  return result;
}

}  // namespace

core::Result<StoreDump> dump(const std::filesystem::path& store, const std::vector<std::string>& except) {
  std::string others = "target.url NOT IN (''";
  for (const std::string& url : except) others += ", '" + url + "'";
  others += ")";
  auto connection = Connection::open(store, Access::read_only);
  if (!connection) return tl::unexpected(connection.error());
  StoreDump all;
  for (const Table& table : tables) {
    std::string sql = "SELECT " + joined(table.columns) + " FROM " + std::string(table.from);
    sql += table.from.find(" WHERE ") == std::string_view::npos ? " WHERE " : " AND ";
    if (table.own.empty()) {
      sql += others;
    } else {
      sql += std::string(table.own) + " JOIN target ON target.id = capture.target WHERE " + others + ")";
    }
    const auto read = [](storage::Statement& row) {
      std::string line;
      row.read(line);
      return line;
    };
    auto lines = connection->rows(sql, read);
    if (!lines) return tl::unexpected(lines.error());
    std::sort(lines->begin(), lines->end());
    all.emplace(table.name, std::move(*lines));
  }
  return all;
}

core::Result<std::vector<std::string>> wide_changes(const std::filesystem::path& store) {
  auto connection = Connection::open(store, Access::read_only);
  if (!connection) return tl::unexpected(connection.error());
  const auto read = [](storage::Statement& row) {
    std::string line;
    row.read(line);
    return line;
  };
  return connection->rows(
      "SELECT target.url || ': ' || one.raw_timestamp || ' to ' || other.raw_timestamp || ', but ' ||"
      " between_them.raw_timestamp || ' was not asked for'"
      " FROM transition JOIN target ON target.id = transition.target"
      " JOIN capture one ON one.id = old_capture JOIN capture other ON other.id = new_capture"
      " JOIN capture between_them ON between_them.target = target.id"
      " WHERE between_them.captured_at > one.captured_at AND between_them.captured_at < other.captured_at"
      " AND between_them.outcome IN ('unselected', 'pending') AND coalesce(between_them.status, 200) < 300",
      read);
}

std::string difference(const StoreDump& expected, const StoreDump& got) {
  std::string text;
  for (const auto& [name, lines] : expected) {
    const auto found = got.find(name);
    const std::vector<std::string> others = found == got.end() ? std::vector<std::string>{} : found->second;
    const auto show = [&](const std::vector<std::string>& a, const std::vector<std::string>& b, const char* what) {
      std::vector<std::string> only;
      std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(only));
      for (std::size_t n = 0; n < std::min<std::size_t>(only.size(), 3); ++n) {
        text += name + ", " + what + " (" + std::to_string(only.size()) + "): " + only[n].substr(0, 600) + "\n";
      }
    };
    show(lines, others, "missing");
    show(others, lines, "not expected");
  }
  return text;
}

core::Result<std::optional<std::chrono::sys_seconds>> not_before(const std::filesystem::path& store) {
  auto connection = Connection::open(store, Access::read_only);
  if (!connection) return tl::unexpected(connection.error());
  return connection->value<std::chrono::sys_seconds>(
      "SELECT max(not_before) FROM archive WHERE not_before IS NOT NULL HAVING count(*) > 0");
}

core::Result<void> forget_not_before(const std::filesystem::path& store) {
  auto connection = Connection::open(store, Access::create);
  if (!connection) return tl::unexpected(connection.error());
  return connection->run("UPDATE archive SET not_before = NULL");
}

}  // namespace waydiff::soak
