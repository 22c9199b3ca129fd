#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "core/error.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

/// Requests a run would send, retries aside.
struct Requests {
  std::size_t index_least = 0, index_most = 0;
  std::size_t playback_least = 0, playback_most = 0;
  std::size_t unknown = 0;   ///< addresses never listed: what they hold comes on top
  std::size_t relisted = 0;  ///< addresses to be listed again: new captures come on top
  Requests& operator+=(const Requests& more);
};

struct ArchiveEstimate {
  config::ArchiveConfig archive;
  Requests requests;
  std::optional<std::chrono::sys_seconds> not_before;  ///< it wants to be left alone until then
  /// How long that takes at the configured rates: listing beside fetching at best, one after the other at worst.
  [[nodiscard]] double least_minutes() const;
  [[nodiscard]] double most_minutes() const;
};

struct TargetEstimate {
  std::string site, kind, url;  ///< `url` may be empty: to be found first
  std::string archive;
  Requests requests;
};

struct Estimate {
  std::vector<ArchiveEstimate> archives;  ///< those that targets use, in the order of the configuration
  std::vector<TargetEstimate> targets;    ///< a line for each archive of each target
};

/// What crawling the configuration would ask for, by what the store (null: there is none yet) knows. Sends nothing,
/// writes nothing. Exact for what is listed: the most is asked for when whatever may fail to be shared does.
[[nodiscard]] core::Result<Estimate> estimate(const config::Config& config, storage::Store* store, bool relist,
                                              std::chrono::sys_seconds now);

/// For people; a line for each target too when `by_target`.
[[nodiscard]] std::string estimate_text(const Estimate& estimate, bool by_target);
[[nodiscard]] std::string estimate_json(const Estimate& estimate);  ///< one object

}  // namespace waydiff::pipeline
