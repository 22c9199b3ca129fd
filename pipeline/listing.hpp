#pragma once

#include <boost/asio/awaitable.hpp>

#include "pipeline/crawl_run.hpp"

namespace waydiff::pipeline {

/// Asks the target's archives for what is missing of the listings of its addresses (its own, those configured beside
/// it, those it moved to), and enters the captures. False when the target cannot go on in this run.
[[nodiscard]] boost::asio::awaitable<bool> enumerate(CrawlRun& run, Job& job);

}  // namespace waydiff::pipeline
