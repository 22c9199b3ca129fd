#include "pipeline/crawl_run.hpp"

#include <algorithm>

#include "core/timestamp.hpp"

namespace waydiff::pipeline {
namespace {

using core::Errc;

std::string shown(std::chrono::sys_seconds time) {
  return core::Timestamp(time).iso();
}

}  // namespace

std::vector<storage::Id> Job::archives() const {
  std::vector<storage::Id> out;
  for (const Source* source : sources) out.push_back(source->id);
  return out;
}

CrawlRun::CrawlRun(boost::asio::io_context& context, storage::Store& into, Observer& listener, const CrawlOptions& how,
                   std::vector<Source>& sources)
    : io(context),
      store(into),
      observer(listener),
      options(how),
      batch(context, into, [this](const core::Error& error) { fail(error); }),
      pool(how.threads),
      sources_(sources),
      allowance_(how.max_requests, how.max_minutes, how.timer ? how.timer() : Allowance::Clock::now()) {}

bool CrawlRun::call_allowed() {
  const bool may = allowance_.take(sent(), elapsed());
  if (may) allowance_.ended();
  return may;
}

Allowance::Clock::time_point CrawlRun::elapsed() const {
  return options.timer ? options.timer() : Allowance::Clock::now();
}

std::chrono::sys_seconds CrawlRun::now() const {
  return options.now ? options.now() : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

void CrawlRun::fail(const core::Error& error) {
  if (!store_error) store_error = error;
}

bool CrawlRun::call_allowed(Job& job, const Source& source) {
  if (source.config.local()) return true;
  if (job.quota == std::size_t{0} && allowance_.left(sent()) > 0) {
    job.waits = true;
    return false;
  }
  if (!allowance_.take(sent(), elapsed())) return false;
  if (job.quota && *job.quota > 0) --*job.quota;
  return true;
}

void CrawlRun::call_ended(const Source& source, std::string_view which) {
  if (source.config.local()) return;
  allowance_.ended();
  const crawler::Pace pace = source.archive->pace();
  auto& last = paused_[source.id];
  if (!pace.held_until || *pace.held_until <= last) return;
  last = *pace.held_until;
  observer.event("paused", {{"archive", source.config.name},
                            {"pool", std::string(which)},
                            {"until", shown(last)},
                            {"reason", std::string("the archive asked for a pause, or does not answer")}});
  observer.event("pace", {{"archive", source.config.name},
                          {"index_per_minute", pace.index_per_minute},
                          {"playback_per_minute", pace.playback_per_minute}});
}

std::optional<std::size_t> CrawlRun::quota_among(std::size_t jobs) const {
  if (!allowance_.counts()) return {};
  const std::size_t left = allowance_.left(sent());
  return (left + jobs - 1) / std::max<std::size_t>(jobs, 1);
}

bool CrawlRun::stopped(const Source& source, const std::string& reason) {
  const auto until = source.archive->not_before();
  if (!until) return false;
  auto& last = stopped_[source.id];
  if (last == *until) return true;
  last = *until;
  if (!summary.not_before || *summary.not_before < *until) summary.not_before = until;
  stored(store.set_not_before(source.id, until));
  const std::string why = reason.empty() ? "it asked for that in an earlier run" : reason;
  observer.event("stopped", {{"archive", source.config.name}, {"until", shown(*until)}, {"reason", why}});
  return true;
}

void CrawlRun::trouble(const Job& job, const Source& source, const core::Error& error) {
  if (error.code == Errc::interrupted) {
    summary.interrupted = true;
    return;
  }
  if (stopped(source, error.detail)) return warn_once(error.detail);  // the same for all targets
  ++summary.troubles;
  warn_once(job.target->url + ": " + error.detail);
}

void CrawlRun::warn_once(const std::string& text) {
  if (std::find(warned_.begin(), warned_.end(), text) != warned_.end()) return;
  warned_.push_back(text);
  ++summary.troubles;
  observer.warning(text);
}

std::size_t CrawlRun::sent() const {
  std::size_t out = 0;
  for (const Source& source : sources_) out += source.archive->requests();
  return out;
}

}  // namespace waydiff::pipeline
