#include "crawler/timemap_walk.hpp"

#include <deque>
#include <set>
#include <utility>

#include "crawler/index_walk.hpp"
#include "crawler/replay_address.hpp"
#include "crawler/timemap.hpp"

namespace waydiff::crawler {
namespace {

using boost::asio::awaitable;
using core::Errc;
using core::Result;

constexpr std::size_t largest_timemap = 256u << 20;

/// Host and path: behind a proxy, servers print http for what they serve by https.
std::string without_scheme(const std::string& address) {
  return address.substr(std::min(address.find("//"), address.size()));
}

awaitable<Result<TimeMapPage>> fetch(Session::Self session, std::string address, ListQuery query) {
  const auto make = [&] {
    Request request;
    request.url = address;
    request.max_bytes = largest_timemap;
    return request;
  };
  const auto read = [&](Response response) { return read_timemap_answer(response, query); };
  co_return co_await Session::ask<TimeMapPage>(session, Pool::index, make, read);
}

void warn_of_filters(const ListQuery& query, Listing& listing) {
  for (const std::string& filter : query.filters) {
    const bool told = filter.find("original:") != std::string::npos || filter.find("urlkey:") != std::string::npos ||
                      filter.find("timestamp:") != std::string::npos;
    if (!told) listing.warnings.push_back(query.url + ": a TimeMap cannot be filtered by \"" + filter + "\"");
  }
}

}  // namespace

awaitable<Result<Listing>> walk_timemaps(Session::Self session, ListQuery query) {
  if (query.match != Match::exact) {
    co_return core::fail(Errc::bad_argument, query.url + ": a TimeMap lists one address, not all that begin like it");
  }
  Listing listing;
  warn_of_filters(query, listing);
  const std::string first = timemap_address(session->settings.index, query);
  const std::string origin = origin_of(first);
  std::set<std::string> seen{without_scheme(first)};
  std::deque<std::string> left{first};
  while (!left.empty() && !listing.problem) {
    const std::string address = std::move(left.front());
    left.pop_front();
    auto map = co_await fetch(session, address, query);
    if (!map) {
      map.error().detail = query.url + ": " + map.error().detail;
      if (ends_listing(map.error().code)) co_return tl::unexpected(std::move(map.error()));
      listing.problem = std::move(map.error());
      break;
    }
    add_page(listing, std::move(map->page));
    for (const std::string& part : map->parts) {
      std::string next = absolute_address(part, address);
      if (without_scheme(origin_of(next)) != without_scheme(origin)) {
        listing.problem = core::Error{Errc::bad_cdx, query.url + ": the TimeMap goes on on another host: " + next};
        continue;
      }
      // The scheme that was configured, not one that may be less safe.
      next = origin.substr(0, origin.find("//")) + without_scheme(next);
      if (seen.insert(without_scheme(next)).second) left.push_back(std::move(next));
    }
    if (listing.pages >= session->settings.max_pages && !left.empty()) {
      listing.problem =
          core::Error{Errc::bad_cdx, query.url + ": no end after " + std::to_string(listing.pages) + " TimeMaps"};
    }
  }
  listing.complete = !listing.problem;
  co_return finished(std::move(listing));
}

}  // namespace waydiff::crawler
