#include "pipeline/crawl.hpp"

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <exception>
#include <set>

#include "core/url.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/sources.hpp"

namespace waydiff::pipeline {
namespace {

namespace asio = boost::asio;
using core::Errc;
using storage::CaptureRow;
using storage::Outcome;

constexpr int targets_at_once = 4;

/// A target being crawled in one archive.
struct Job {
  const config::TargetConfig* target;
  Source* source;
  storage::Id target_id;
};

bool is_stop(Errc code) { return code == Errc::rate_limited || code == Errc::refused || code == Errc::interrupted; }

class Crawl {
 public:
  Crawl(asio::io_context& io, storage::Store& store, Observer& observer, const CrawlOptions& options)
      : io_(io), store_(store), observer_(observer), options_(options) {}

  void stop() {
    summary.interrupted = true;
    for (const Job& job : jobs) job.source->archive->stop();
  }

  /// Takes jobs until there are none. Several of these run side by side.
  asio::awaitable<void> worker() {
    while (next_ < jobs.size() && !ended()) {
      const Job job = jobs[next_++];
      co_await follow(job);
      observer_.progress("target", ++finished_, jobs.size());
    }
  }

  std::vector<Job> jobs;
  CrawlSummary summary;
  std::optional<core::Error> store_error;

 private:
  [[nodiscard]] std::chrono::sys_seconds now() const {
    return options_.now ? options_.now() : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }

  /// The store's failures end the crawl; true when there was none.
  template <class T>
  bool stored(const core::Result<T>& result) {
    if (result) return true;
    if (!store_error) store_error = result.error();
    return false;
  }

  asio::awaitable<void> follow(Job job) {
    if (!co_await enumerate(job)) co_return;
    std::set<storage::Id> tried;
    // What turns out to be withheld makes way for the next best capture, so the plan is made until it stands.
    for (bool again = true; again;) {
      // Another job of the same target may have finished in the meantime: captures are read only now.
      auto rows = captures(job);
      if (!rows) co_return;
      again = co_await carry_out(job, *rows, tried);
    }
  }

  /// Brings the chosen captures in, as far as possible. True when some of them turned out to be withheld.
  asio::awaitable<bool> carry_out(const Job& job, std::vector<CaptureRow>& rows, std::set<storage::Id>& tried) {
    std::vector<bool> asked(rows.size(), false);
    for (std::size_t at = 0; at < rows.size(); ++at) asked[at] = tried.contains(rows[at].id);
    const auto withheld = [&] {
      return std::count_if(rows.begin(), rows.end(), [](const CaptureRow& row) {
        return row.outcome == Outcome::unplayable || row.outcome == Outcome::excluded;
      });
    };
    const auto withheld_before = withheld();
    while (!ended()) {
      const std::vector<Step> steps = next_steps(rows, asked);
      if (steps.empty()) break;
      std::vector<std::size_t> fetches;
      for (const Step& step : steps) {
        if (step.kind == Step::Kind::share) share(rows[step.row], rows[step.from]);
        if (step.kind == Step::Kind::fetch) fetches.push_back(step.row);
      }
      if (fetches.empty()) continue;
      if (stopped(job)) {
        note_stop(job);
        co_return false;
      }
      co_await fetch_all(job, rows, asked, fetches);
    }
    for (std::size_t at = 0; at < rows.size(); ++at) {
      if (asked[at]) tried.insert(rows[at].id);
    }
    co_return !ended() && withheld() > withheld_before;
  }

  [[nodiscard]] bool ended() const { return store_error.has_value() || summary.interrupted; }
  [[nodiscard]] static bool stopped(const Job& job) { return job.source->archive->not_before().has_value(); }

  /// Lists the target in the archive unless that was done lately. False when the target cannot go on.
  asio::awaitable<bool> enumerate(Job job) {
    const std::string query = job.target->url + " " + job.target->from + "-" + job.target->to;
    if (!options_.relist && !job.source->config.local()) {
      const auto listings = store_.listings(job.target_id);
      if (!stored(listings)) co_return false;
      const auto young = now() - std::chrono::hours(job.source->config.relist_hours);
      const bool fresh = std::any_of(listings->begin(), listings->end(), [&](const storage::ListingRow& row) {
        return row.archive == job.source->id && row.complete && row.query == query && row.listed_at > young;
      });
      if (fresh) {
        ++summary.fresh;
        co_return true;
      }
    }
    crawler::ListQuery list_query;
    list_query.url = job.target->url;
    list_query.from = job.target->from;
    list_query.to = job.target->to;
    auto listing = co_await job.source->archive->list(std::move(list_query));
    storage::ListingRow row;
    row.target = job.target_id;
    row.archive = job.source->id;
    row.query = query;
    row.listed_at = now();
    if (!listing) {
      if (listing.error().code != Errc::excluded) {
        trouble(job, listing.error());
        co_return !is_stop(listing.error().code);
      }
      // An owner's wish, not a trouble of ours: the listing is whole, and it is empty.
      observer_.warning(job.target->url + ": " + listing.error().detail);
      listing = crawler::Listing{};
      listing->complete = true;
      row.problem = "excluded by the archive";
    }
    ++summary.listed;
    row.complete = listing->complete;
    if (listing->problem) row.problem = listing->problem->detail;
    row.pages = listing->pages;
    row.rows = listing->rows;
    row.dropped = listing->dropped;
    for (const std::string& warning : listing->warnings) warn_once(warning);
    if (!listing->complete) trouble(job, listing->problem.value_or(core::Error{Errc::bad_cdx, "the listing is incomplete"}));
    const auto added = store_.put_listing(row, listing->captures);
    if (!stored(added)) co_return false;
    summary.new_captures += *added;
    co_return true;
  }

  /// The job's captures in this archive, those that the plan asks for made pending.
  std::optional<std::vector<CaptureRow>> captures(const Job& job) {
    auto all = store_.captures(job.target_id);
    if (!stored(all)) return {};
    std::vector<CaptureRow> rows;
    for (CaptureRow& row : *all) {
      if (row.archive == job.source->id) rows.push_back(std::move(row));
    }
    const auto origin = core::Timestamp::parse_from(job.target->from);
    const std::vector<bool> chosen = choose(rows, job.target->every, origin.value_or(core::Timestamp{}));
    const auto made = store_.transaction([&]() -> core::Result<void> {
      for (std::size_t at = 0; at < rows.size(); ++at) {
        const bool lapsed = (rows[at].outcome == Outcome::unplayable || rows[at].outcome == Outcome::excluded) &&
                            !is_final(rows[at], now());
        const Outcome before = rows[at].outcome;
        if (chosen[at] && (before == Outcome::unselected || lapsed)) rows[at].outcome = Outcome::pending;
        if (!chosen[at] && (before == Outcome::pending || before == Outcome::failed)) {
          rows[at].outcome = Outcome::unselected;
        }
        if (rows[at].outcome == before) continue;
        if (const auto done = store_.update_capture(rows[at]); !done) return done;
      }
      return {};
    });
    if (!stored(made)) return {};
    return rows;
  }

  /// Asks for all `wanted` rows, as many at once as the archive has connections.
  asio::awaitable<void> fetch_all(const Job& job, std::vector<CaptureRow>& rows, std::vector<bool>& tried,
                                  const std::vector<std::size_t>& wanted) {
    std::size_t next = 0;
    int running = job.source->config.local() ? 1 : job.source->config.connections;
    running = std::min(running, static_cast<int>(wanted.size()));
    asio::steady_timer all_done(io_, asio::steady_timer::time_point::max());
    const int workers = running;
    for (int n = 0; n < workers; ++n) {
      asio::co_spawn(io_, fetch_some(job, rows, tried, wanted, next, running, all_done), asio::detached);
    }
    while (running > 0) {
      boost::system::error_code ignored;
      co_await all_done.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
  }

  asio::awaitable<void> fetch_some(const Job& job, std::vector<CaptureRow>& rows, std::vector<bool>& tried,
                                   const std::vector<std::size_t>& wanted, std::size_t& next, int& running,
                                   asio::steady_timer& all_done) {
    while (next < wanted.size() && !ended() && !stopped(job)) {
      // A local archive answers without waiting: let signals and the other targets have their turn.
      co_await asio::post(io_, asio::use_awaitable);
      if (next >= wanted.size()) break;
      const std::size_t at = wanted[next++];
      tried[at] = true;
      auto playback = co_await job.source->archive->play(rows[at].capture);
      record(job, rows[at], std::move(playback));
      observer_.progress("fetch", summary.fetched + summary.shared, 0);
    }
    if (--running == 0) all_done.cancel();
  }

  void record(const Job& job, CaptureRow& row, core::Result<crawler::Playback> playback) {
    if (playback && playback->offered) {
      row.offered = playback->offered->raw_timestamp + " " + playback->offered->original;
      playback = core::fail(Errc::unplayable, "the archive does not give it out; it offers " + row.offered);
    }
    if (!playback) {
      const core::Error& error = playback.error();
      if (is_stop(error.code)) {
        trouble(job, error);
        return;  // not the capture's fault: it stays pending
      }
      ++row.attempts;
      row.cause = error.detail;
      row.outcome = error.code == Errc::unplayable ? Outcome::unplayable
                    : error.code == Errc::excluded ? Outcome::excluded
                                                   : Outcome::failed;
      if (row.outcome != Outcome::failed) row.retry_after = ask_again(row.attempts, now());
      if (row.outcome == Outcome::failed) {
        row.cause = std::string(core::name(error.code)) + ": " + row.cause;
        ++summary.failed;
        observer_.warning(row.capture.original + " " + row.capture.raw_timestamp + ": " + row.cause);
      }
      stored(store_.update_capture(row));
      return;
    }
    ++row.attempts;
    row.outcome = playback->from_revisit || row.capture.is_revisit() ? Outcome::revisit : Outcome::fetched;
    row.http_status = playback->status;
    row.content_type = playback->content_type;
    row.location = playback->location;
    row.digest_check = playback->digest_check == crawler::DigestCheck::none
                           ? std::string()
                           : std::string(crawler::name(playback->digest_check));
    row.retry_after.reset();
    row.cause.clear();
    for (const std::string& note : playback->notes) row.cause += (row.cause.empty() ? "" : "; ") + note;
    const auto done = store_.transaction([&]() -> core::Result<void> {
      const auto body = store_.put_body(playback->body);
      if (!body) return tl::unexpected(body.error());
      row.body = *body;
      return store_.update_capture(row);
    });
    if (stored(done)) ++summary.fetched;
  }

  /// Gives `row` the body of an equal capture.
  void share(CaptureRow& row, const CaptureRow& from) {
    row.outcome = row.capture.is_revisit() ? Outcome::revisit : Outcome::duplicate;
    row.body = from.body;
    row.http_status = from.http_status;
    row.content_type = from.content_type;
    row.location = from.location;
    row.digest_check = from.digest_check;
    row.cause.clear();
    row.retry_after.reset();
    if (stored(store_.update_capture(row))) ++summary.shared;
  }

  void trouble(const Job& job, const core::Error& error) {
    if (error.code == Errc::interrupted) {
      summary.interrupted = true;
      return;
    }
    if (stopped(job)) {
      note_stop(job);
      warn_once(error.detail);  // the same for all targets
      return;
    }
    ++summary.troubles;
    warn_once(job.target->url + ": " + error.detail);
  }

  void note_stop(const Job& job) {
    const auto until = job.source->archive->not_before();
    if (!summary.not_before || *summary.not_before < *until) summary.not_before = until;
    stored(store_.set_not_before(job.source->id, until));
  }

  /// A damaged file is the same trouble for every target that reads it.
  void warn_once(const std::string& text) {
    if (std::find(warned_.begin(), warned_.end(), text) != warned_.end()) return;
    warned_.push_back(text);
    ++summary.troubles;
    observer_.warning(text);
  }

  asio::io_context& io_;
  storage::Store& store_;
  Observer& observer_;
  const CrawlOptions& options_;
  std::size_t next_ = 0;
  std::size_t finished_ = 0;
  std::vector<std::string> warned_;
};

}  // namespace

core::Result<CrawlSummary> crawl(const config::Config& config, storage::Store& store, Observer& observer,
                                 const CrawlOptions& options) {
  asio::io_context io;
  auto sources = open_sources(io, config, store, observer);
  if (!sources) return tl::unexpected(sources.error());

  Crawl work(io, store, observer, options);
  const auto entered = store.transaction([&]() -> core::Result<void> {
    for (const config::TargetConfig& target : config.targets) {
      const auto id = store.put_target({0, target.url, core::url_key(target.url), target.site, target.kind, {}});
      if (!id) return tl::unexpected(id.error());
      for (const std::string& name : target.archives) {
        for (Source& source : *sources) {
          if (source.config.name != name) continue;
          // Two addresses of one document (http and https, with and without www) are one target, listed once.
          const bool known = std::any_of(work.jobs.begin(), work.jobs.end(), [&](const Job& job) {
            return job.target_id == *id && job.source == &source;
          });
          if (!known) work.jobs.push_back({&target, &source, *id});
        }
      }
    }
    return {};
  });
  if (!entered) return tl::unexpected(entered.error());

  asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&work](const boost::system::error_code& error, int) {
    if (!error) work.stop();
  });
  int workers = std::min<int>(targets_at_once, static_cast<int>(work.jobs.size()));
  if (workers == 0) signals.cancel();
  std::exception_ptr failure;
  const int started = workers;
  for (int n = 0; n < started; ++n) {
    asio::co_spawn(io, work.worker(), [&](const std::exception_ptr& error) {
      if (error) failure = error;
      if (--workers == 0) signals.cancel();
    });
  }
  io.run();
  if (failure) std::rethrow_exception(failure);
  for (const Source& source : *sources) {
    work.summary.requests += source.archive->requests();
    if (!source.config.local() && !source.archive->not_before()) {
      if (const auto done = store.set_not_before(source.id, {}); !done) return tl::unexpected(done.error());
    }
  }
  if (work.store_error) return tl::unexpected(*work.store_error);
  return work.summary;
}

}  // namespace waydiff::pipeline
