#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/http_archive.hpp"
#include "support/fake_archive.hpp"

namespace waydiff::crawler {

/// Settings without waits, for the fake archive.
[[nodiscard]] HttpSettings quick(const test::FakeArchive& fake);

/// The same, for an archive of another profile.
[[nodiscard]] HttpSettings quick(const test::FakeArchive& fake, std::string_view profile);

/// The row that the index of the fake archive prints for a capture.
[[nodiscard]] core::Capture row_of(const test::FakeCapture& capture);

/// Runs one call to its end on a loop of its own archive.
class Client {
 public:
  explicit Client(HttpSettings settings);

  [[nodiscard]] core::Result<Listing> list(std::string url, std::string from = "", std::string to = "");
  [[nodiscard]] core::Result<Listing> ask(ListQuery query);
  /// Several at once; results in the order of the queries.
  [[nodiscard]] std::vector<core::Result<Listing>> ask_all(std::vector<ListQuery> queries);
  [[nodiscard]] core::Result<Playback> play(const core::Capture& capture);
  /// All at once; results in the order of the captures.
  [[nodiscard]] std::vector<core::Result<Playback>> play_all(const std::vector<core::Capture>& captures);
  /// Asks for a capture and stops the archive after `delay`.
  [[nodiscard]] core::Result<Playback> play_and_stop(const core::Capture& capture, std::chrono::milliseconds delay);

  [[nodiscard]] Archive& archive() { return *archive_; }
  [[nodiscard]] const std::vector<std::string>& talk() const { return talk_; }

 private:
  boost::asio::io_context io_;
  std::vector<std::string> talk_;
  std::unique_ptr<Archive> archive_;
};

}  // namespace waydiff::crawler
