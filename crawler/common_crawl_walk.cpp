#include "crawler/common_crawl_walk.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <iterator>
#include <utility>

#include "crawler/index_walk.hpp"
#include "crawler/pywb_index.hpp"

namespace waydiff::crawler {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using core::Result;

constexpr std::size_t largest_list = 16u << 20;

/// Wakes those who wait on every way out.
class Coming {
 public:
  Coming(std::shared_ptr<KnownCrawls> known, std::shared_ptr<asio::steady_timer> timer) : known_(std::move(known)) {
    known_->coming = std::move(timer);
  }
  Coming(const Coming&) = delete;
  Coming& operator=(const Coming&) = delete;
  ~Coming() {
    known_->coming->cancel();
    known_->coming.reset();
  }

 private:
  std::shared_ptr<KnownCrawls> known_;
};

Result<std::vector<CrawlIndex>> read_list(const Response& response, const std::string& asked) {
  const auto body = index_body(response);
  if (!body) return tl::unexpected(body.error());
  if (auto refused = index_refusal(response, *body)) return tl::unexpected(std::move(*refused));
  return parse_crawls(*body, asked);
}

awaitable<Result<void>> learn_crawls(Session::Self session, std::shared_ptr<KnownCrawls> known) {
  while (known->coming) {
    const auto coming = known->coming;
    co_await coming->async_wait(asio::as_tuple(asio::use_awaitable));
  }
  if (known->crawls) co_return Result<void>{};
  const auto executor = co_await asio::this_coro::executor;
  const Coming coming(known, std::make_shared<asio::steady_timer>(executor, asio::steady_timer::time_point::max()));
  const std::string address = session->settings.index;
  const auto make = [&] {
    Request request;
    request.url = address;
    request.max_bytes = largest_list;
    return request;
  };
  const auto read = [&](Response response) { return read_list(response, address); };
  auto crawls = co_await Session::ask<std::vector<CrawlIndex>>(session, Pool::index, make, read);
  if (!crawls) co_return tl::unexpected(std::move(crawls.error()));
  known->crawls = std::move(*crawls);
  co_return Result<void>{};
}

void merge(Listing& all, const CrawlIndex& crawl, Listing one) {
  all.pages += one.pages;
  all.rows += one.rows;
  for (const auto& [reason, count] : one.dropped) all.dropped[reason] += count;
  std::move(one.warnings.begin(), one.warnings.end(), std::back_inserter(all.warnings));
  all.captures.append(one.captures);
  if (one.problem && !all.problem) {
    all.problem = core::Error{one.problem->code, crawl.id + ": " + one.problem->detail};
  }
}

}  // namespace

awaitable<Result<Listing>> walk_crawls(Session::Self session, std::shared_ptr<KnownCrawls> known, ListQuery query) {
  Listing listing;
  const auto learnt = co_await learn_crawls(session, known);
  if (!learnt) {
    if (ends_listing(learnt.error().code)) co_return tl::unexpected(learnt.error());
    listing.problem = learnt.error();
    co_return listing;
  }
  const core::FilterStyle filters = session->settings.profile.filters;
  for (const CrawlIndex& crawl : crawls_of(*known->crawls, query)) {
    IndexSpeech speech;
    speech.address = [api = crawl.api, filters](const ListQuery& part, int limit, const std::string&) {
      return pywb_address(api, part, limit, filters);
    };
    speech.read = read_pywb_answer;
    auto one = co_await walk_windows(session, speech, query);
    if (!one) co_return tl::unexpected(std::move(one.error()));
    merge(listing, crawl, std::move(*one));
  }
  listing.complete = !listing.problem;
  co_return finished(std::move(listing));
}

}  // namespace waydiff::crawler
