#include "pipeline/listing.hpp"

#include <algorithm>
#include <utility>

#include "core/url.hpp"
#include "pipeline/enumeration.hpp"

namespace waydiff::pipeline {
namespace {

namespace asio = boost::asio;
using core::Errc;
using storage::CaptureRow;

bool is_stop(Errc code) {
  return code == Errc::rate_limited || code == Errc::refused || code == Errc::interrupted;
}

/// The archive's last word on an address, not a trouble of ours.
bool is_refusal(Errc code) {
  return code == Errc::excluded || code == Errc::unplayable || code == Errc::not_found;
}

class Enumeration {
 public:
  Enumeration(CrawlRun& run, Job& job) : run_(run), job_(job) {}

  asio::awaitable<bool> all() {
    const auto aliases = run_.store.aliases(job_.id);
    const auto listings = run_.store.listings(job_.id);
    if (!run_.stored(aliases) || !run_.stored(listings)) co_return false;
    const std::vector<std::string> urls = addresses(job_.target->url, job_.target->aliases, *aliases);
    bool complete = true;
    for (Source* const source : job_.sources) {
      for (const std::string& url : urls) {
        if (job_.asked.contains({source->id, url})) continue;
        const std::vector<Ask> asks = missing(*source, url, *listings);
        if (asks.empty() && !run_.ended()) ++run_.summary.fresh;
        for (const Ask& ask : asks) {
          if (run_.ended()) co_return false;
          if (!run_.call_allowed(job_, *source)) {
            complete = false;
            break;
          }
          Ask copy = ask;
          const bool again = std::any_of(listings->begin(), listings->end(), [&](const storage::ListingRow& row) {
            return row.archive == source->id && row.complete;
          });
          co_await ask_index(*source, url, std::move(copy), again);
          run_.call_ended(*source, "index");
        }
        if (complete) job_.asked.emplace(source->id, url);
      }
    }
    job_.listed = complete;
    co_return !run_.ended();
  }

 private:
  std::vector<Ask> missing(const Source& source, const std::string& url,
                           const std::vector<storage::ListingRow>& listings) {
    std::vector<storage::ListingRow> own;
    std::copy_if(listings.begin(), listings.end(), std::back_inserter(own),
                 [&](const storage::ListingRow& row) { return row.archive == source.id; });
    const Wanted wanted = wanted_of(*job_.target, source.config, url, run_.options.relist);
    std::vector<Ask> asks = missing_listings(own, wanted, {}, run_.now());
    if (asks.empty() || own.empty() || wanted.always) return asks;
    const auto newest = run_.store.newest_capture(job_.id, source.id, core::url_key(url));
    if (!run_.stored(newest)) return {};
    return missing_listings(own, wanted, *newest, run_.now());
  }

  /// `again`: this address was listed before.
  asio::awaitable<void> ask_index(Source& source, std::string url, Ask ask, bool again) {
    crawler::ListQuery query;
    query.url = url;
    query.from = ask.since.empty() ? ask.from : ask.since;
    query.to = ask.to;
    auto listing = co_await source.archive->list(std::move(query));
    storage::ListingRow row;
    row.target = job_.id;
    row.archive = source.id;
    row.query = query_text(url, ask);
    row.url = url;
    row.since = ask.since;
    row.listed_at = run_.now();
    if (!listing) {
      if (!is_refusal(listing.error().code)) {
        run_.trouble(job_, source, listing.error());
        if (!is_stop(listing.error().code)) tell(source, url, 0, 0, false);
        co_return;
      }
      // An owner's wish, not a trouble of ours: the listing is whole, and it is empty.
      run_.observer.warning(url + ": " + listing.error().detail);
      row.problem = std::string(refused_mark) + listing.error().detail;
      listing = crawler::Listing{};
      listing->complete = true;
    }
    ++run_.summary.listed;
    row.complete = listing->complete;
    if (listing->problem) row.problem = listing->problem->detail;
    row.pages = listing->pages;
    row.rows = listing->rows;
    row.dropped = listing->dropped;
    for (const std::string& warning : listing->warnings) run_.warn_once(warning);
    if (!listing->complete) {
      const core::Error unknown{Errc::bad_cdx, "the listing is incomplete"};
      run_.trouble(job_, source, listing->problem.value_or(unknown));
    }
    const auto added = run_.store.put_listing(row, listing->captures);
    if (!run_.stored(added)) co_return;
    run_.summary.new_captures += *added;
    TargetWork& work = run_.work(job_);
    work.requests += source.config.local() ? 0 : std::max<std::size_t>(listing->pages, 1);
    work.listed += *added;
    tell(source, url, listing->captures.size(), *added, row.complete);
    const bool whole = row.complete && row.problem.empty() && ask.since.empty();
    if (whole && again) note_vanished(source, url, ask, listing->captures);
  }

  /// What an earlier listing had and this one of everything has not is kept, with a note.
  void note_vanished(const Source& source, const std::string& url, const Ask& ask, const crawler::CaptureList& listed) {
    const auto offers = run_.store.offers(job_.id);
    if (!run_.stored(offers)) return;
    const Vanished vanished(source.id, core::url_key(url), ask, listed, *offers);
    std::vector<storage::Id> changed;
    const auto looked = run_.store.each_capture(job_.id, [&](CaptureRow row) {
      if (vanished.mark(row)) changed.push_back(row.id);
    });
    if (!run_.stored(looked)) return;
    const auto done = run_.store.transaction([&]() -> core::Result<void> {
      for (const storage::Id id : changed) {
        auto row = run_.store.capture(id);
        if (!row) return tl::unexpected(row.error());
        if (!vanished.mark(*row)) continue;
        if (const auto updated = run_.store.update_capture(*row); !updated) return updated;
      }
      return {};
    });
    if (run_.stored(done) && !changed.empty()) {
      run_.observer.detail(url + ": " + std::to_string(changed.size()) + " captures come or gone in the index of \"" +
                           source.config.name + "\"");
    }
  }

  void tell(const Source& source, const std::string& url, std::size_t rows, std::size_t added, bool complete) {
    run_.observer.event("listed", {{"target", job_.target->url},
                                   {"archive", source.config.name},
                                   {"url", url},
                                   {"rows", static_cast<std::int64_t>(rows)},
                                   {"new", static_cast<std::int64_t>(added)},
                                   {"complete", complete}});
  }

  CrawlRun& run_;
  Job& job_;
};

}  // namespace

asio::awaitable<bool> enumerate(CrawlRun& run, Job& job) {
  Enumeration enumeration(run, job);
  co_return co_await enumeration.all();
}

}  // namespace waydiff::pipeline
