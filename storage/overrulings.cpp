#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

core::Result<bool> take_back(Connection& db, const std::string& body_sha256, const std::string& page_url,
                             std::chrono::sys_seconds when) {
  auto done =
      db.run("UPDATE overruling SET taken_back_at = ? WHERE body_sha256 = ? AND page_url = ? AND taken_back_at IS NULL",
             when, body_sha256, page_url);
  if (!done) return tl::unexpected(std::move(done.error()));
  return db.changes() > 0;
}

}  // namespace

core::Result<void> Store::put_overruling(const OverrulingRow& overruling) {
  Connection& db = impl_->db;
  auto scope = Transaction::begin(db);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  const auto earlier = take_back(db, overruling.body_sha256, overruling.page_url, overruling.decided_at);
  if (!earlier) return tl::unexpected(earlier.error());
  auto done = db.run(
      "INSERT INTO overruling (body_sha256, page_url, verdict, reason, who, decided_at) VALUES (?, ?, ?, ?, ?, ?)",
      overruling.body_sha256, overruling.page_url, core::name(overruling.verdict), overruling.reason, overruling.who,
      overruling.decided_at);
  if (!done) return done;
  return scope->commit();
}

core::Result<bool> Store::take_back_overruling(const std::string& body_sha256, const std::string& page_url,
                                               std::chrono::sys_seconds when) {
  return take_back(impl_->db, body_sha256, page_url, when);
}

core::Result<std::vector<OverrulingRow>> Store::overrulings(Id target) {
  return impl_->db.rows(
      "SELECT id, body_sha256, page_url, verdict, reason, who, decided_at FROM overruling o"
      " WHERE taken_back_at IS NULL AND EXISTS (SELECT 1 FROM body b JOIN capture c ON c.body = b.id"
      " WHERE b.sha256 = o.body_sha256 AND c.original = o.page_url AND c.target = ?) ORDER BY decided_at, id",
      [](Statement& row) {
        OverrulingRow found;
        std::string verdict;
        row.read(found.id, found.body_sha256, found.page_url, verdict, found.reason, found.who, found.decided_at);
        read_name(row, "verdict", verdict, found.verdict);
        return found;
      },
      target);
}

}  // namespace waydiff::storage
