#include "crawler/http_archive.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/url.hpp"
#include "crawler/cdx.hpp"
#include "crawler/common_crawl.hpp"
#include "crawler/common_crawl_walk.hpp"
#include "crawler/index_walk.hpp"
#include "crawler/originals.hpp"
#include "crawler/playback_response.hpp"
#include "crawler/pywb_index.hpp"
#include "crawler/resumption.hpp"
#include "crawler/session.hpp"
#include "crawler/siblings.hpp"
#include "crawler/timemap_walk.hpp"

namespace waydiff::crawler {
namespace {

using boost::asio::awaitable;
using core::Errc;
using core::IndexDialect;
using core::Result;
using SessionPtr = Session::Self;

IndexSpeech classic_speech(const std::string& index) {
  IndexSpeech speech;
  speech.address = [index](const ListQuery& query, int limit, const std::string& key) {
    return query_address(index, query, limit, key);
  };
  speech.read = read_index_answer;
  speech.scan = [index](const ListQuery& query, std::size_t count) { return scan_address(index, query, count); };
  return speech;
}

IndexSpeech pywb_speech(const std::string& index, core::FilterStyle filters) {
  IndexSpeech speech;
  speech.address = [index, filters](const ListQuery& query, int limit, const std::string&) {
    return pywb_address(index, query, limit, filters);
  };
  speech.read = read_pywb_answer;
  return speech;
}

/// What an archive remembers between calls, beside its session.
struct Memory {
  void learn(const core::ArchiveProfile& profile, const core::Capture& capture) {
    if (profile.replay == core::ReplayPolicy::record) originals.learn(capture);
  }

  std::shared_ptr<KnownCrawls> crawls = std::make_shared<KnownCrawls>();
  Siblings siblings;
  Originals originals;
};

awaitable<Result<Listing>> listing_of(SessionPtr session, std::shared_ptr<Memory> memory, ListQuery query) {
  const core::ArchiveProfile& profile = session->settings.profile;
  switch (profile.dialect) {
    case IndexDialect::timemap:
      return walk_timemaps(session, std::move(query));
    case IndexDialect::common_crawl:
      return walk_crawls(session, memory->crawls, std::move(query));
    case IndexDialect::pywb:
      return walk_windows(session, pywb_speech(session->settings.index, profile.filters), std::move(query));
    case IndexDialect::classic:
    case IndexDialect::files:
      break;
  }
  IndexSpeech speech = classic_speech(session->settings.index);
  if (profile.resume_keys) return walk_keys(session, std::move(speech), std::move(query));
  return walk_windows(session, std::move(speech), std::move(query));
}

awaitable<Result<Listing>> list_with(SessionPtr session, std::shared_ptr<Memory> memory, ListQuery query) {
  const auto filters = parse_filters(query.filters);
  if (!filters) co_return tl::unexpected(filters.error());
  auto listing = co_await listing_of(session, memory, std::move(query));
  if (listing) {
    memory->siblings.learn(listing->captures);
    for (const core::Capture& capture : listing->captures) memory->learn(session->settings.profile, capture);
  }
  co_return listing;
}

awaitable<Result<Playback>> play_replay(SessionPtr session, std::shared_ptr<Memory> memory, core::Capture capture) {
  const HttpSettings& settings = session->settings;
  const std::string url = core::playback_url(settings.playback, capture.raw_timestamp, capture.original);
  const PlaybackRules rules{settings.playback,
                            {settings.max_body, settings.max_ratio},
                            settings.profile.replay,
                            memory->siblings.of(capture)};
  const auto arriving = std::make_shared<Response>();
  Resumption resumption;
  const auto make = [&] {
    resumption.keep(std::move(*arriving));
    *arriving = {};
    Request request;
    request.url = url;
    request.range = resumption.range();
    request.max_bytes = settings.max_body - std::min(settings.max_body, resumption.held());
    request.partial = arriving;
    return request;
  };
  const auto read = [&](Response response) -> Result<Playback> {
    if (!resumption.complete(response)) {
      return core::fail(Errc::transport, url + ": the archive sent another part than was asked for");
    }
    return read_playback(capture, rules, std::move(response));
  };
  co_return co_await Session::ask<Playback>(session, Pool::playback, make, read);
}

awaitable<Result<RecordAnswer>> ask_record(SessionPtr session, core::Capture capture) {
  const BodyLimits limits{session->settings.max_body, session->settings.max_ratio};
  const auto request = record_request(session->settings.playback, capture, limits);
  if (!request) co_return tl::unexpected(request.error());
  const auto make = [&] { return *request; };
  const auto read = [&](Response response) { return read_record_answer(capture, std::move(response), limits); };
  co_return co_await Session::ask<RecordAnswer>(session, Pool::playback, make, read);
}

awaitable<Result<Playback>> play_record(SessionPtr session, std::shared_ptr<Memory> memory, core::Capture capture) {
  auto answer = co_await ask_record(session, capture);
  if (!answer) co_return tl::unexpected(std::move(answer.error()));
  if (!answer->elsewhere) co_return std::move(answer->playback);
  const core::Capture* const known = memory->originals.of(capture, *answer->elsewhere);
  if (known == nullptr) co_return tl::unexpected(without_original(capture, *answer->elsewhere));
  const core::Capture original = *known;
  auto payload = co_await ask_record(session, original);
  if (!payload) {
    const core::Error& error = payload.error();
    co_return core::fail(error.code, capture.raw_timestamp + " of " + capture.original + ": revisit: " + error.detail);
  }
  co_return with_payload(std::move(*answer), std::move(payload->playback));
}

class HttpArchive : public Archive {
 public:
  explicit HttpArchive(SessionPtr session) : session_(std::move(session)) {}
  ~HttpArchive() override { session_->stop(); }

  awaitable<Result<Listing>> list(ListQuery query) override { return list_with(session_, memory_, std::move(query)); }
  awaitable<Result<Playback>> play(core::Capture capture) override {
    if (session_->settings.profile.replay == core::ReplayPolicy::record) {
      return play_record(session_, memory_, std::move(capture));
    }
    return play_replay(session_, memory_, std::move(capture));
  }
  void remember(const core::Capture& capture) override { memory_->learn(session_->settings.profile, capture); }
  std::optional<std::chrono::sys_seconds> not_before() const override { return session_->not_before(); }
  Pace pace() const override { return session_->pace(); }
  std::size_t requests() const override { return session_->requests(); }
  void stop() override { session_->stop(); }

 private:
  SessionPtr session_;
  std::shared_ptr<Memory> memory_ = std::make_shared<Memory>();
};

}  // namespace

std::unique_ptr<Archive> open_http_archive(boost::asio::io_context& io, HttpSettings settings,
                                           std::function<void(std::string)> talk) {
  return std::make_unique<HttpArchive>(std::make_shared<Session>(io, std::move(settings), std::move(talk)));
}

}  // namespace waydiff::crawler
