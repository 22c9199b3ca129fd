#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

CaptureRow read_capture(Statement& row) {
  CaptureRow found;
  core::Capture& capture = found.capture;
  std::string outcome;
  std::optional<std::string> sha256;
  row.read(found.id, found.target, found.archive, capture.urlkey, capture.raw_timestamp, capture.timestamp,
           capture.original, capture.mime, capture.status, capture.digest, capture.length, capture.file, capture.offset,
           outcome, found.cause, found.attempts, found.retry_after, found.body, sha256, found.http_status,
           found.content_type, found.location, found.digest_check, found.offered);
  read_name(row, "outcome", outcome, found.outcome);
  found.body_sha256 = std::move(sha256).value_or("");
  return found;
}

}  // namespace

core::Result<std::vector<CaptureRow>> Store::captures(Id target) {
  return impl_->db.rows(
      "SELECT c.id, c.target, c.archive, c.urlkey, c.raw_timestamp, c.captured_at, c.original, c.mime, c.status,"
      " c.digest, c.length, c.file, c.file_offset, c.outcome, c.cause, c.attempts, c.retry_after, c.body, b.sha256,"
      " c.http_status, c.content_type, c.location, c.digest_check, c.offered"
      " FROM capture c LEFT JOIN body b ON b.id = c.body WHERE c.target = ?"
      " ORDER BY c.captured_at, c.original, c.digest, c.archive, c.raw_timestamp",
      read_capture, target);
}

core::Result<void> Store::update_capture(const CaptureRow& row) {
  auto done = impl_->db.run(
      "UPDATE capture SET outcome = ?, cause = ?, attempts = ?, retry_after = ?, body = ?, http_status = ?,"
      " content_type = ?, location = ?, digest_check = ?, offered = ? WHERE id = ?",
      name(row.outcome), row.cause, row.attempts, row.retry_after, row.body, row.http_status, row.content_type,
      row.location, row.digest_check, row.offered, row.id);
  if (!done) return done;
  return one_updated(impl_->db, "capture", row.id);
}

core::Result<Receipt> Store::receipt(Id target) {
  Receipt receipt;
  receipt.target = target;
  const auto counted = impl_->db.rows(
      "SELECT outcome, count(*) FROM capture WHERE target = ? GROUP BY outcome",
      [&receipt](Statement& row) {
        std::string text;
        std::size_t count = 0;
        row.read(text, count);
        Outcome outcome = Outcome::pending;
        read_name(row, "outcome", text, outcome);
        receipt.counts[outcome] = count;
        receipt.listed += count;
        return 0;
      },
      target);
  if (!counted) return tl::unexpected(counted.error());
  return receipt;
}

}  // namespace waydiff::storage
