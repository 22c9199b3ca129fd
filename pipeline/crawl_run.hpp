#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/config.hpp"
#include "core/error.hpp"
#include "pipeline/allowance.hpp"
#include "pipeline/capture_batch.hpp"
#include "pipeline/crawl.hpp"
#include "pipeline/observer.hpp"
#include "pipeline/pool.hpp"
#include "pipeline/sources.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

/// A target being crawled.
struct Job {
  const config::TargetConfig* target = nullptr;
  storage::Id id = 0;
  std::vector<Source*> sources;                         ///< the archives it is looked for in, the preferred one first
  bool listed = false;                                  ///< enumerated in this run
  std::set<std::pair<storage::Id, std::string>> asked;  ///< archives and addresses whose listing was asked for
  std::vector<storage::Id> tried;                       ///< captures asked for in this run, each once
  std::optional<std::size_t> quota;  ///< calls it may still make before others have their turn; empty: any number
  bool waits = false;                ///< has more to ask for, once it has its turn again

  /// The preferred order of archives, as ids.
  [[nodiscard]] std::vector<storage::Id> archives() const;
};

/// What all coroutines of one crawl share: where they write, what they did, and what they may still ask for.
class CrawlRun {
 public:
  CrawlRun(boost::asio::io_context& io, storage::Store& store, Observer& observer, const CrawlOptions& options,
           std::vector<Source>& sources);

  boost::asio::io_context& io;
  storage::Store& store;
  Observer& observer;
  const CrawlOptions& options;
  CrawlSummary summary;
  std::optional<core::Error> store_error;
  CaptureBatch batch;
  Pool pool;  ///< reads bodies between the rounds of `changes`

  [[nodiscard]] std::chrono::sys_seconds now() const;

  /// The store's failures end the crawl; true when there was none.
  template <class T>
  bool stored(const core::Result<T>& result) {
    if (!result) fail(result.error());
    return result.has_value();
  }
  void fail(const core::Error& error);

  /// True when nothing more is to be done: a signal came, or the store failed.
  [[nodiscard]] bool ended() const { return store_error.has_value() || summary.interrupted; }

  /// True when a call to `source` for `job` may start. Every one that was allowed is followed by call_ended().
  [[nodiscard]] bool call_allowed(Job& job, const Source& source);
  /// True when another call may start that is made alone, before the targets' jobs.
  [[nodiscard]] bool call_allowed();
  /// Notes what the archive has come to say of its pace meanwhile. `which` pool: "index" or "playback".
  void call_ended(const Source& source, std::string_view which);
  /// Calls of the run still allowed, shared out among `jobs`; empty without a limit.
  [[nodiscard]] std::optional<std::size_t> quota_among(std::size_t jobs) const;
  [[nodiscard]] bool limited() const { return options.max_requests > 0 || options.max_minutes.count() > 0; }
  [[nodiscard]] bool limit_reached() const { return allowance_.refused(); }

  /// True when the archive asked to be left alone; notes it in the store.
  [[nodiscard]] bool stopped(const Source& source, const std::string& reason = {});

  /// A trouble of a target in an archive: counted, and told once.
  void trouble(const Job& job, const Source& source, const core::Error& error);
  void warn_once(const std::string& text);

  /// Requests sent by all archives over HTTP.
  [[nodiscard]] std::size_t sent() const;

  std::size_t fetches_planned = 0;  ///< of all targets, so far as they are known
  std::size_t fetches_ended = 0;
  void progress() { observer.progress("fetch", fetches_ended, fetches_planned); }

  TargetWork& work(const Job& job) { return summary.targets[job.id]; }

 private:
  [[nodiscard]] Allowance::Clock::time_point elapsed() const;

  std::vector<Source>& sources_;
  Allowance allowance_;
  std::vector<std::string> warned_;
  std::map<storage::Id, std::chrono::sys_seconds> paused_, stopped_;
};

}  // namespace waydiff::pipeline
