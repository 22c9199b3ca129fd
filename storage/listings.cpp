#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

core::Result<void> put_query(Connection& db, const ListingRow& listing) {
  const auto id = returned_id(
      db.value<Id>("INSERT INTO listing (target, archive, query, listed_at, complete, problem, pages, rows, url,"
                   " since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                   listing.target, listing.archive, listing.query, listing.listed_at, listing.complete, listing.problem,
                   listing.pages, listing.rows, listing.url, listing.since),
      db);
  if (!id) return tl::unexpected(id.error());
  for (const auto& [reason, rows] : listing.dropped) {
    auto done = db.run("INSERT INTO listing_dropped (listing, reason, rows) VALUES (?, ?, ?)", *id, reason, rows);
    if (!done) return done;
  }
  return {};
}

// True if the capture was not known before.
core::Result<bool> put_capture(Connection& db, const ListingRow& listing, const core::Capture& capture) {
  auto added = db.run(
      "INSERT INTO capture (target, archive, urlkey, raw_timestamp, captured_at, original, mime, status, digest,"
      " length, file, file_offset) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (target, archive, raw_timestamp, original, digest) DO NOTHING",
      listing.target, listing.archive, capture.urlkey, capture.raw_timestamp, capture.timestamp, capture.original,
      capture.mime, capture.status, capture.digest, capture.length, capture.file, capture.offset);
  if (!added) return tl::unexpected(std::move(added.error()));
  if (db.changes() == 1) return true;

  // An index may print one capture several times, with the lengths of its copies; the whole copy is the longest.
  auto grown = db.run(
      "UPDATE capture SET length = ?6 WHERE target = ?1 AND archive = ?2 AND raw_timestamp = ?3 AND original = ?4"
      " AND digest = ?5 AND ?6 > coalesce(length, -1)",
      listing.target, listing.archive, capture.raw_timestamp, capture.original, capture.digest, capture.length);
  if (!grown) return tl::unexpected(std::move(grown.error()));
  // WARC files get moved and written anew: a record is where it was seen last.
  auto moved = db.run(
      "UPDATE capture SET file = ?6, file_offset = ?7 WHERE target = ?1 AND archive = ?2 AND raw_timestamp = ?3"
      " AND original = ?4 AND digest = ?5 AND ?6 <> '' AND (file <> ?6 OR file_offset <> ?7)",
      listing.target, listing.archive, capture.raw_timestamp, capture.original, capture.digest, capture.file,
      capture.offset);
  if (!moved) return tl::unexpected(std::move(moved.error()));
  return false;
}

}  // namespace

core::Result<std::size_t> Store::put_listing(const ListingRow& listing, const std::vector<core::Capture>& captures) {
  auto at = captures.begin();
  const std::function<std::optional<core::Capture>()> next = [&]() -> std::optional<core::Capture> {
    if (at == captures.end()) return {};
    return *at++;
  };
  return put_listing(listing, next);
}

core::Result<std::size_t> Store::put_listing(const ListingRow& listing,
                                             const std::function<std::optional<core::Capture>()>& next) {
  auto scope = Transaction::begin(impl_->db);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  if (auto done = put_query(impl_->db, listing); !done) return tl::unexpected(std::move(done.error()));
  std::size_t added = 0;
  while (const auto capture = next()) {
    const auto is_new = put_capture(impl_->db, listing, *capture);
    if (!is_new) return tl::unexpected(is_new.error());
    if (*is_new) ++added;
  }
  if (auto done = scope->commit(); !done) return tl::unexpected(std::move(done.error()));
  return added;
}

core::Result<std::vector<ListingRow>> Store::listings(Id target) {
  std::vector<Id> ids;
  auto found = impl_->db.rows(
      "SELECT target, archive, query, listed_at, complete, problem, pages, rows, url, since, id FROM listing"
      " WHERE target = ? ORDER BY listed_at, id",
      [&ids](Statement& row) {
        ListingRow listing;
        row.read(listing.target, listing.archive, listing.query, listing.listed_at, listing.complete, listing.problem,
                 listing.pages, listing.rows, listing.url, listing.since, ids.emplace_back());
        return listing;
      },
      target);
  if (!found) return found;
  for (std::size_t i = 0; i < found->size(); ++i) {
    auto& dropped = (*found)[i].dropped;
    const auto read = impl_->db.rows(
        "SELECT reason, rows FROM listing_dropped WHERE listing = ?",
        [&dropped](Statement& row) {
          std::string reason;
          std::size_t rows = 0;
          row.read(reason, rows);
          dropped.emplace(std::move(reason), rows);
          return 0;
        },
        ids[i]);
    if (!read) return tl::unexpected(read.error());
  }
  return found;
}

}  // namespace waydiff::storage
