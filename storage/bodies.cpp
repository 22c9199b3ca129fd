#include "core/digest.hpp"
#include "storage/body_codec.hpp"
#include "storage/store_impl.hpp"

namespace waydiff::storage {

core::Result<Id> Store::put_body(const PackedBody& body) {
  const auto known = impl_->db.value<Id>("SELECT id FROM body WHERE sha256 = ?", body.sha256);
  if (!known) return tl::unexpected(known.error());
  if (*known) return **known;
  return returned_id(impl_->db.value<Id>("INSERT INTO body (sha256, size, zstd) VALUES (?, ?, ?) RETURNING id",
                                         body.sha256, body.size, Blob{body.frame}),
                     impl_->db);
}

core::Result<Id> Store::put_body(std::string_view bytes) {
  return pack(bytes).and_then([&](const PackedBody& body) { return put_body(body); });
}

core::Result<std::string> Store::body(Id id) {
  std::string sha256;
  auto found = impl_->db.rows(
      "SELECT sha256, size, zstd FROM body WHERE id = ?",
      [&sha256](Statement& row) {
        std::size_t size = 0;
        row.read(sha256, size);
        return decompress(row.blob(2), size);
      },
      id);
  if (!found) return tl::unexpected(std::move(found.error()));
  if (found->empty()) return no_such(impl_->db, "body", id);
  auto& bytes = found->front();
  const std::string place = impl_->db.file() + ": body " + std::to_string(id) + " (" + sha256 + ")";
  if (!bytes) return core::fail(bytes.error().code, place + ": " + bytes.error().detail);
  if (core::sha256_hex(*bytes) != sha256) return core::fail(core::Errc::store_corrupt, place + ": other bytes");
  return std::move(*bytes);
}

}  // namespace waydiff::storage
