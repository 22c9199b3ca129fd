#include "pipeline/home_crawl.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "core/url.hpp"
#include "pipeline/home_pages.hpp"
#include "pipeline/plan.hpp"

namespace waydiff::pipeline {
namespace {

namespace asio = boost::asio;
using core::Errc;
using storage::CaptureRow;
using storage::Outcome;

bool is_stop(Errc code) {
  return code == Errc::rate_limited || code == Errc::refused || code == Errc::interrupted;
}

bool uses(const SiteQuery& query, const Source& source) {
  return std::find(query.archives.begin(), query.archives.end(), source.config.name) != query.archives.end();
}

std::string range_of(const SiteQuery& query) {
  return " " + query.from + "-" + query.to;
}

}  // namespace

std::string site_name(const std::string& site) {
  const auto url = core::Url::parse(site);
  return url ? url->site() : site;
}

HomeCrawl::HomeCrawl(asio::io_context& io, std::vector<Source>& sources, storage::Store& store, Observer& observer,
                     const DiscoverOptions& options, Discoveries& out)
    : io_(io), sources_(sources), store_(store), observer_(observer), options_(options), out_(out) {}

bool HomeCrawl::begin(const SiteQuery& query, const std::string& home) {
  const storage::Target row{0, home, core::url_key(home), site_name(query.site), std::string(home_page_kind), {}};
  const auto id = store_.put_target(row);
  if (!stored(id)) return false;
  target_ = *id;
  home_ = home;
  complete_ = true;
  cut_ = false;
  return true;
}

void HomeCrawl::stop() {
  out_.interrupted = true;
  for (Source& source : sources_) source.archive->stop();
}

bool HomeCrawl::ended() const {
  return store_error_.has_value() || out_.interrupted;
}

std::chrono::sys_seconds HomeCrawl::now() const {
  return options_.now ? options_.now() : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

asio::awaitable<void> HomeCrawl::follow(SiteQuery query, std::string address, std::size_t most) {
  for (Source& source : sources_) {
    if (uses(query, source) && !ended()) co_await list(query, address, source);
  }
  // What turns out to be withheld makes way for another, so the choice is made again until it stands.
  for (std::size_t round = 0; round < 3 && !ended(); ++round) {
    auto rows = captures(core::url_key(address));
    if (!rows) co_return;
    bool again = false;
    for (const std::size_t at : choose_home_pages(*rows, most)) {
      CaptureRow& row = (*rows)[at];
      if (ended()) co_return;
      if (is_final(row, now()) || tried_.contains(row.id)) continue;
      co_await fetch(row);
      again = again || row.outcome == Outcome::unplayable || row.outcome == Outcome::excluded;
    }
    if (!again) co_return;
  }
}

bool HomeCrawl::may_ask(const Source& source) {
  if (source.config.local()) return true;
  if (source.archive->not_before()) {
    note_stop(source);
  } else if (options_.may_ask && !options_.may_ask()) {
    out_.limited = true;
  } else {
    return true;
  }
  complete_ = false;
  cut_ = true;
  return false;
}

bool HomeCrawl::listed_lately(const SiteQuery& query, const std::string& address, const Source& source) {
  if (options_.relist || source.config.local()) return false;
  const auto listings = store_.listings(target_);
  if (!stored(listings)) return false;
  const auto young = now() - options_.keep;
  return std::any_of(listings->begin(), listings->end(), [&](const storage::ListingRow& row) {
    return row.archive == source.id && row.complete && row.listed_at > young && row.query.ends_with(range_of(query)) &&
           core::url_key(row.url) == core::url_key(address);
  });
}

asio::awaitable<void> HomeCrawl::list(SiteQuery query, std::string address, Source& source) {
  if (listed_lately(query, address, source) || ended()) co_return;
  if (!may_ask(source)) co_return;
  crawler::ListQuery ask;
  ask.url = address;
  ask.from = query.from;
  ask.to = query.to;
  auto listing = co_await source.archive->list(std::move(ask));
  storage::ListingRow row;
  row.target = target_;
  row.archive = source.id;
  row.query = address + range_of(query);
  row.listed_at = now();
  row.url = address;
  if (!listing) {
    if (listing.error().code != Errc::excluded) {
      trouble(source, address + ": " + listing.error().detail, listing.error().code);
      co_return;
    }
    observer_.warning(address + ": " + listing.error().detail);
    listing = crawler::Listing{};
    listing->complete = true;
    row.problem = "excluded by the archive";
  }
  row.complete = listing->complete;
  if (listing->problem) row.problem = listing->problem->detail;
  row.pages = listing->pages;
  row.rows = listing->rows;
  row.dropped = listing->dropped;
  for (const std::string& warning : listing->warnings) warn_once(warning);
  if (!listing->complete) trouble(source, address + ": " + row.problem, Errc::bad_cdx);
  const auto added = store_.put_listing(row, listing->captures);
  if (!stored(added)) co_return;
  const Fields fields{{"target", home_},
                      {"archive", source.config.name},
                      {"url", address},
                      {"rows", static_cast<std::int64_t>(row.rows)},
                      {"new", static_cast<std::int64_t>(*added)},
                      {"complete", row.complete}};
  observer_.event("listed", fields);
}

asio::awaitable<void> HomeCrawl::fetch(CaptureRow& row) {
  const auto source =
      std::find_if(sources_.begin(), sources_.end(), [&](const Source& s) { return s.id == row.archive; });
  if (source == sources_.end() || !may_ask(*source)) co_return;
  tried_.insert(row.id);
  // A local archive answers without waiting: let signals have their turn.
  co_await asio::post(io_, asio::use_awaitable);
  const auto begun = std::chrono::steady_clock::now();
  auto playback = co_await source->archive->play(row.capture);
  const auto taken = std::chrono::steady_clock::now() - begun;
  observer_.progress("discover", ++fetched_, 0);
  if (playback && playback->offered) {
    row.offered = playback->offered->raw_timestamp + " " + playback->offered->original;
    playback = core::fail(Errc::unplayable, "the archive does not give it out; it offers " + row.offered);
  }
  Fields fields{{"target", home_},
                {"archive", source->config.name},
                {"timestamp", row.capture.raw_timestamp},
                {"url", row.capture.original}};
  if (!playback) {
    give_up(row, *source, playback.error());
    if (is_stop(playback.error().code)) co_return;
    fields.emplace_back("outcome", std::string(storage::name(row.outcome)));
    fields.emplace_back("cause", row.cause);
    observer_.event("failed", fields);
    co_return;
  }
  keep(row, *playback);
  fields.emplace_back("outcome", std::string(storage::name(row.outcome)));
  fields.emplace_back("status", static_cast<std::int64_t>(playback->status));
  fields.emplace_back("bytes", static_cast<std::int64_t>(playback->body.size()));
  fields.emplace_back("ms", std::chrono::duration_cast<std::chrono::milliseconds>(taken).count());
  observer_.event("fetched", fields);
}

void HomeCrawl::give_up(CaptureRow& row, const Source& source, const core::Error& error) {
  const std::string what = row.capture.original + " " + row.capture.raw_timestamp + ": " + error.detail;
  if (is_stop(error.code)) {
    row.outcome = Outcome::pending;
    stored(store_.update_capture(row));
    trouble(source, what, error.code);
    return;
  }
  note_failure(row, error, now());
  if (row.outcome == Outcome::failed) trouble(source, what, error.code);
  stored(store_.update_capture(row));
}

void HomeCrawl::keep(CaptureRow& row, const crawler::Playback& playback) {
  ++row.attempts;
  row.outcome = playback.from_revisit || row.capture.is_revisit() ? Outcome::revisit : Outcome::fetched;
  row.http_status = playback.status;
  row.content_type = playback.content_type;
  row.location = playback.location;
  if (playback.digest_check != crawler::DigestCheck::none) row.digest_check = crawler::name(playback.digest_check);
  row.retry_after.reset();
  row.cut_short = playback.cut_short;
  row.cause.clear();
  for (const std::string& note : playback.notes) row.cause += (row.cause.empty() ? "" : "; ") + note;
  stored(store_.transaction([&]() -> core::Result<void> {
    const auto body = store_.put_body(storage::NewBody{playback.body, target_, row.capture.timestamp});
    if (!body) return tl::unexpected(body.error());
    row.body = *body;
    return store_.update_capture(row);
  }));
}

std::optional<std::vector<CaptureRow>> HomeCrawl::captures(const std::string& urlkey) {
  auto all = store_.captures(target_);
  if (!stored(all)) return {};
  if (!urlkey.empty()) {
    std::erase_if(*all, [&](const CaptureRow& row) { return core::url_key(row.capture.original) != urlkey; });
  }
  return std::move(*all);
}

void HomeCrawl::trouble(const Source& source, const std::string& text, Errc code) {
  complete_ = false;
  if (is_stop(code)) cut_ = true;
  if (code == Errc::interrupted) {
    out_.interrupted = true;
    return;
  }
  if (source.archive->not_before()) note_stop(source);
  warn_once(text);
}

void HomeCrawl::note_stop(const Source& source) {
  const auto until = source.archive->not_before();
  if (!until) return;
  if (!out_.not_before || *out_.not_before < *until) out_.not_before = until;
  stored(store_.set_not_before(source.id, until));
}

void HomeCrawl::warn_once(const std::string& text) {
  if (warned_.insert(text).second) observer_.warning(text);
}

}  // namespace waydiff::pipeline
