#include "pipeline/fetching.hpp"

#include <malloc.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include "pipeline/extraction.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/plan_texts.hpp"
#include "pipeline/recorder.hpp"

namespace waydiff::pipeline {
namespace {

namespace asio = boost::asio;
using storage::CaptureRow;
using storage::Outcome;
using storage::PlanRow;

// Each costs a few hundred bytes; to read them one by one costs more than to read them together.
constexpr std::size_t rows_ahead = 64;

// What a listing or a plan took lies scattered over glibc's heap, which would keep it for the whole wave.
void give_back_memory() {
  malloc_trim(0);
}

class Fetching {
 public:
  Fetching(CrawlRun& run, Job& job) : run_(run), job_(job), recorder_(run, job) {}

  asio::awaitable<void> all() {
    for (bool again = true; again && !run_.ended();) {
      // The rows are looked at between the waves only: while captures are asked for, the list costs an id each.
      give_back_memory();
      std::vector<std::size_t> order;
      if (!load() || !choose(order)) co_return;
      auto plan = next(std::move(order));
      captures_ = {};
      give_back_memory();
      if (!plan) co_return;
      again = co_await carry_out(std::move(*plan));
    }
  }

 private:
  /// The captures to ask one archive for.
  struct Queue {
    Source* source = nullptr;
    std::vector<storage::Id> captures;
    std::size_t next = 0;
    std::deque<CaptureRow> rows{};  ///< of the next few
  };

  /// What comes next.
  struct Plan {
    bool moved = false;  ///< captures took over bodies
    std::vector<Queue> queues;
  };

  /// A wave of requests: who still works on it.
  struct Wave {
    explicit Wave(asio::io_context& io) : ended(io, asio::steady_timer::time_point::max()) {}
    std::size_t workers = 0;
    asio::steady_timer ended;
  };

  /// The target's captures in its archives, by time.
  bool load() {
    const std::vector<storage::Id> archives = job_.archives();
    auto captures = run_.store.plan_rows(job_.id, archives);
    if (!run_.stored(captures)) return false;
    captures_ = std::move(*captures);
    std::vector<PlanRow>& rows = captures_.rows;
    if (archives.size() > 1) {
      const auto rank = [&](const PlanRow& row) {
        return std::pair(row.time, std::find(archives.begin(), archives.end(), row.archive));
      };
      std::stable_sort(rows.begin(), rows.end(), [&](const PlanRow& a, const PlanRow& b) { return rank(a) < rank(b); });
    }
    recorder_.know(captures_);
    return true;
  }

  [[nodiscard]] std::vector<bool> tried() const {
    std::vector<storage::Id> known = job_.tried;
    std::sort(known.begin(), known.end());
    std::vector<bool> out;
    out.reserve(captures_.rows.size());
    for (const PlanRow& row : captures_.rows) out.push_back(std::binary_search(known.begin(), known.end(), row.id));
    return out;
  }

  /// Marks what the plan asks for as pending. `order` gets the most valuable rows first, if that matters.
  bool choose(std::vector<std::size_t>& order) {
    const config::Every& every = job_.target->every;
    std::vector<PlanRow>& rows = captures_.rows;
    std::vector<bool> chosen;
    if (every.unit == config::Every::Unit::changes) {
      if (!read_bodies()) return false;
      const auto texts = texts_of(run_.store, job_.id);
      if (!run_.stored(texts)) return false;
      const std::vector<bool> asked = tried();
      chosen = choose_changes(rows, sightings(rows, text_numbers(captures_, *texts), asked, run_.now()), &order);
      // What was asked for in vain keeps its place in the ledger, though others are asked for in its stead.
      for (std::size_t at = 0; at < rows.size(); ++at) {
        if (rows[at].outcome == Outcome::failed && asked[at]) chosen[at] = true;
      }
    } else {
      const auto origin = core::Timestamp::parse_from(job_.target->from);
      chosen = pipeline::choose(rows, every, origin.value_or(core::Timestamp{}));
      // Who may have to stop early stops with a history that is thin, not short.
      if (run_.limited()) order = spread(rows.size());
    }
    const std::vector<std::size_t> changed = mark(rows, chosen, run_.now());
    const auto made = run_.store.transaction([&]() -> core::Result<void> {
      for (const std::size_t at : changed) {
        if (const auto done = run_.store.set_outcome(rows[at].id, rows[at].outcome); !done) return done;
      }
      return {};
    });
    return run_.stored(made);
  }

  bool read_bodies() {
    const auto texts = texts_of(run_.store, job_.id);
    if (!run_.stored(texts)) return false;
    const auto read = extract_missing(
        run_.store, run_.observer, run_.pool, unread_pages(captures_, *texts), *texts,
        [](const PageSource&) { return false; }, [] { return false; });
    return run_.stored(read);
  }

  /// What to ask for, those of `order` first, then by time; lets captures take over the bodies of equal ones. Empty
  /// when the store failed.
  std::optional<Plan> next(std::vector<std::size_t> order) {
    Plan plan;
    const std::vector<PlanRow>& rows = captures_.rows;
    std::vector<bool> wanted(rows.size(), false);
    std::size_t count = 0;
    {
      const std::vector<Step> steps = next_steps(rows, tried(), job_.archives());
      const auto moved = share_bodies(steps);
      if (!run_.stored(moved)) return {};
      plan.moved = *moved;
      for (const Step& step : steps) {
        if (step.kind != Step::Kind::fetch) continue;
        wanted[step.row] = true;
        ++count;
      }
    }
    for (Source* const source : job_.sources) plan.queues.push_back({source, {}, 0});
    if (plan.queues.size() == 1) plan.queues.front().captures.reserve(count);
    const auto take = [&](std::size_t at) {
      if (!wanted[at]) return;
      wanted[at] = false;
      const auto queue = std::find_if(plan.queues.begin(), plan.queues.end(),
                                      [&](const Queue& one) { return one.source->id == rows[at].archive; });
      queue->captures.push_back(rows[at].id);
    };
    for (const std::size_t at : order) take(at);
    for (std::size_t at = 0; at < rows.size(); ++at) take(at);
    std::erase_if(plan.queues, [](const Queue& queue) { return queue.captures.empty(); });
    return plan;
  }

  /// Brings the pending captures in. True when the plan should be made again.
  asio::awaitable<bool> carry_out(Plan plan) {
    if (plan.queues.empty() || run_.ended()) co_return plan.moved;
    const std::size_t tried_before = job_.tried.size();
    co_await wave(plan.queues);
    if (!run_.batch.flush() || run_.ended()) co_return false;
    if (!recorder_.add_offers()) co_return false;
    co_return plan.moved || job_.tried.size() > tried_before;
  }

  /// True when there was one.
  core::Result<bool> share_bodies(const std::vector<Step>& steps) {
    bool any = false;
    std::optional<CaptureRow> from;
    const auto done = run_.store.transaction([&]() -> core::Result<void> {
      for (const Step& step : steps) {
        if (step.kind != Step::Kind::share) continue;
        auto found = run_.store.capture(captures_.rows[step.row].id);
        if (!found) return tl::unexpected(found.error());
        CaptureRow& row = *found;
        if (!from || from->id != captures_.rows[step.from].id) {
          auto source = run_.store.capture(captures_.rows[step.from].id);
          if (!source) return tl::unexpected(source.error());
          from = std::move(*source);
        }
        row.outcome = row.capture.is_revisit() ? Outcome::revisit : Outcome::duplicate;
        row.body = from->body;
        row.http_status = from->http_status;
        row.content_type = from->content_type;
        row.location = from->location;
        row.digest_check = from->digest_check;
        row.cut_short = from->cut_short;
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
    if (!done) return tl::unexpected(done.error());
    return any;
  }

  /// Asks for the captures, each archive's in their order, as many at once as it has connections.
  asio::awaitable<void> wave(std::vector<Queue>& queues) {
    std::erase_if(queues, [&](const Queue& queue) { return run_.stopped(*queue.source); });
    for (const Queue& queue : queues) run_.fetches_planned += queue.captures.size();
    Wave wave(run_.io);
    for (Queue& queue : queues) {
      const int connections = queue.source->config.local() ? 1 : queue.source->config.connections;
      const std::size_t workers = std::min(queue.captures.size(), static_cast<std::size_t>(std::max(connections, 1)));
      wave.workers += workers;
      for (std::size_t n = 0; n < workers; ++n) asio::co_spawn(run_.io, worker(queue, wave), asio::detached);
    }
    while (wave.workers > 0) {
      boost::system::error_code ignored;
      co_await wave.ended.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    for (const Queue& queue : queues) run_.fetches_planned -= queue.captures.size() - queue.next;
  }

  /// Sees to it that there is a row for the next capture.
  bool read_ahead(Queue& queue) {
    if (!queue.rows.empty()) return true;
    const std::span<const storage::Id> rest = std::span(queue.captures).subspan(queue.next);
    auto rows = run_.store.captures_by_id(rest.first(std::min(rest.size(), rows_ahead)));
    if (!run_.stored(rows)) return false;
    queue.rows.assign(std::make_move_iterator(rows->begin()), std::make_move_iterator(rows->end()));
    return true;
  }

  asio::awaitable<void> worker(Queue& queue, Wave& wave) {
    Source& source = *queue.source;
    while (queue.next < queue.captures.size() && !run_.ended() && !run_.stopped(source)) {
      if (source.config.local()) {
        // A local archive answers without waiting: let signals and the other targets have their turn.
        co_await asio::post(run_.io, asio::use_awaitable);
        if (queue.next >= queue.captures.size() || run_.ended()) break;
      }
      if (!read_ahead(queue) || !run_.call_allowed(job_, source)) break;
      CaptureRow row = std::move(queue.rows.front());
      queue.rows.pop_front();
      ++queue.next;
      job_.tried.push_back(row.id);
      const auto begun = std::chrono::steady_clock::now();
      auto playback = co_await source.archive->play(row.capture);
      run_.call_ended(source, "playback");
      const auto took = std::chrono::steady_clock::now() - begun;
      ++run_.fetches_ended;
      recorder_.record(source, std::move(row), std::move(playback),
                       std::chrono::duration_cast<std::chrono::milliseconds>(took));
      run_.progress();
    }
    if (--wave.workers == 0) wave.ended.cancel();
  }

  CrawlRun& run_;
  Job& job_;
  storage::PlanRows captures_;  ///< while a plan is made
  Recorder recorder_;
};

}  // namespace

asio::awaitable<void> fetch(CrawlRun& run, Job& job) {
  Fetching fetching(run, job);
  co_await fetching.all();
}

}  // namespace waydiff::pipeline
