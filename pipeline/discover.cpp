#include "pipeline/discover.hpp"

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <csignal>
#include <exception>
#include <map>
#include <set>

#include "core/url.hpp"
#include "extract/page_links.hpp"
#include "pipeline/plan.hpp"

namespace waydiff::pipeline {
namespace {

namespace asio = boost::asio;
using core::Errc;
using storage::AliasReason;
using storage::CaptureRow;
using storage::DiscoveryRow;
using storage::Outcome;

/// Home pages send readers on ("/" to "/en/", frames): so many further addresses are looked at.
constexpr std::size_t most_leads = 3;

bool is_stop(Errc code) {
  return code == Errc::rate_limited || code == Errc::refused || code == Errc::interrupted;
}

std::string home_address(const std::string& site) {
  const auto url = core::Url::parse(site);
  if (!url) return site;
  if (site.find("//") != std::string::npos) return url->text();
  const std::string secure = "https://" + site;
  return site.find('/') == std::string::npos ? secure + "/" : secure;
}

/// "example.com" of anything that names the site.
std::string site_name(const std::string& site) {
  const auto url = core::Url::parse(site);
  return url ? url->site() : site;
}

bool is_page(const CaptureRow& row) {
  return row.body && row.http_status.value_or(200) == 200;
}

bool is_redirect(const CaptureRow& row) {
  return row.http_status && *row.http_status >= 300 && *row.http_status < 400 && !row.location.empty();
}

/// One site's home pages: listed, fetched, read.
class HomePages {
 public:
  HomePages(asio::io_context& io, std::vector<Source>& sources, storage::Store& store, Observer& observer,
            const DiscoverOptions& options, Discoveries& out)
      : io_(io), sources_(sources), store_(store), observer_(observer), options_(options), out_(out) {}

  /// Brings in what is missing and ranks what is there.
  asio::awaitable<void> look(SiteQuery query) {
    Discovery discovery;
    discovery.query = query;
    const std::string home = home_address(query.site);
    storage::Target row{0, home, core::url_key(home), site_name(query.site), std::string(home_page_kind), {}};
    const auto id = store_.put_target(row);
    if (!stored(id)) co_return;
    target_ = *id;
    home_ = home;
    complete_ = true;
    std::set<std::string> seen{row.urlkey};
    co_await follow(query, home, options_.max_pages);
    for (const std::string& lead : leads(seen)) {
      if (ended()) break;
      co_await follow(query, lead, std::max<std::size_t>(1, options_.max_pages / 2));
    }
    if (!ended() || out_.interrupted) rank(discovery);
    discovery.complete = complete_;
    if (!complete_) ++out_.troubles;
    out_.found.push_back(std::move(discovery));
  }

  void stop() {
    out_.interrupted = true;
    for (Source& source : sources_) source.archive->stop();
  }

  [[nodiscard]] bool ended() const { return store_error.has_value() || out_.interrupted; }

  std::optional<core::Error> store_error;

 private:
  [[nodiscard]] std::chrono::sys_seconds now() const {
    return options_.now ? options_.now() : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }

  template <class T>
  bool stored(const core::Result<T>& result) {
    if (result) return true;
    if (!store_error) store_error = result.error();
    return false;
  }

  [[nodiscard]] static bool uses(const SiteQuery& query, const Source& source) {
    return std::find(query.archives.begin(), query.archives.end(), source.config.name) != query.archives.end();
  }

  [[nodiscard]] bool may_ask(const Source& source) {
    if (source.config.local()) return true;
    if (source.archive->not_before()) {
      note_stop(source);
      return false;
    }
    return !options_.may_ask || options_.may_ask();
  }

  asio::awaitable<void> follow(SiteQuery query, std::string address, std::size_t most) {
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
        if (is_final(row, now()) || !tried_.insert(row.id).second) continue;
        co_await fetch(row);
        again = again || row.outcome == Outcome::unplayable || row.outcome == Outcome::excluded;
        observer_.progress("discover", ++fetched_, 0);
      }
      if (!again) co_return;
    }
  }

  asio::awaitable<void> list(SiteQuery query, std::string address, Source& source) {
    const std::string range = " " + query.from + "-" + query.to;
    if (!options_.relist && !source.config.local()) {
      const auto listings = store_.listings(target_);
      if (!stored(listings)) co_return;
      const auto young = now() - options_.keep;
      const bool fresh = std::any_of(listings->begin(), listings->end(), [&](const storage::ListingRow& row) {
        return row.archive == source.id && row.complete && row.listed_at > young && row.query.ends_with(range) &&
               core::url_key(row.url) == core::url_key(address);
      });
      if (fresh) co_return;
    }
    if (!may_ask(source)) {
      complete_ = false;
      co_return;
    }
    crawler::ListQuery ask;
    ask.url = address;
    ask.from = query.from;
    ask.to = query.to;
    auto listing = co_await source.archive->list(std::move(ask));
    storage::ListingRow row;
    row.target = target_;
    row.archive = source.id;
    row.query = address + range;
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

  asio::awaitable<void> fetch(CaptureRow& row) {
    const auto source =
        std::find_if(sources_.begin(), sources_.end(), [&](const Source& s) { return s.id == row.archive; });
    if (source == sources_.end()) co_return;
    if (!may_ask(*source)) {
      complete_ = false;
      co_return;
    }
    // A local archive answers without waiting: let signals have their turn.
    co_await asio::post(io_, asio::use_awaitable);
    const auto begun = std::chrono::steady_clock::now();
    auto playback = co_await source->archive->play(row.capture);
    const auto taken = std::chrono::steady_clock::now() - begun;
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

  void give_up(CaptureRow& row, const Source& source, const core::Error& error) {
    const std::string what = row.capture.original + " " + row.capture.raw_timestamp + ": " + error.detail;
    if (is_stop(error.code)) {
      row.outcome = Outcome::pending;
      stored(store_.update_capture(row));
      trouble(source, what, error.code);
      return;
    }
    note_failure(row, error, now());
    if (row.outcome == Outcome::failed) {
      trouble(source, what, error.code);
    }
    stored(store_.update_capture(row));
  }

  void keep(CaptureRow& row, const crawler::Playback& playback) {
    ++row.attempts;
    row.outcome = playback.from_revisit || row.capture.is_revisit() ? Outcome::revisit : Outcome::fetched;
    row.http_status = playback.status;
    row.content_type = playback.content_type;
    row.location = playback.location;
    if (playback.digest_check != crawler::DigestCheck::none) row.digest_check = crawler::name(playback.digest_check);
    row.retry_after.reset();
    row.cause.clear();
    for (const std::string& note : playback.notes) row.cause += (row.cause.empty() ? "" : "; ") + note;
    stored(store_.transaction([&]() -> core::Result<void> {
      const auto body = store_.put_body(playback.body);
      if (!body) return tl::unexpected(body.error());
      row.body = *body;
      return store_.update_capture(row);
    }));
  }

  std::optional<std::vector<CaptureRow>> captures(const std::string& urlkey) {
    auto all = store_.captures(target_);
    if (!stored(all)) return {};
    if (!urlkey.empty()) {
      std::erase_if(*all, [&](const CaptureRow& row) { return core::url_key(row.capture.original) != urlkey; });
    }
    return std::move(*all);
  }

  /// The links of a stored page; empty when it cannot be read.
  std::optional<core::PageLinks> links_of(const CaptureRow& row) {
    const auto body = store_.body(*row.body);
    if (!body) {
      warn_once(row.capture.original + ": " + body.error().detail);
      return {};
    }
    auto links = extract::page_links(*body, {row.capture.original, row.content_type});
    if (!links) {
      observer_.detail(links.error().detail);
      return {};
    }
    return std::move(*links);
  }

  /// Where home pages sent their readers: archived redirects, <meta> refreshes, frames that hold the page.
  std::vector<std::string> leads(std::set<std::string>& seen) {
    std::map<std::string, std::pair<std::size_t, std::string>> counts;
    const auto rows = captures("");
    if (!rows) return {};
    const auto add = [&](const std::string& from, const std::string& url) {
      const auto target = core::Url::parse(url);
      if (!target || !crawler::same_site(from, url)) return;
      const std::string address = target->text().substr(0, target->text().find('#'));
      const std::string key = core::url_key(address);
      if (!seen.contains(key)) counts[key] = {counts[key].first + 1, address};
    };
    for (const CaptureRow& row : *rows) {
      if (is_redirect(row)) add(row.capture.original, row.location);
      if (!is_page(row)) continue;
      const auto links = links_of(row);
      if (!links) continue;
      if (!links->forwards_to.empty()) add(row.capture.original, links->forwards_to);
      const auto frames =
          std::count_if(links->links.begin(), links->links.end(), [](const auto& link) { return link.frame; });
      if (frames == 0 || links->links.size() > static_cast<std::size_t>(frames) + 12) continue;
      for (const core::PageLink& link : links->links) {
        if (link.frame) add(row.capture.original, link.url);
      }
    }
    std::vector<std::pair<std::size_t, std::string>> by_count;
    for (const auto& [key, one] : counts) by_count.push_back(one);
    std::stable_sort(by_count.begin(), by_count.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> out;
    for (const auto& [count, address] : by_count) {
      if (out.size() < most_leads) out.push_back(address);
    }
    return out;
  }

  void rank(Discovery& discovery) {
    const auto rows = captures("");
    if (!rows) return;
    std::vector<RankedPage> pages;
    for (const CaptureRow& row : *rows) {
      if (!is_page(row)) continue;
      const auto links = links_of(row);
      if (!links) continue;
      ++discovery.pages;
      pages.push_back({row.capture.timestamp, crawler::rank_policy_links(*links, discovery.query.kind)});
    }
    discovery.consensus = agree(pages);
    for (DiscoveryRow& row : discovery.consensus.found) row.found_at = now();
    stored(store_.put_discoveries(site_name(discovery.query.site), discovery.query.kind, discovery.consensus.found));
    Fields fields{{"site", discovery.query.site},
                  {"kind", discovery.query.kind},
                  {"pages", static_cast<std::int64_t>(discovery.pages)}};
    if (const DiscoveryRow* chosen = discovery.chosen()) {
      fields.emplace_back("url", chosen->url);
      fields.emplace_back("score", chosen->score);
    }
    observer_.event("discovered", fields);
  }

  void trouble(const Source& source, const std::string& text, Errc code) {
    complete_ = false;
    if (code == Errc::interrupted) {
      out_.interrupted = true;
      return;
    }
    if (source.archive->not_before()) note_stop(source);
    warn_once(text);
  }

  void note_stop(const Source& source) {
    const auto until = source.archive->not_before();
    if (!until) return;
    if (!out_.not_before || *out_.not_before < *until) out_.not_before = until;
    stored(store_.set_not_before(source.id, until));
  }

  void warn_once(const std::string& text) {
    if (warned_.insert(text).second) observer_.warning(text);
  }

  asio::io_context& io_;
  std::vector<Source>& sources_;
  storage::Store& store_;
  Observer& observer_;
  const DiscoverOptions& options_;
  Discoveries& out_;
  storage::Id target_ = 0;
  std::string home_;
  bool complete_ = true;
  std::size_t fetched_ = 0;
  std::set<storage::Id> tried_;
  std::set<std::string> warned_;
};

}  // namespace

const DiscoveryRow* Discovery::chosen() const {
  return !consensus.found.empty() && consensus.found.front().chosen ? &consensus.found.front() : nullptr;
}

core::Result<Discoveries> discover(asio::io_context& io, const std::vector<SiteQuery>& queries,
                                   std::vector<Source>& sources, storage::Store& store, Observer& observer,
                                   const DiscoverOptions& options) {
  Discoveries out;
  HomePages pages(io, sources, store, observer, options, out);
  asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&pages](const boost::system::error_code& error, int) {
    if (!error) pages.stop();
  });
  std::exception_ptr failure;
  const auto all = [](HomePages& work, std::vector<SiteQuery> sites) -> asio::awaitable<void> {
    for (const SiteQuery& site : sites) {
      if (!work.ended()) co_await work.look(site);
    }
  };
  asio::co_spawn(io, all(pages, queries), [&](const std::exception_ptr& error) {
    failure = error;
    signals.cancel();
  });
  io.restart();
  io.run();
  io.restart();
  if (failure) std::rethrow_exception(failure);
  if (pages.store_error) return tl::unexpected(*pages.store_error);
  return out;
}

}  // namespace waydiff::pipeline
