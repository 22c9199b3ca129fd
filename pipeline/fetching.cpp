#include "pipeline/fetching.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <set>
#include <utility>

#include "core/url.hpp"
#include "pipeline/extraction.hpp"
#include "pipeline/offer.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/redirect_remark.hpp"

namespace waydiff::pipeline {
namespace {

namespace asio = boost::asio;
using core::Errc;
using storage::CaptureRow;
using storage::Outcome;

bool is_stop(Errc code) {
  return code == Errc::rate_limited || code == Errc::refused || code == Errc::interrupted;
}

std::string noted(std::string notes, const std::string& note) {
  if (note.empty()) return notes;
  return notes.empty() ? note : notes + "; " + note;
}

class Fetching {
 public:
  Fetching(CrawlRun& run, Job& job) : run_(run), job_(job) {}

  asio::awaitable<void> all() {
    if (!load()) co_return;
    for (bool again = true; again && !run_.ended();) {
      std::vector<std::size_t> order;
      if (!choose(order)) co_return;
      again = co_await carry_out(std::move(order));
    }
  }

 private:
  /// The rows to ask one archive for.
  struct Queue {
    Source* source = nullptr;
    std::vector<std::size_t> rows;
    std::size_t next = 0;
  };

  /// A wave of requests: who still works on it.
  struct Wave {
    explicit Wave(asio::io_context& io) : ended(io, asio::steady_timer::time_point::max()) {}
    std::size_t workers = 0;
    asio::steady_timer ended;
  };

  [[nodiscard]] Source* source_of(const CaptureRow& row) const {
    const auto found = std::find_if(job_.sources.begin(), job_.sources.end(),
                                    [&](const Source* source) { return source->id == row.archive; });
    return found == job_.sources.end() ? nullptr : *found;
  }

  /// The target's captures in its archives, by time.
  bool load() {
    rows_.clear();
    auto rows = run_.store.captures(job_.id);
    if (!run_.stored(rows)) return false;
    rows_ = std::move(*rows);
    std::erase_if(rows_, [&](const CaptureRow& row) { return source_of(row) == nullptr; });
    if (job_.sources.size() > 1) {
      const std::vector<storage::Id> archives = job_.archives();
      const auto rank = [&](const CaptureRow& row) {
        return std::pair(row.capture.timestamp, std::find(archives.begin(), archives.end(), row.archive));
      };
      std::stable_sort(rows_.begin(), rows_.end(),
                       [&](const CaptureRow& a, const CaptureRow& b) { return rank(a) < rank(b); });
    }
    return true;
  }

  [[nodiscard]] std::vector<bool> tried() const {
    std::vector<bool> out(rows_.size(), false);
    for (std::size_t at = 0; at < rows_.size(); ++at) out[at] = job_.tried.contains(rows_[at].id);
    return out;
  }

  /// Marks what the plan asks for as pending. `order` gets the most valuable rows first, if that matters.
  bool choose(std::vector<std::size_t>& order) {
    const config::Every& every = job_.target->every;
    std::vector<bool> chosen;
    if (every.unit == config::Every::Unit::changes) {
      if (!read_bodies()) return false;
      const auto texts = texts_of(run_.store, job_.id);
      if (!run_.stored(texts)) return false;
      const std::vector<Sighting> known = sightings(rows_, seen(rows_, *texts), tried(), run_.now());
      chosen = choose_changes(rows_, known, &order);
      // What was asked for in vain keeps its place in the ledger, though others are asked for in its stead.
      for (std::size_t at = 0; at < rows_.size(); ++at) {
        if (rows_[at].outcome == Outcome::failed && job_.tried.contains(rows_[at].id)) chosen[at] = true;
      }
    } else {
      const auto origin = core::Timestamp::parse_from(job_.target->from);
      chosen = pipeline::choose(rows_, every, origin.value_or(core::Timestamp{}));
      // Who may have to stop early stops with a history that is thin, not short.
      if (run_.limited()) order = spread(rows_.size());
    }
    const std::vector<std::size_t> changed = mark(rows_, chosen, run_.now());
    const auto made = run_.store.transaction([&]() -> core::Result<void> {
      for (const std::size_t at : changed) {
        if (const auto done = run_.store.update_capture(rows_[at]); !done) return done;
      }
      return {};
    });
    return run_.stored(made);
  }

  bool read_bodies() {
    const auto texts = texts_of(run_.store, job_.id);
    if (!run_.stored(texts)) return false;
    const auto read = extract_missing(
        run_.store, run_.observer, run_.pool, rows_, *texts, [](const PageSource&) { return false; },
        [] { return false; });
    return run_.stored(read);
  }

  /// Brings the pending captures in. True when the plan should be made again.
  asio::awaitable<bool> carry_out(std::vector<std::size_t> order) {
    const std::vector<Step> steps = next_steps(rows_, tried(), job_.archives());
    bool moved = share_bodies(steps);
    std::vector<bool> wanted(rows_.size(), false);
    for (const Step& step : steps) wanted[step.row] = step.kind == Step::Kind::fetch;
    std::vector<std::size_t> fetches;
    const auto take = [&](std::size_t at) {
      if (wanted[at]) fetches.push_back(at);
      wanted[at] = false;
    };
    for (const std::size_t at : order) take(at);
    for (std::size_t at = 0; at < rows_.size(); ++at) take(at);
    if (fetches.empty() || run_.ended()) co_return moved;

    const std::size_t tried_before = job_.tried.size();
    co_await wave(std::move(fetches));
    if (!run_.batch.flush() || run_.ended()) co_return false;
    if (!add_offers()) co_return false;
    co_return moved || job_.tried.size() > tried_before;
  }

  bool share_bodies(const std::vector<Step>& steps) {
    bool any = false;
    const auto done = run_.store.transaction([&]() -> core::Result<void> {
      for (const Step& step : steps) {
        if (step.kind != Step::Kind::share) continue;
        CaptureRow& row = rows_[step.row];
        const CaptureRow& from = rows_[step.from];
        row.outcome = row.capture.is_revisit() ? Outcome::revisit : Outcome::duplicate;
        row.body = from.body;
        row.http_status = from.http_status;
        row.content_type = from.content_type;
        row.location = from.location;
        row.digest_check = from.digest_check;
        row.cause.clear();
        row.offered.clear();
        row.retry_after.reset();
        if (const auto updated = run_.store.update_capture(row); !updated) return updated;
        ++run_.summary.shared;
        ++run_.work(job_).shared;
        any = true;
      }
      return {};
    });
    return run_.stored(done) && any;
  }

  /// Asks for the rows, each archive's in their order, as many at once as it has connections.
  asio::awaitable<void> wave(std::vector<std::size_t> fetches) {
    std::vector<Queue> queues;
    for (Source* const source : job_.sources) {
      Queue queue{source, {}, 0};
      std::copy_if(fetches.begin(), fetches.end(), std::back_inserter(queue.rows),
                   [&](std::size_t at) { return rows_[at].archive == source->id; });
      if (queue.rows.empty() || run_.stopped(*source)) continue;
      run_.fetches_planned += queue.rows.size();
      queues.push_back(std::move(queue));
    }
    Wave wave(run_.io);
    for (Queue& queue : queues) {
      const int connections = queue.source->config.local() ? 1 : queue.source->config.connections;
      const std::size_t workers = std::min(queue.rows.size(), static_cast<std::size_t>(std::max(connections, 1)));
      wave.workers += workers;
      for (std::size_t n = 0; n < workers; ++n) asio::co_spawn(run_.io, worker(queue, wave), asio::detached);
    }
    while (wave.workers > 0) {
      boost::system::error_code ignored;
      co_await wave.ended.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    for (const Queue& queue : queues) run_.fetches_planned -= queue.rows.size() - queue.next;
  }

  asio::awaitable<void> worker(Queue& queue, Wave& wave) {
    Source& source = *queue.source;
    while (queue.next < queue.rows.size() && !run_.ended() && !run_.stopped(source)) {
      if (source.config.local()) {
        // A local archive answers without waiting: let signals and the other targets have their turn.
        co_await asio::post(run_.io, asio::use_awaitable);
        if (queue.next >= queue.rows.size() || run_.ended()) break;
      }
      if (!run_.call_allowed(job_, source)) break;
      CaptureRow& row = rows_[queue.rows[queue.next++]];
      job_.tried.insert(row.id);
      const auto begun = std::chrono::steady_clock::now();
      auto playback = co_await source.archive->play(row.capture);
      run_.call_ended(source, "playback");
      const auto took = std::chrono::steady_clock::now() - begun;
      ++run_.fetches_ended;
      record(source, row, std::move(playback), std::chrono::duration_cast<std::chrono::milliseconds>(took));
      run_.progress();
    }
    if (--wave.workers == 0) wave.ended.cancel();
  }

  void record(const Source& source, CaptureRow& row, core::Result<crawler::Playback> playback,
              std::chrono::milliseconds took) {
    if (!source.config.local() && (playback || !is_stop(playback.error().code))) ++run_.work(job_).requests;
    if (playback && playback->offered) {
      playback = refused_offer(source, row, *playback->offered);
    }
    if (!playback) {
      record_failure(source, row, playback.error());
      return;
    }
    ++row.attempts;
    row.outcome = playback->from_revisit || row.capture.is_revisit() ? Outcome::revisit : Outcome::fetched;
    row.http_status = playback->status;
    row.content_type = playback->content_type;
    row.location = playback->location;
    row.digest_check = std::string(crawler::name(playback->digest_check));
    row.retry_after.reset();
    row.cause.clear();
    for (const std::string& note : playback->notes) row.cause = noted(std::move(row.cause), note);
    if (playback->status >= 300 && playback->status < 400) row.cause = noted(std::move(row.cause), remark(row));
    ++run_.summary.fetched;
    ++run_.work(job_).fetched;
    run_.observer.event("fetched", {{"target", job_.target->url},
                                    {"archive", source.config.name},
                                    {"timestamp", row.capture.raw_timestamp},
                                    {"url", row.capture.original},
                                    {"outcome", std::string(storage::name(row.outcome))},
                                    {"status", static_cast<std::int64_t>(playback->status)},
                                    {"bytes", static_cast<std::int64_t>(playback->body.size())},
                                    {"ms", static_cast<std::int64_t>(took.count())}});
    run_.batch.add(row, std::move(playback->body));
  }

  void record_failure(const Source& source, CaptureRow& row, const core::Error& error) {
    if (is_stop(error.code)) {
      run_.trouble(job_, source, error);
      return;  // not the capture's fault: it stays pending
    }
    note_failure(row, error, run_.now());
    if (row.outcome == Outcome::failed) {
      ++run_.summary.failed;
      ++run_.work(job_).failed;
      run_.observer.warning(row.capture.original + " " + row.capture.raw_timestamp + ": " + row.cause);
    }
    run_.observer.event("failed", {{"target", job_.target->url},
                                   {"archive", source.config.name},
                                   {"timestamp", row.capture.raw_timestamp},
                                   {"url", row.capture.original},
                                   {"outcome", std::string(storage::name(row.outcome))},
                                   {"cause", row.cause}});
    run_.batch.add(row, {});
  }

  /// Decides on what the archive gives in place of `row`, and says why `row` itself is not given out.
  tl::unexpected<core::Error> refused_offer(const Source& source, CaptureRow& row, const crawler::Offer& offer) {
    OfferVerdict verdict = judge_offer(row, offer, rows_, job_.target->every);
    row.offered = offer_text(offer);
    run_.observer.event("offered", {{"target", job_.target->url},
                                    {"archive", source.config.name},
                                    {"timestamp", row.capture.raw_timestamp},
                                    {"url", row.capture.original},
                                    {"offered", row.offered},
                                    {"taken", verdict.capture.has_value() || verdict.listed}});
    if (verdict.capture) offers_.emplace_back(row.archive, std::move(*verdict.capture));
    return core::fail(Errc::unplayable, std::move(verdict.cause));
  }

  /// Enters captures that were given in place of others and that no index listed.
  bool add_offers() {
    if (offers_.empty()) return true;
    for (const auto& [archive, capture] : std::exchange(offers_, {})) {
      storage::ListingRow row;
      row.target = job_.id;
      row.archive = archive;
      row.query = "offered by playback: " + capture.raw_timestamp + " " + capture.original;
      row.listed_at = run_.now();
      row.complete = true;
      row.rows = 1;
      const auto added = run_.store.put_listing(row, {capture});
      if (!run_.stored(added)) return false;
      run_.summary.new_captures += *added;
      run_.work(job_).listed += *added;
    }
    return load();
  }

  /// What there is to say of an archived redirect.
  std::string remark(const CaptureRow& row) {
    const std::string from = core::url_key(row.capture.original);
    const std::string to = core::url_key(row.location);
    if (from != to && moves_.contains({to, from})) return "redirects in a circle, to " + row.location + " and back";
    moves_.emplace(from, to);
    return redirect_remark(row.capture.original, row.location);
  }

  CrawlRun& run_;
  Job& job_;
  std::vector<CaptureRow> rows_;
  std::vector<std::pair<storage::Id, core::Capture>> offers_;
  std::set<std::pair<std::string, std::string>> moves_;  ///< sort keys of archived redirects, from and to
};

}  // namespace

asio::awaitable<void> fetch(CrawlRun& run, Job& job) {
  Fetching fetching(run, job);
  co_await fetching.all();
}

}  // namespace waydiff::pipeline
