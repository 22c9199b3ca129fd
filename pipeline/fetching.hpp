#pragma once

#include <boost/asio/awaitable.hpp>

#include "pipeline/crawl_run.hpp"

namespace waydiff::pipeline {

/// Chooses among a target's captures of all its archives as its plan says, and brings in what is missing: asks each
/// archive for its own, as many at once as it has connections, and shares bodies between equal captures. What turns
/// out to be withheld makes way for the next best, so the plan is made again until it stands; the plan `changes`
/// reads what came in between its rounds. Each capture is asked for once a run.
[[nodiscard]] boost::asio::awaitable<void> fetch(CrawlRun& run, Job& job);

}  // namespace waydiff::pipeline
