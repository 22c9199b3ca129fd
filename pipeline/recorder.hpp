#pragma once

#include <chrono>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "crawler/archive.hpp"
#include "pipeline/crawl_run.hpp"
#include "storage/plan_rows.hpp"
#include "storage/rows.hpp"

namespace waydiff::pipeline {

/// Notes what became of a target's captures that were asked for: in the ledger, in the run's counts, as events.
class Recorder {
 public:
  Recorder(CrawlRun& run, Job& job) : run_(run), job_(job) {}

  /// What there is of the target, before the next are asked for: its addresses, and what was offered earlier.
  void know(const storage::PlanRows& captures);

  /// `took`: from the request to its answer.
  void record(const Source& source, storage::CaptureRow row, core::Result<crawler::Playback> playback,
              std::chrono::milliseconds took);

  /// Enters captures that were given in place of others and that no index listed. False when the store failed.
  bool add_offers();

 private:
  CrawlRun& run_;
  Job& job_;
  std::set<std::string> own_keys_;  ///< sort keys of the captures' addresses
  std::vector<storage::PlanOffer> offers_made_;
  std::vector<std::pair<storage::Id, core::Capture>> offers_;  ///< to be entered
  std::set<std::pair<std::string, std::string>> moves_;        ///< sort keys of archived redirects, from and to

  void record_failure(const Source& source, storage::CaptureRow row, const core::Error& error);
  /// Decides on what the archive gives in place of `row`, and says why `row` itself is not given out.
  tl::unexpected<core::Error> refused_offer(const Source& source, storage::CaptureRow& row,
                                            const crawler::Offer& offer);
  /// The captures that judge_offer() looks at.
  core::Result<std::vector<storage::CaptureRow>> captures_near(const storage::CaptureRow& row,
                                                               const crawler::Offer& offer);
  /// What there is to say of an archived redirect.
  std::string remark(const storage::CaptureRow& row);
};

}  // namespace waydiff::pipeline
