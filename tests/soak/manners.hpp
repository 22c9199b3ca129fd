#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "support/fake_archive.hpp"

namespace waydiff::soak {

using Moment = std::chrono::steady_clock::time_point;

/// What a run was allowed, and what befell it.
struct Allowance {
  int index_per_minute = 0;
  int playback_per_minute = 0;
  int connections = 0;
  std::chrono::seconds pause{1};  ///< least pause after a 429
  std::vector<Moment> kills;
  /// Runs whose disk was full from some moment on: what came after it is lost, and the run ends.
  struct FullDisk {
    Moment from, to;
  };
  std::vector<FullDisk> full_disks;
  /// From the end of a run that stopped until the time that it named: nothing may be sent.
  struct Silence {
    Moment from, to;
  };
  std::vector<Silence> silences;
};

/// Where an archive's log shows a request over budget, one during a pause that was announced, or a body asked for
/// again although it had been given out. A kill excuses what was under way: answers that nobody could store, and a 429
/// that nobody could read. One line each; empty is good.
[[nodiscard]] std::vector<std::string> offences(const std::vector<test::SeenRequest>& log, const Allowance& allowance);

/// Bodies that were asked for again because a kill came before they were stored.
[[nodiscard]] std::size_t excused_repetitions(const std::vector<test::SeenRequest>& log);

}  // namespace waydiff::soak
