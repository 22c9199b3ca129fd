#pragma once

#include <vector>

#include "core/error.hpp"
#include "report/stated_dates.hpp"
#include "storage/store.hpp"

namespace waydiff::report {

/// All rows of the store that the report of one target is made of.
struct Dossier {
  storage::Target target;
  std::vector<storage::ArchiveRow> archives;
  std::vector<storage::CaptureRow> captures;
  std::vector<storage::ListingRow> listings;
  std::vector<storage::Extraction> extractions;
  std::vector<storage::TextRow> texts;  ///< without their documents
  storage::History history;
  storage::Receipt receipt;
  std::vector<storage::MissedCapture> missed;  ///< by time
  StatedDates dates;                           ///< of the texts of transitions
};

[[nodiscard]] core::Result<Dossier> read_dossier(storage::Store& store, const storage::Target& target,
                                                 const std::vector<storage::ArchiveRow>& archives);

}  // namespace waydiff::report
