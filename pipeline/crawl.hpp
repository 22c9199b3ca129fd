#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "config/config.hpp"
#include "core/error.hpp"
#include "pipeline/observer.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

struct CrawlOptions {
  bool relist = false;  ///< ask the index for everything again, even if the last complete listing is young
  std::function<std::chrono::sys_seconds()> now{};                 ///< the clock; empty: the system's
  std::size_t max_requests = 0;                                    ///< to archives over HTTP; 0: no limit
  std::chrono::minutes max_minutes{0};                             ///< no call is begun later; 0: no limit
  std::function<std::chrono::steady_clock::time_point()> timer{};  ///< measures max_minutes; empty: the system's
  int threads = 0;  ///< that read bodies for `changes`; 0: as many as the machine has cores
};

/// What a crawl did for one target.
struct TargetWork {
  std::size_t requests = 0;  ///< answers of indexes and captures asked for over HTTP; attempts in vain are not counted
  std::size_t listed = 0;    ///< rows the store did not know
  std::size_t fetched = 0;   ///< bodies asked for and stored
  std::size_t shared = 0;    ///< captures that took over the body of an equal one
  std::size_t failed = 0;    ///< asked for in vain
};

/// What a crawl did. The store holds the details.
struct CrawlSummary {
  std::size_t listed = 0;        ///< index queries that were answered
  std::size_t fresh = 0;         ///< addresses whose listings were young enough to be left alone
  std::size_t new_captures = 0;  ///< rows the store did not know
  std::size_t fetched = 0;       ///< bodies asked for and stored in this crawl
  std::size_t shared = 0;        ///< captures that took over the body of an equal one
  std::size_t failed = 0;        ///< asked for in vain
  std::size_t requests = 0;      ///< sent to archives over HTTP, retries included
  std::size_t troubles = 0;      ///< incomplete listings and unreadable inputs
  bool interrupted = false;
  bool limited = false;  ///< something was left for the next run because of max_requests or max_minutes
  std::optional<std::chrono::sys_seconds> not_before;  ///< an archive asked us to stop; the latest of their times
  std::map<storage::Id, TargetWork> targets;           ///< the same by target
};

/// Enumerates and fetches for every target of the configuration: lists, enters the targets and captures, chooses,
/// fetches what is missing. Finished captures are committed at the latest after 100 ms, so that a kill loses only what
/// is under way and the last few. SIGINT and SIGTERM end it early and cleanly. Fails only when the store does.
[[nodiscard]] core::Result<CrawlSummary> crawl(const config::Config& config, storage::Store& store, Observer& observer,
                                               const CrawlOptions& options = {});

}  // namespace waydiff::pipeline
