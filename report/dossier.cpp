#include "report/dossier.hpp"

#include <utility>

#include "extract/extract.hpp"

namespace waydiff::report {

core::Result<Dossier> read_dossier(storage::Store& store, const storage::Target& target,
                                   const std::vector<storage::ArchiveRow>& archives) {
  Dossier out;
  out.target = target;
  out.archives = archives;

  auto captures = store.captures(target.id);
  if (!captures) return tl::unexpected(captures.error());
  out.captures = std::move(*captures);

  auto listings = store.listings(target.id);
  if (!listings) return tl::unexpected(listings.error());
  out.listings = std::move(*listings);

  // A store that a newer program opened but has not processed again still holds what the older extractor made.
  for (int generation = extract::generation; generation > 0 && out.extractions.empty(); --generation) {
    auto extractions = store.extractions(target.id, generation);
    if (!extractions) return tl::unexpected(extractions.error());
    out.extractions = std::move(*extractions);
  }

  auto texts = store.text_heads(target.id);
  if (!texts) return tl::unexpected(texts.error());
  out.texts = std::move(*texts);

  auto history = store.history(target.id);
  if (!history) return tl::unexpected(history.error());
  out.history = std::move(*history);

  auto receipt = store.receipt(target.id);
  if (!receipt) return tl::unexpected(receipt.error());
  out.receipt = std::move(*receipt);

  auto missed = store.missed_captures(target.id);
  if (!missed) return tl::unexpected(missed.error());
  out.missed = std::move(*missed);

  auto dates = read_stated_dates(store, out.history.transitions);
  if (!dates) return tl::unexpected(dates.error());
  out.dates = std::move(*dates);
  return out;
}

}  // namespace waydiff::report
