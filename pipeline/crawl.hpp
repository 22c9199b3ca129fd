#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "config/config.hpp"
#include "core/error.hpp"
#include "pipeline/observer.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

struct CrawlOptions {
  bool relist = false;  ///< ask the index again even if the last complete listing is young
  std::function<std::chrono::sys_seconds()> now;  ///< the clock; empty: the system's
};

/// What a crawl did. The store holds the details.
struct CrawlSummary {
  std::size_t listed = 0;        ///< index queries that were answered
  std::size_t fresh = 0;         ///< listings young enough to be left alone
  std::size_t new_captures = 0;  ///< rows the store did not know
  std::size_t fetched = 0;       ///< bodies asked for and stored in this crawl
  std::size_t shared = 0;        ///< captures that took over the body of an equal one
  std::size_t failed = 0;        ///< asked for in vain
  std::size_t requests = 0;      ///< sent to archives over HTTP
  std::size_t troubles = 0;      ///< incomplete listings and unreadable inputs
  bool interrupted = false;
  std::optional<std::chrono::sys_seconds> not_before;  ///< an archive asked us to stop; the latest of their times
};

/// Enumerates and fetches for every target of the configuration: lists, enters the targets and captures, chooses,
/// fetches what is missing. Each finished capture is committed at once, so that a kill loses only what is under way.
/// SIGINT and SIGTERM end it early and cleanly. Fails only when the store does.
[[nodiscard]] core::Result<CrawlSummary> crawl(const config::Config& config, storage::Store& store, Observer& observer,
                                               const CrawlOptions& options = {});

}  // namespace waydiff::pipeline
