#include "storage/store_impl.hpp"

namespace waydiff::storage {

core::Result<std::vector<Disagreement>> Store::disagreements(Id target) {
  // Most stores have one archive, and the view joins captures with their neighbours.
  const auto archives = impl_->db.value<std::int64_t>("SELECT count(*) FROM archive");
  if (!archives) return tl::unexpected(archives.error());
  if (archives->value_or(0) < 2) return std::vector<Disagreement>{};
  return impl_->db.rows(
      "SELECT min(one_at), one_archive, one_state, other_at, other_archive, other_state FROM disagreements"
      " WHERE (site, kind, url) = (SELECT site, kind, url FROM target WHERE id = ?)"
      " GROUP BY one_archive, other_archive, one_state, other_state ORDER BY 1, other_at, one_archive, other_archive",
      [](Statement& row) {
        Disagreement found;
        row.read(found.one_at, found.one_archive, found.one_state, found.other_at, found.other_archive,
                 found.other_state);
        return found;
      },
      target);
}

}  // namespace waydiff::storage
