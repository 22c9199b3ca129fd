#include "storage/store_impl.hpp"

namespace waydiff::storage {

core::Result<std::vector<MissedCapture>> Store::missed_captures(Id target, core::Timestamp after,
                                                                core::Timestamp before) {
  // The view knows why a page is not fit to compare; the ids keep it from reading the whole ledger.
  return impl_->db.rows(
      "SELECT captured_at, CASE WHEN outcome NOT IN ('fetched', 'duplicate', 'revisit') THEN outcome"
      " WHEN coalesce(verdict, 'good') = 'good' THEN 'unprocessed' ELSE verdict END FROM captures"
      " WHERE capture IN (SELECT id FROM capture WHERE target = ?1 AND captured_at > ?2 AND captured_at < ?3)"
      " AND state IS NULL ORDER BY captured_at, capture",
      [](Statement& row) {
        MissedCapture missed;
        row.read(missed.time, missed.reason);
        return missed;
      },
      target, after, before);
}

core::Result<std::vector<MissedCapture>> Store::missed_captures(Id target) {
  const auto first = core::Timestamp::parse_from("0001"), last = core::Timestamp::parse_to("9999");
  if (!first) return tl::unexpected(first.error());
  if (!last) return tl::unexpected(last.error());
  return missed_captures(target, *first, *last);
}

}  // namespace waydiff::storage
