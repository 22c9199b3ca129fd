#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/timestamp.hpp"
#include "report/interval.hpp"
#include "storage/store.hpp"

namespace waydiff::cli {

/// When a target's captures were made, and where people can look at them.
class Snapshots {
 public:
  [[nodiscard]] static core::Result<Snapshots> of(storage::Store& store, const storage::Target& target);

  /// From now on, captures that this history does not show are the missed ones; those that the present one shows are
  /// called "later": fetched later, or not fit to compare then.
  void take_for_missed(const storage::History& former, const storage::History& present);

  [[nodiscard]] std::string address(storage::Id capture) const;
  [[nodiscard]] core::Timestamp time(storage::Id capture) const { return captures_.at(capture).capture.timestamp; }
  /// What might have narrowed an interval between two moments, and did not.
  [[nodiscard]] report::MissedCounts missed(core::Timestamp after, core::Timestamp before) const {
    return report::missed_between(missed_, after, before);
  }

 private:
  std::map<storage::Id, storage::ArchiveRow> archives_;
  std::map<storage::Id, storage::CaptureRow> captures_;
  std::vector<storage::MissedCapture> missed_;  ///< by time
};

}  // namespace waydiff::cli
