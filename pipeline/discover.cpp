#include "pipeline/discover.hpp"

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <exception>
#include <map>
#include <set>

#include "core/url.hpp"
#include "extract/page_links.hpp"
#include "pipeline/home_crawl.hpp"

namespace waydiff::pipeline {
namespace {

namespace asio = boost::asio;
using storage::CaptureRow;
using storage::DiscoveryRow;

/// Home pages send readers on ("/" to "/en/", frames): so many further addresses are looked at.
constexpr std::size_t most_leads = 3;

std::string home_address(const std::string& site) {
  const auto url = core::Url::parse(site);
  if (!url) return site;
  if (site.find("//") != std::string::npos) return url->text();
  const std::string secure = "https://" + site;
  return site.find('/') == std::string::npos ? secure + "/" : secure;
}

bool is_page(const CaptureRow& row) {
  return row.body && row.http_status.value_or(200) == 200;
}

bool is_redirect(const CaptureRow& row) {
  return row.http_status && *row.http_status >= 300 && *row.http_status < 400 && !row.location.empty();
}

/// Reads the links of a site's home pages.
class Look {
 public:
  Look(HomeCrawl& crawl, storage::Store& store, Observer& observer, const DiscoverOptions& options, Discoveries& out)
      : crawl_(crawl), store_(store), observer_(observer), options_(options), out_(out) {}

  /// Brings in what is missing of a site and ranks what is there.
  asio::awaitable<void> at(SiteQuery query) {
    Discovery discovery;
    discovery.query = query;
    const std::string home = home_address(query.site);
    if (!crawl_.begin(query, home)) co_return;
    std::set<std::string> seen{core::url_key(home)};
    co_await crawl_.follow(query, home, options_.max_pages);
    for (const std::string& lead : leads(seen)) {
      if (crawl_.ended()) break;
      co_await crawl_.follow(query, lead, std::max<std::size_t>(1, options_.max_pages / 2));
    }
    discovery.complete = crawl_.complete();
    discovery.cut = crawl_.cut() || out_.interrupted;
    if (!crawl_.store_error()) rank(discovery);
    if (!discovery.complete) ++out_.troubles;
    out_.found.push_back(std::move(discovery));
  }

 private:
  /// The links of a stored page; empty when it cannot be read.
  std::optional<core::PageLinks> links_of(const CaptureRow& row) {
    const auto body = store_.body(*row.body);
    if (!body) {
      crawl_.warn_once(row.capture.original + ": " + body.error().detail);
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
    const auto rows = crawl_.captures();
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
    const auto rows = crawl_.captures();
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
    for (DiscoveryRow& row : discovery.consensus.found) row.found_at = crawl_.now();
    // Half a look would be taken for a whole one for a month.
    if (!discovery.cut) {
      const std::string site = site_name(discovery.query.site);
      crawl_.stored(store_.put_discoveries(site, discovery.query.kind, discovery.consensus.found));
    }
    Fields fields{{"site", discovery.query.site},
                  {"kind", discovery.query.kind},
                  {"pages", static_cast<std::int64_t>(discovery.pages)}};
    if (const DiscoveryRow* chosen = discovery.chosen()) {
      fields.emplace_back("url", chosen->url);
      fields.emplace_back("score", chosen->score);
    }
    observer_.event("discovered", fields);
  }

  HomeCrawl& crawl_;
  storage::Store& store_;
  Observer& observer_;
  const DiscoverOptions& options_;
  Discoveries& out_;
};

}  // namespace

const DiscoveryRow* Discovery::chosen() const {
  return !consensus.found.empty() && consensus.found.front().chosen ? &consensus.found.front() : nullptr;
}

core::Result<Discoveries> discover(asio::io_context& io, const std::vector<SiteQuery>& queries,
                                   std::vector<Source>& sources, storage::Store& store, Observer& observer,
                                   const DiscoverOptions& options) {
  Discoveries out;
  HomeCrawl crawl(io, sources, store, observer, options, out);
  Look look(crawl, store, observer, options, out);
  asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&crawl](const boost::system::error_code& error, int) {
    if (!error) crawl.stop();
  });
  std::exception_ptr failure;
  const auto all = [](Look& work, HomeCrawl& until, std::vector<SiteQuery> sites) -> asio::awaitable<void> {
    for (const SiteQuery& site : sites) {
      if (!until.ended()) co_await work.at(site);
    }
  };
  asio::co_spawn(io, all(look, crawl, queries), [&](const std::exception_ptr& error) {
    failure = error;
    signals.cancel();
  });
  io.restart();
  io.run();
  io.restart();
  if (failure) std::rethrow_exception(failure);
  if (crawl.store_error()) return tl::unexpected(*crawl.store_error());
  return out;
}

}  // namespace waydiff::pipeline
