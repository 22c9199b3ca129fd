#include "pipeline/crawl.hpp"

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <deque>
#include <exception>

#include "core/archive_profile.hpp"
#include "core/url.hpp"
#include "pipeline/crawl_run.hpp"
#include "pipeline/discover.hpp"
#include "pipeline/fetching.hpp"
#include "pipeline/listing.hpp"
#include "pipeline/sources.hpp"

namespace waydiff::pipeline {
namespace {

namespace asio = boost::asio;

/// Enough that some fetch while others wait for the index, and few enough that their rows fit into memory.
constexpr std::size_t targets_at_once = 8;

/// The targets and who works on them.
class Jobs {
 public:
  explicit Jobs(CrawlRun& run) : run_(run) {}

  /// Two addresses of one document (http and https, with and without www) are one target, followed once.
  void add(const config::TargetConfig& target, storage::Id id, const std::vector<Source*>& sources) {
    for (Job& job : jobs_) {
      if (job.id != id) continue;
      for (Source* const source : sources) {
        if (std::find(job.sources.begin(), job.sources.end(), source) == job.sources.end())
          job.sources.push_back(source);
      }
      return;
    }
    Job& job = jobs_.emplace_back();
    job.target = &target;
    job.id = id;
    job.sources = sources;
    waiting_.push_back(&job);
  }

  /// Takes targets until there are none. Several of these run side by side.
  asio::awaitable<void> worker() {
    while (!waiting_.empty() && !run_.ended()) {
      Job& job = *waiting_.front();
      waiting_.pop_front();
      ++under_way_;
      job.waits = false;
      job.quota = run_.quota_among(waiting_.size() + under_way_);
      const bool goes_on = job.listed ? true : co_await enumerate(run_, job);
      if (goes_on && remind(job)) co_await fetch(run_, job);
      --under_way_;
      // What is left of a limited number of requests goes round until it is used up.
      if (job.waits && !run_.limit_reached()) {
        waiting_.push_back(&job);
      } else {
        ended(job);
      }
    }
  }

  [[nodiscard]] std::size_t count() const { return jobs_.size(); }

 private:
  /// Tells archives without playback what earlier runs listed: revisits have their payloads in other records.
  bool remind(const Job& job) {
    for (const Source* const source : job.sources) {
      const core::ArchiveProfile* const profile = core::find_profile(source->config.profile);
      if (profile == nullptr || profile->replay != core::ReplayPolicy::record) continue;
      const auto rows = run_.store.captures(job.id);
      if (!run_.stored(rows)) return false;
      for (const storage::CaptureRow& row : *rows) {
        if (row.archive == source->id) source->archive->remember(row.capture);
      }
    }
    return true;
  }

  void ended(const Job& job) {
    run_.observer.progress("target", ++ended_, jobs_.size());
    const auto receipt = run_.store.receipt(job.id);
    if (!run_.stored(receipt)) return;
    Fields fields = {{"target", job.target->url}, {"listed", static_cast<std::int64_t>(receipt->listed)}};
    for (const auto& [outcome, count] : receipt->counts) {
      fields.emplace_back(storage::name(outcome), static_cast<std::int64_t>(count));
    }
    run_.observer.event("target_done", fields);
  }

  CrawlRun& run_;
  std::deque<Job> jobs_;
  std::deque<Job*> waiting_;
  std::size_t under_way_ = 0;
  std::size_t ended_ = 0;
};

/// Enters the targets and the addresses configured beside theirs.
core::Result<void> enter(const std::vector<config::TargetConfig>& targets, storage::Store& store,
                         std::vector<Source>& sources, Jobs& jobs, std::chrono::sys_seconds now) {
  for (const config::TargetConfig& target : targets) {
    const auto id =
        store.put_target({0, target.url, core::url_key(target.url), target.site, target.kind, {}, target.language});
    if (!id) return tl::unexpected(id.error());
    for (const std::string& url : target.aliases) {
      storage::AliasRow alias;
      alias.target = *id;
      alias.url = url;
      alias.urlkey = core::url_key(url);
      alias.reason = storage::AliasReason::configured;
      alias.evidence = "stands in the configuration";
      alias.since = core::Timestamp::parse_from(target.from).value_or(core::Timestamp{});
      alias.found_at = now;
      if (const auto done = store.put_alias(alias); !done) return tl::unexpected(done.error());
    }
    std::vector<Source*> own;
    for (const std::string& name : target.archives) {
      const auto found = std::find_if(sources.begin(), sources.end(),
                                      [&](const Source& source) { return source.config.name == name; });
      if (found != sources.end()) own.push_back(&*found);
    }
    jobs.add(target, *id, own);
  }
  return {};
}

/// The targets, those without an address looked for first. Counts those that were not found as troubles.
core::Result<std::vector<config::TargetConfig>> found_targets(const config::Config& config, CrawlRun& run,
                                                              std::vector<Source>& sources) {
  DiscoverOptions looking;
  looking.relist = run.options.relist;
  looking.now = run.options.now;
  looking.may_ask = [&run] { return run.call_allowed(); };
  auto found = resolve_targets(run.io, config, sources, run.store, run.observer, looking);
  if (!found) return tl::unexpected(found.error());
  run.summary.troubles += found->unresolved;
  run.summary.interrupted = found->interrupted;
  if (found->not_before) run.summary.not_before = found->not_before;
  return std::move(found->targets);
}

}  // namespace

core::Result<CrawlSummary> crawl(const config::Config& config, storage::Store& store, Observer& observer,
                                 const CrawlOptions& options) {
  asio::io_context io;
  auto sources = open_sources(io, config, store, observer);
  if (!sources) return tl::unexpected(sources.error());

  CrawlRun run(io, store, observer, options, *sources);
  Jobs jobs(run);
  const auto targets = found_targets(config, run, *sources);
  if (!targets) return tl::unexpected(targets.error());
  const auto entered = store.transaction([&] { return enter(*targets, store, *sources, jobs, run.now()); });
  if (!entered) return tl::unexpected(entered.error());

  asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&](const boost::system::error_code& error, int) {
    if (error) return;
    run.summary.interrupted = true;
    for (Source& source : *sources) source.archive->stop();
  });
  const std::size_t started = std::min(targets_at_once, jobs.count());
  std::size_t workers = started;
  if (workers == 0) signals.cancel();
  std::exception_ptr failure;
  for (std::size_t n = 0; n < started; ++n) {
    asio::co_spawn(io, jobs.worker(), [&](const std::exception_ptr& error) {
      if (error) failure = error;
      if (--workers == 0) signals.cancel();
    });
  }
  io.run();
  if (failure) std::rethrow_exception(failure);
  run.summary.requests = run.sent();
  run.summary.limited = run.summary.limited || run.limit_reached();
  for (const Source& source : *sources) {
    if (!source.config.local() && !source.archive->not_before()) {
      if (const auto done = store.set_not_before(source.id, {}); !done) return tl::unexpected(done.error());
    }
  }
  if (run.store_error) return tl::unexpected(*run.store_error);
  return run.summary;
}

}  // namespace waydiff::pipeline
