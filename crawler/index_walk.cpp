#include "crawler/index_walk.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>
#include <vector>

#include "crawler/time_window.hpp"

namespace waydiff::crawler {
namespace {

using boost::asio::awaitable;
using core::Errc;
using core::Result;
using SessionPtr = Session::Self;

constexpr std::size_t most_warnings = 20;
constexpr std::size_t largest_index_answer = 256u << 20;

core::Timestamp now() {
  return core::Timestamp(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

/// One page; asks for fewer rows when they were too many for the server. `limit` stays lowered.
awaitable<Result<IndexPage>> fetch_page(SessionPtr session, IndexSpeech speech, ListQuery query, std::string resume_key,
                                        int& limit) {
  const auto make = [&] {
    Request request;
    request.url = speech.address(query, limit, resume_key);
    request.max_bytes = largest_index_answer;
    return request;
  };
  const auto read = [&](Response response) { return speech.read(response, query); };
  const auto failed = [&limit](Errc code) {
    if (code == Errc::timed_out || code == Errc::bad_cdx || code == Errc::transport) limit = std::max(limit / 2, 1);
  };
  co_return co_await Session::ask<IndexPage>(session, Pool::index, make, read, failed);
}

/// Whether more captures than servers scan are in the query's scope. Servers that cannot say are believed to the good.
awaitable<Result<bool>> is_long(SessionPtr session, IndexSpeech speech, ListQuery query) {
  ListQuery all = query;
  all.filters.clear();
  const auto make = [&] {
    Request request;
    request.url = speech.scan(all, session->settings.scan_ceiling);
    request.max_bytes = largest_index_answer;
    return request;
  };
  const auto read = [&](Response response) { return speech.read(response, all); };
  const auto page = co_await Session::ask<IndexPage>(session, Pool::index, make, read);
  if (page) co_return page->rows != 0;
  if (ends_listing(page.error().code)) co_return tl::unexpected(page.error());
  co_return false;
}

core::Error named(const ListQuery& query, core::Error error) {
  error.detail = query.url + ": " + error.detail;
  return error;
}

/// Asks for what a resume key may skip: the rest of the second of the page's last row.
ListQuery cut_second(ListQuery query, const IndexPage& page) {
  query.from = query.to = page.last_timestamp;
  if (query.match != Match::exact) {
    query.match = Match::exact;
    query.url = page.last_original;
  }
  return query;
}

/// The pages of one query, added to `listing`. False when the listing cannot go on; its problem says why.
awaitable<Result<bool>> follow_keys(SessionPtr session, IndexSpeech speech, ListQuery query, int& limit,
                                    Listing& listing) {
  std::set<std::string> keys;
  std::string key;
  for (std::size_t pages = 0;;) {
    auto page = co_await fetch_page(session, speech, query, key, limit);
    if (!page) co_return tl::unexpected(named(query, std::move(page.error())));
    key = page->resume_key;
    const std::string last = page->last_timestamp;
    const ListQuery second = cut_second(query, *page);
    const auto latest = page->latest;
    add_page(listing, std::move(*page));
    ++pages;
    if (key.empty()) co_return true;
    if (!keys.insert(key).second) {
      listing.problem = core::Error{Errc::bad_cdx, query.url + ": the index goes in circles at resume key " + key};
      co_return false;
    }
    if (!last.empty()) {
      page = co_await fetch_page(session, speech, second, "", limit);
      if (!page) co_return tl::unexpected(named(query, std::move(page.error())));
      add_page(listing, std::move(*page));
    }
    if (pages < session->settings.max_pages) continue;
    // Rows of one address come by time: what is left can be asked for by itself.
    const TimeWindow window = window_of(query, now());
    if (query.match != Match::exact || !latest || *latest <= window.from) {
      listing.problem = core::Error{Errc::bad_cdx, query.url + ": no end after " + std::to_string(pages) + " pages"};
      co_return false;
    }
    query = within(query, {*latest, window.to});
    key.clear();
    keys.clear();
    pages = 0;
  }
}

}  // namespace

bool ends_listing(Errc code) {
  return code == Errc::excluded || code == Errc::rate_limited || code == Errc::refused || code == Errc::interrupted;
}

void add_page(Listing& listing, IndexPage page) {
  ++listing.pages;
  listing.rows += page.rows;
  for (const auto& [reason, count] : page.dropped) listing.dropped[reason] += count;
  for (auto& warning : page.warnings) {
    if (listing.warnings.size() < most_warnings) listing.warnings.push_back(std::move(warning));
  }
  listing.captures.append(page.captures);
}

Listing finished(Listing listing) {
  const std::size_t repeated = listing.captures.drop_repeated();
  if (repeated != 0) listing.dropped["repeated"] += repeated;
  return listing;
}

awaitable<Result<Listing>> walk_keys(SessionPtr session, IndexSpeech speech, ListQuery query) {
  Listing listing;
  int limit = std::max(session->settings.page_rows, 1);
  std::vector<ListQuery> parts{query};
  while (!parts.empty() && !listing.problem) {
    const ListQuery part = std::move(parts.back());
    parts.pop_back();
    if (!part.filters.empty() && speech.scan) {
      // Servers end a long scan without a word, so that a filtered list may lack its tail.
      const auto longer = co_await is_long(session, speech, part);
      if (!longer) co_return tl::unexpected(longer.error());
      const auto both = *longer && part.match == Match::exact ? halves(window_of(part, now())) : std::nullopt;
      if (both) {
        parts.push_back(within(part, both->second));
        parts.push_back(within(part, both->first));
        continue;
      }
      if (*longer) listing.warnings.push_back(part.url + ": so long a list, filtered, may lack its end");
    }
    const auto done = co_await follow_keys(session, speech, part, limit, listing);
    if (!done && ends_listing(done.error().code)) co_return tl::unexpected(done.error());
    if (!done) listing.problem = done.error();
  }
  listing.complete = !listing.problem;
  co_return finished(std::move(listing));
}

awaitable<Result<Listing>> walk_windows(SessionPtr session, IndexSpeech speech, ListQuery query) {
  Listing listing;
  int limit = std::max(session->settings.page_rows, 1);
  std::vector<ListQuery> parts{query};
  while (!parts.empty() && !listing.problem) {
    const ListQuery part = std::move(parts.back());
    parts.pop_back();
    auto page = co_await fetch_page(session, speech, part, "", limit);
    if (!page) {
      if (ends_listing(page.error().code)) co_return tl::unexpected(named(query, std::move(page.error())));
      listing.problem = named(query, std::move(page.error()));
      break;
    }
    // More rows than asked for: the server knows no limit, and these are all.
    const bool full = page->rows == static_cast<std::size_t>(limit);
    const auto latest = page->latest;
    const bool in_order = page->in_order && query.match == Match::exact;
    add_page(listing, std::move(*page));
    if (!full) continue;
    const TimeWindow window = window_of(part, now());
    const auto both = halves(window);
    if (listing.pages >= session->settings.max_pages) {
      listing.problem =
          core::Error{Errc::bad_cdx, query.url + ": no end after " + std::to_string(listing.pages) + " pages"};
    } else if (!latest) {
      listing.problem = core::Error{Errc::bad_cdx, query.url + ": the index does not keep to the time it is asked for"};
    } else if (in_order && *latest > window.from) {
      parts.push_back(within(part, {*latest, window.to}));
    } else if (both) {
      parts.push_back(within(part, both->second));
      parts.push_back(within(part, both->first));
    } else {
      listing.problem = core::Error{
          Errc::bad_cdx, query.url + ": more than " + std::to_string(limit) + " captures in the second " + part.from};
    }
  }
  listing.complete = !listing.problem;
  co_return finished(std::move(listing));
}

}  // namespace waydiff::crawler
