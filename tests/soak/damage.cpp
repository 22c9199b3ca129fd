#include "soak/damage.hpp"

#include <iterator>
#include <string_view>

#include "storage/sqlite_handle.hpp"

namespace waydiff::soak {
namespace {

struct Way {
  std::string_view what;
  std::string_view table;
  std::string_view set;  ///< of one row; empty: most rows of the table go
  bool only_indexes;
};

constexpr Way ways[] = {
    {" a body of a byte", "body", "zstd = x'00'", false},
    {" half a body", "body", "zstd = substr(zstd, 1, length(zstd) / 2)", false},
    {" another's body", "body", "zstd = (SELECT b.zstd FROM body b WHERE b.id <> body.id ORDER BY b.id LIMIT 1)",
     false},
    {" a text", "text", "size = size + 1", false},
    {" notes of a chain", "body", "chain = chain + 3", true},
    {" words of changes", "change_words_data", "", true},
    {" words of clauses", "wording_words_data", "", true},
};

std::string statement(const Way& way) {
  const std::string table(way.table);
  if (way.set.empty()) return "DELETE FROM " + table + " WHERE id > 10 + 0 * ?1";
  return "UPDATE " + table + " SET " + std::string(way.set) + " WHERE id = (SELECT id FROM " + table +
         " ORDER BY id LIMIT 1 OFFSET ?1 % (SELECT count(*) FROM " + table + "))";
}

}  // namespace

core::Result<Damage> spoil(const std::filesystem::path& store, std::mt19937_64& dice) {
  auto connection = storage::Connection::open(store, storage::Access::read_write);
  if (!connection) return tl::unexpected(connection.error());
  if (auto set = connection->script("PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = ON"); !set) {
    return tl::unexpected(set.error());
  }
  Damage damage;
  for (std::size_t rounds = 1 + dice() % 4; rounds > 0 || damage.what.empty(); rounds -= rounds > 0) {
    const Way& way = ways[dice() % std::size(ways)];
    if (auto done = connection->run(statement(way), static_cast<std::int64_t>(dice() % 1'000'000)); !done) {
      return tl::unexpected(done.error());
    }
    if (connection->changes() == 0) continue;
    damage.what += way.what;
    damage.only_indexes = damage.only_indexes && way.only_indexes;
  }
  // All of it into the file: it is copied as it lies.
  if (auto done = connection->script("PRAGMA wal_checkpoint(TRUNCATE)"); !done) return tl::unexpected(done.error());
  return damage;
}

}  // namespace waydiff::soak
