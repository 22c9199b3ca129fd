#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "crawler/archive.hpp"
#include "pipeline/observer.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

/// A configured archive, open, with its row in the store.
struct Source {
  config::ArchiveConfig config;
  storage::Id id = 0;
  std::unique_ptr<crawler::Archive> archive;
};

/// Opens every archive that a target of the configuration uses and enters it in the store; pauses that an archive asked
/// for in an earlier run are kept.
[[nodiscard]] core::Result<std::vector<Source>> open_sources(boost::asio::io_context& io, const config::Config& config,
                                                             storage::Store& store, Observer& observer);

}  // namespace waydiff::pipeline
