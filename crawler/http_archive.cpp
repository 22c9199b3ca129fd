#include "crawler/http_archive.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/url.hpp"
#include "crawler/cdx.hpp"
#include "crawler/playback_response.hpp"
#include "crawler/session.hpp"

namespace waydiff::crawler {
namespace {

using boost::asio::awaitable;
using core::Errc;
using core::Result;
using SessionPtr = Session::Self;

constexpr std::size_t most_pages = 10000;
constexpr std::size_t most_warnings = 20;
constexpr std::size_t largest_index_answer = 256u << 20;

/// One page of a listing; asks for fewer rows when they were too many for the server. `limit` stays lowered.
awaitable<Result<CdxPage>> fetch_page(SessionPtr session, ListQuery query, std::string resume_key, int& limit) {
  const auto make = [&] {
    Request request;
    request.url = query_address(session->settings.index, query, limit, resume_key);
    request.max_bytes = largest_index_answer;
    return request;
  };
  const auto read = [query](Response response) { return read_index_answer(response, query); };
  const auto failed = [&limit](Errc code) {
    if (code == Errc::timed_out || code == Errc::bad_cdx || code == Errc::transport) limit = std::max(limit / 2, 1);
  };
  co_return co_await Session::ask<CdxPage>(session, Pool::index, make, read, failed);
}

/// Errors that end a listing without a result; others leave it incomplete.
bool ends_listing(Errc code) {
  return code == Errc::excluded || code == Errc::rate_limited || code == Errc::refused || code == Errc::interrupted;
}

void add_page(Listing& listing, CdxPage page) {
  ++listing.pages;
  listing.rows += page.rows;
  for (const auto& [reason, count] : page.dropped) listing.dropped[reason] += count;
  for (auto& warning : page.warnings) {
    if (listing.warnings.size() < most_warnings) listing.warnings.push_back(std::move(warning));
  }
  std::move(page.captures.begin(), page.captures.end(), std::back_inserter(listing.captures));
}

awaitable<Result<Listing>> list_with(SessionPtr session, ListQuery query) {
  Listing listing;
  std::set<std::string> keys;
  std::string key;
  int limit = std::max(session->settings.page_rows, 1);
  while (!listing.complete && !listing.problem) {
    auto page = co_await fetch_page(session, query, key, limit);
    if (page) {
      key = page->resume_key;
      const std::string last = page->captures.empty() ? "" : page->captures.back().raw_timestamp;
      add_page(listing, std::move(*page));
      if (key.empty()) {
        listing.complete = true;
      } else if (!keys.insert(key).second || listing.pages >= most_pages) {
        listing.problem = core::Error{Errc::bad_cdx, query.url + ": the index goes in circles at resume key " + key};
      } else if (!last.empty()) {
        // Resume keys skip what else was captured in the second of the last row: ask for it.
        ListQuery second = query;
        second.from = second.to = last;
        page = co_await fetch_page(session, second, "", limit);
        if (page) add_page(listing, std::move(*page));
      }
    }
    if (!page) {
      if (ends_listing(page.error().code)) co_return tl::unexpected(std::move(page.error()));
      page.error().detail = query.url + ": " + page.error().detail;
      listing.problem = std::move(page.error());
    }
  }
  if (const std::size_t repeated = drop_repeated(listing.captures); repeated != 0)
    listing.dropped["repeated"] = repeated;
  co_return listing;
}

awaitable<Result<Playback>> play_with(SessionPtr session, core::Capture capture) {
  const std::string url = core::playback_url(session->settings.playback, capture.raw_timestamp, capture.original);
  const auto make = [session, url] {
    Request request;
    request.url = url;
    request.max_bytes = session->settings.max_body;
    return request;
  };
  const auto read = [session, capture](Response response) {
    const BodyLimits limits{session->settings.max_body, session->settings.max_ratio};
    return read_playback(capture, session->settings.playback, std::move(response), limits);
  };
  co_return co_await Session::ask<Playback>(session, Pool::playback, make, read);
}

class HttpArchive : public Archive {
 public:
  explicit HttpArchive(SessionPtr session) : session_(std::move(session)) {}
  ~HttpArchive() override { session_->stop(); }

  awaitable<Result<Listing>> list(ListQuery query) override { return list_with(session_, std::move(query)); }
  awaitable<Result<Playback>> play(core::Capture capture) override { return play_with(session_, std::move(capture)); }
  std::optional<std::chrono::sys_seconds> not_before() const override { return session_->not_before(); }
  std::size_t requests() const override { return session_->requests(); }
  void stop() override { session_->stop(); }

 private:
  SessionPtr session_;
};

}  // namespace

std::unique_ptr<Archive> open_http_archive(boost::asio::io_context& io, HttpSettings settings,
                                           std::function<void(std::string)> talk) {
  return std::make_unique<HttpArchive>(std::make_shared<Session>(io, std::move(settings), std::move(talk)));
}

}  // namespace waydiff::crawler
