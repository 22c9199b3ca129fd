#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "crawler/archive.hpp"
#include "pipeline/discover.hpp"
#include "pipeline/observer.hpp"
#include "pipeline/sources.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

/// Brings archived home pages of one site after the other into the store: asks the indexes, fetches what is chosen of
/// each address. The store's first failure is kept, and ends it. One thread: the one that runs `io`.
class HomeCrawl {
 public:
  HomeCrawl(boost::asio::io_context& io, std::vector<Source>& sources, storage::Store& store, Observer& observer,
            const DiscoverOptions& options, Discoveries& out);

  /// Enters the site's home page as a target; false when the store fails.
  bool begin(const SiteQuery& query, const std::string& home);

  /// Lists one address of the site in all archives of the query, and fetches at most `most` of its captures.
  boost::asio::awaitable<void> follow(SiteQuery query, std::string address, std::size_t most);

  /// A signal came: ends what is under way.
  void stop();
  /// True when nothing more is to be done at all.
  [[nodiscard]] bool ended() const;
  [[nodiscard]] const std::optional<core::Error>& store_error() const { return store_error_; }

  // Of the site that was begun last.
  [[nodiscard]] bool complete() const { return complete_; }  ///< all was answered, and read
  /// A limit of the run, a signal, or an archive that wants to be left alone kept something from being asked for.
  [[nodiscard]] bool cut() const { return cut_; }
  /// Its captures in the store, by time: of one address, or, without a key, all. Empty when the store fails.
  [[nodiscard]] std::optional<std::vector<storage::CaptureRow>> captures(const std::string& urlkey = "");

  [[nodiscard]] std::chrono::sys_seconds now() const;
  /// True when `result` is no failure.
  template <class T>
  bool stored(const core::Result<T>& result) {
    if (!result && !store_error_) store_error_ = result.error();
    return result.has_value();
  }
  void warn_once(const std::string& text);

 private:
  [[nodiscard]] bool may_ask(const Source& source);
  [[nodiscard]] bool listed_lately(const SiteQuery& query, const std::string& address, const Source& source);
  boost::asio::awaitable<void> list(SiteQuery query, std::string address, Source& source);
  boost::asio::awaitable<void> fetch(storage::CaptureRow& row);
  void keep(storage::CaptureRow& row, const crawler::Playback& playback);
  void give_up(storage::CaptureRow& row, const Source& source, const core::Error& error);
  void trouble(const Source& source, const std::string& text, core::Errc code);
  void note_stop(const Source& source);

  boost::asio::io_context& io_;
  std::vector<Source>& sources_;
  storage::Store& store_;
  Observer& observer_;
  const DiscoverOptions& options_;
  Discoveries& out_;
  std::optional<core::Error> store_error_;
  storage::Id target_ = 0;
  std::string home_;
  bool complete_ = true;
  bool cut_ = false;
  std::size_t fetched_ = 0;
  std::set<storage::Id> tried_;
  std::set<std::string> warned_;
};

/// "example.com" of anything that names the site.
[[nodiscard]] std::string site_name(const std::string& site);

}  // namespace waydiff::pipeline
