#include "storage/store_impl.hpp"

namespace waydiff::storage {

core::Result<bool> Store::put_alias(const AliasRow& alias) {
  auto done = impl_->db.run(
      "INSERT INTO alias (target, url, urlkey, reason, evidence, since, found_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (target, urlkey) DO NOTHING",
      alias.target, alias.url, alias.urlkey, name(alias.reason), alias.evidence, alias.since, alias.found_at);
  if (!done) return tl::unexpected(std::move(done.error()));
  return impl_->db.changes() == 1;
}

core::Result<std::vector<AliasRow>> Store::aliases(Id target) {
  return impl_->db.rows(
      "SELECT id, target, url, urlkey, reason, evidence, since, found_at FROM alias WHERE target = ?"
      " ORDER BY since, id",
      [](Statement& row) {
        AliasRow alias;
        std::string reason;
        row.read(alias.id, alias.target, alias.url, alias.urlkey, reason, alias.evidence, alias.since, alias.found_at);
        read_name(row, "reason", reason, alias.reason);
        return alias;
      },
      target);
}

core::Result<void> Store::put_discoveries(const std::string& site, const std::string& kind,
                                          const std::vector<DiscoveryRow>& found) {
  auto scope = Transaction::begin(impl_->db);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  if (auto done = impl_->db.run("DELETE FROM discovery WHERE site = ? AND kind = ?", site, kind); !done) return done;
  for (const DiscoveryRow& row : found) {
    auto done = impl_->db.run(
        "INSERT INTO discovery (site, kind, url, urlkey, score, pages, first_seen, last_seen, evidence, chosen,"
        " found_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        site, kind, row.url, row.urlkey, row.score, row.pages, row.first_seen, row.last_seen, row.evidence, row.chosen,
        row.found_at);
    if (!done) return done;
  }
  return scope->commit();
}

core::Result<std::vector<DiscoveryRow>> Store::discoveries(const std::string& site, const std::string& kind) {
  return impl_->db.rows(
      "SELECT url, urlkey, score, pages, first_seen, last_seen, evidence, chosen, found_at FROM discovery"
      " WHERE site = ? AND kind = ? ORDER BY chosen DESC, score DESC, url",
      [](Statement& row) {
        DiscoveryRow found;
        row.read(found.url, found.urlkey, found.score, found.pages, found.first_seen, found.last_seen, found.evidence,
                 found.chosen, found.found_at);
        return found;
      },
      site, kind);
}

}  // namespace waydiff::storage
