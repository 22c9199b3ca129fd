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
           found.content_type, found.location, found.digest_check, found.offered, found.cut_short);
  read_name(row, "outcome", outcome, found.outcome);
  found.body_sha256 = std::move(sha256).value_or("");
  return found;
}

constexpr std::string_view columns =
    "SELECT c.id, c.target, c.archive, c.urlkey, c.raw_timestamp, c.captured_at, c.original, c.mime, c.status,"
    " c.digest, c.length, c.file, c.file_offset, c.outcome, c.cause, c.attempts, c.retry_after, c.body, b.sha256,"
    " c.http_status, c.content_type, c.location, c.digest_check, c.offered, c.cut_short";
const std::string every_column = std::string(columns) + " FROM capture c LEFT JOIN body b ON b.id = c.body";
constexpr std::string_view in_time = " ORDER BY c.captured_at, c.original, c.digest, c.archive, c.raw_timestamp";

}  // namespace

core::Result<std::vector<CaptureRow>> Store::captures(Id target) {
  return impl_->db.rows(every_column + " WHERE c.target = ?" + std::string(in_time), read_capture, target);
}

core::Result<CaptureRow> Store::capture(Id id) {
  auto found = impl_->db.rows(every_column + " WHERE c.id = ?", read_capture, id);
  if (!found) return tl::unexpected(std::move(found.error()));
  if (found->empty()) return no_such(impl_->db, "capture", id);
  return std::move(found->front());
}

core::Result<std::vector<CaptureRow>> Store::captures_by_id(std::span<const Id> ids) {
  std::string list = "[";
  for (const Id id : ids) list += (list.size() > 1 ? "," : "") + std::to_string(id);
  auto found = impl_->db.rows(std::string(columns) +
                                  " FROM json_each(?) wanted JOIN capture c ON c.id = wanted.value"
                                  " LEFT JOIN body b ON b.id = c.body ORDER BY wanted.key",
                              read_capture, list + "]");
  if (!found) return tl::unexpected(std::move(found.error()));
  for (std::size_t at = 0; at < ids.size(); ++at) {
    if (at == found->size() || (*found)[at].id != ids[at]) return no_such(impl_->db, "capture", ids[at]);
  }
  return found;
}

core::Result<void> Store::each_capture(Id target, const std::function<void(CaptureRow)>& look) {
  const auto read = impl_->db.rows(
      every_column + " WHERE c.target = ?" + std::string(in_time),
      [&look](Statement& row) {
        look(read_capture(row));
        return true;
      },
      target);
  if (!read) return tl::unexpected(read.error());
  return {};
}

core::Result<std::vector<CaptureRow>> Store::captures_at(Id target, Id archive, std::string_view raw_timestamp) {
  return impl_->db.rows(every_column + " WHERE c.target = ? AND c.archive = ? AND c.raw_timestamp = ?", read_capture,
                        target, archive, raw_timestamp);
}

core::Result<std::optional<core::Timestamp>> Store::newest_capture(Id target, Id archive, std::string_view urlkey) {
  return impl_->db.value<core::Timestamp>(
      "SELECT captured_at FROM capture WHERE target = ? AND archive = ? AND urlkey = ?"
      " ORDER BY captured_at DESC LIMIT 1",
      target, archive, urlkey);
}

core::Result<std::size_t> Store::count_captures(Id target, Id archive, std::string_view urlkey, core::Timestamp since) {
  const auto count = impl_->db.value<std::size_t>(
      "SELECT count(*) FROM capture WHERE target = ? AND archive = ? AND urlkey = ? AND captured_at >= ?", target,
      archive, urlkey, since);
  if (!count) return tl::unexpected(count.error());
  return count->value_or(0);
}

core::Result<std::vector<std::string>> Store::offers(Id target) {
  return impl_->db.rows(
      "SELECT DISTINCT offered FROM capture WHERE target = ? AND offered <> '' ORDER BY offered",
      [](Statement& row) {
        std::string offered;
        row.read(offered);
        return offered;
      },
      target);
}

core::Result<void> Store::set_outcome(Id capture, Outcome outcome) {
  auto done = impl_->db.run("UPDATE capture SET outcome = ? WHERE id = ?", name(outcome), capture);
  if (!done) return done;
  return one_updated(impl_->db, "capture", capture);
}

core::Result<void> Store::update_capture(const CaptureRow& row) {
  auto done = impl_->db.run(
      "UPDATE capture SET outcome = ?, cause = ?, attempts = ?, retry_after = ?, body = ?, http_status = ?,"
      " content_type = ?, location = ?, digest_check = ?, offered = ?, cut_short = ? WHERE id = ?",
      name(row.outcome), row.cause, row.attempts, row.retry_after, row.body, row.http_status, row.content_type,
      row.location, row.digest_check, row.offered, row.cut_short, row.id);
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
