#include "core/url.hpp"
#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

Target read_target(Statement& row) {
  Target target;
  row.read(target.id, target.url, target.urlkey, target.site, target.kind, target.history_key, target.language,
           target.generation.extract, target.generation.diff);
  return target;
}

ArchiveRow read_archive(Statement& row) {
  ArchiveRow archive;
  row.read(archive.id, archive.name, archive.profile, archive.index, archive.playback, archive.not_before);
  return archive;
}

}  // namespace

core::Result<Id> Store::put_target(const Target& target) {
  // history_key belongs to put_history(): a target read from a configuration knows nothing of it.
  return returned_id(
      impl_->db.value<Id>("INSERT INTO target (url, urlkey, site, kind, language) VALUES (?, ?, ?, ?, ?)"
                          " ON CONFLICT (urlkey, kind) DO UPDATE SET url = excluded.url, site = excluded.site,"
                          " language = excluded.language"
                          " RETURNING id",
                          target.url, target.urlkey.empty() ? core::url_key(target.url) : target.urlkey, target.site,
                          target.kind, target.language),
      impl_->db);
}

core::Result<std::vector<Target>> Store::targets() {
  return impl_->db.rows(
      "SELECT id, url, urlkey, site, kind, history_key, language, extract_generation, diff_generation FROM target"
      " ORDER BY site, kind, url",
      read_target);
}

core::Result<std::vector<Target>> Store::find_targets(std::string_view name) {
  return impl_->db.rows(
      "SELECT id, url, urlkey, site, kind, history_key, language, extract_generation, diff_generation FROM target"
      " WHERE urlkey = ?1 OR url = ?2 OR site = ?2 COLLATE NOCASE OR site || ' ' || kind = ?2 COLLATE NOCASE"
      " OR CAST(id AS TEXT) = ?2 ORDER BY site, kind, url",
      read_target, core::url_key(name), name);
}

core::Result<Id> Store::put_archive(const ArchiveRow& archive) {
  return returned_id(
      impl_->db.value<Id>("INSERT INTO archive (name, profile, index_url, playback_url) VALUES (?, ?, ?, ?)"
                          " ON CONFLICT (name) DO UPDATE SET profile = excluded.profile,"
                          " index_url = excluded.index_url, playback_url = excluded.playback_url RETURNING id",
                          archive.name, archive.profile, archive.index, archive.playback),
      impl_->db);
}

core::Result<std::vector<ArchiveRow>> Store::archives() {
  return impl_->db.rows("SELECT id, name, profile, index_url, playback_url, not_before FROM archive ORDER BY name",
                        read_archive);
}

core::Result<void> Store::set_not_before(Id archive, std::optional<std::chrono::sys_seconds> time) {
  if (auto done = impl_->db.run("UPDATE archive SET not_before = ?2 WHERE id = ?1", archive, time); !done) return done;
  return one_updated(impl_->db, "archive", archive);
}

}  // namespace waydiff::storage
