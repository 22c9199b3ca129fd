#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "pipeline/extraction.hpp"
#include "pipeline/observer.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

struct ProcessOptions {
  bool all = false;                    ///< extract and compare again, even what is up to date
  int threads = 0;                     ///< of the pool; 0: as many as the machine has cores
  std::vector<storage::Id> targets{};  ///< these alone; empty: all
};

/// What this program makes.
[[nodiscard]] storage::Generation present_generation() noexcept;

/// What processing did.
struct ProcessSummary {
  std::size_t extracted = 0;   ///< bodies turned into texts
  std::size_t compared = 0;    ///< pairs of texts compared
  std::size_t histories = 0;   ///< targets whose history was written anew
  std::size_t unreadable = 0;  ///< bodies that are no page of text
  std::size_t former = 0;      ///< histories that an earlier generation had made, which are kept
  bool interrupted = false;
};

/// Extracts the bodies that have no text of this generation and brings every target's history up to date. Pure work
/// runs in a pool; this thread alone writes. Ends early and cleanly once SIGINT or SIGTERM came (see interrupted).
[[nodiscard]] core::Result<ProcessSummary> process(storage::Store& store, Observer& observer,
                                                   const ProcessOptions& options = {});

}  // namespace waydiff::pipeline
