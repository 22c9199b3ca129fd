#include "cli/snapshots.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "report/report.hpp"

namespace waydiff::cli {

core::Result<Snapshots> Snapshots::of(storage::Store& store, const storage::Target& target) {
  Snapshots out;
  const auto archives = store.archives();
  if (!archives) return tl::unexpected(archives.error());
  for (const storage::ArchiveRow& archive : *archives) out.archives_[archive.id] = archive;
  auto captures = store.captures(target.id);
  if (!captures) return tl::unexpected(captures.error());
  for (storage::CaptureRow& capture : *captures) out.captures_.emplace(capture.id, std::move(capture));
  auto missed = store.missed_captures(target.id);
  if (!missed) return tl::unexpected(missed.error());
  out.missed_ = std::move(*missed);
  return out;
}

void Snapshots::take_for_missed(const storage::History& former, const storage::History& present) {
  std::set<storage::Id> shown;
  std::set<core::Timestamp> times;
  for (const storage::Placement& placement : former.placements) {
    shown.insert(placement.capture);
    times.insert(time(placement.capture));
  }
  std::erase_if(missed_, [&times](const auto& missed) { return times.contains(missed.time); });
  for (const storage::Placement& placement : present.placements) {
    if (!shown.contains(placement.capture)) missed_.push_back({time(placement.capture), "later"});
  }
  std::stable_sort(missed_.begin(), missed_.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
}

std::string Snapshots::address(storage::Id capture) const {
  const storage::CaptureRow& row = captures_.at(capture);
  return report::snapshot_address(archives_.at(row.archive), row);
}

}  // namespace waydiff::cli
