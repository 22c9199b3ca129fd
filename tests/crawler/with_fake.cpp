#include "with_fake.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>

#include "core/digest.hpp"
#include "core/url.hpp"

namespace waydiff::crawler {
namespace {

using boost::asio::awaitable;

awaitable<void> list_into(Archive& archive, ListQuery query, std::optional<core::Result<Listing>>& result) {
  result = co_await archive.list(std::move(query));
}

awaitable<void> play_into(Archive& archive, core::Capture capture, std::optional<core::Result<Playback>>& result) {
  result = co_await archive.play(std::move(capture));
}

}  // namespace

HttpSettings quick(const test::FakeArchive& fake) {
  HttpSettings settings;
  settings.name = "fake";
  settings.index = fake.index();
  settings.playback = fake.playback();
  settings.user_agent = "waydiff-test/1 (+mailto:test@example.org)";
  settings.index_per_minute = settings.playback_per_minute = 1000000;
  settings.pause = std::chrono::seconds(0);
  settings.backoff = std::chrono::milliseconds(1);
  settings.connect_timeout = std::chrono::seconds(5);
  settings.stall_timeout = std::chrono::seconds(5);
  return settings;
}

HttpSettings quick(const test::FakeArchive& fake, std::string_view profile) {
  HttpSettings settings = quick(fake);
  settings.profile = *core::find_profile(profile);
  switch (settings.profile.dialect) {
    case core::IndexDialect::pywb:
      settings.index = fake.base_url() + "/pywb/cdx";
      settings.playback = fake.base_url() + "/pywb";
      break;
    case core::IndexDialect::timemap:
      settings.index = fake.base_url() + "/timemap/link";
      break;
    case core::IndexDialect::common_crawl:
      settings.index = fake.base_url() + "/collinfo.json";
      settings.playback = fake.base_url();
      break;
    case core::IndexDialect::classic:
    case core::IndexDialect::files:
      break;
  }
  return settings;
}

core::Capture row_of(const test::FakeCapture& capture) {
  core::Capture row;
  row.urlkey = core::url_key(capture.original);
  row.raw_timestamp = capture.timestamp;
  row.timestamp = core::Timestamp::parse(capture.timestamp).value();
  row.original = capture.original;
  row.mime = capture.revisit ? "warc/revisit" : capture.mime;
  row.digest = capture.digest.empty() ? core::sha1_base32(capture.body) : capture.digest;
  if (!capture.revisit) row.status = capture.status;
  row.length = static_cast<std::int64_t>(capture.body.size() + 400);
  return row;
}

Client::Client(HttpSettings settings)
    : archive_(open_http_archive(io_, std::move(settings), [this](std::string line) { talk_.push_back(line); })) {}

core::Result<Listing> Client::list(std::string url, std::string from, std::string to) {
  return ask({std::move(url), std::move(from), std::move(to)});
}

core::Result<Listing> Client::ask(ListQuery query) {
  return ask_all({std::move(query)}).front();
}

std::vector<core::Result<Listing>> Client::ask_all(std::vector<ListQuery> queries) {
  std::vector<std::optional<core::Result<Listing>>> results(queries.size());
  for (std::size_t i = 0; i < queries.size(); ++i) {
    boost::asio::co_spawn(io_, list_into(*archive_, queries[i], results[i]), boost::asio::detached);
  }
  io_.restart();
  io_.run();
  std::vector<core::Result<Listing>> ended;
  for (auto& result : results) {
    ended.push_back(result ? std::move(*result) : core::fail(core::Errc::io, "the call did not end"));
  }
  return ended;
}

core::Result<Playback> Client::play(const core::Capture& capture) {
  return play_all({capture}).front();
}

std::vector<core::Result<Playback>> Client::play_all(const std::vector<core::Capture>& captures) {
  std::vector<std::optional<core::Result<Playback>>> results(captures.size());
  for (std::size_t i = 0; i < captures.size(); ++i) {
    boost::asio::co_spawn(io_, play_into(*archive_, captures[i], results[i]), boost::asio::detached);
  }
  io_.restart();
  io_.run();
  std::vector<core::Result<Playback>> ended;
  for (auto& result : results) {
    ended.push_back(result ? std::move(*result) : core::fail(core::Errc::io, "the call did not end"));
  }
  return ended;
}

core::Result<Playback> Client::play_and_stop(const core::Capture& capture, std::chrono::milliseconds delay) {
  boost::asio::steady_timer timer(io_, delay);
  timer.async_wait([this](const boost::system::error_code&) { archive_->stop(); });
  return play(capture);
}

}  // namespace waydiff::crawler
