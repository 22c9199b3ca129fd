#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "program.hpp"
#include "scratch_folder.hpp"
#include "support/fake_archive.hpp"

namespace waydiff::cli {

inline constexpr const char* policy_address = "https://www.shop.example/privacy";

/// A page of a privacy policy, long enough to be taken for one, that holds `sentence`.
[[nodiscard]] std::string policy(std::string_view sentence);

/// A policy that reads otherwise in each version.
[[nodiscard]] std::string policy_number(int version);

/// An archive on loopback, and a folder with a waydiff.toml that follows one policy in it.
class CrawlScene {
 public:
  CrawlScene();

  test::FakeArchive archive;
  ScratchFolder folder;
  int connections = 2;
  int attempts = 3;
  std::string every = "all";

  /// Lists a capture of the policy. `day` is 8 digits.
  void capture(const std::string& day, std::string body);
  /// Writes waydiff.toml as the settings above say.
  void configure() const;

  /// configure(), then waydiff to its end, or only its start.
  [[nodiscard]] Ended waydiff(const std::vector<std::string>& arguments) const;
  [[nodiscard]] Ended run() const { return waydiff({"run"}); }

  [[nodiscard]] std::size_t index_requests() const;
  [[nodiscard]] std::size_t playback_requests(std::string_view part = "") const;
  /// What the ledger says of the capture of a second, "" when there is nothing to say.
  [[nodiscard]] std::string cause_of(std::string_view timestamp) const;
  /// Waits until the archive got so many playback requests; false when that takes too long.
  [[nodiscard]] bool wait_for_playbacks(std::size_t count) const;
};

/// The receipt of one target out of `--json`. Checks that its columns add up to what was listed.
[[nodiscard]] boost::json::object receipt_of(const Ended& ended, std::size_t target = 0);

/// One column of it.
[[nodiscard]] std::int64_t count(const boost::json::object& receipt, std::string_view column);

/// The objects of a JSON Lines answer.
[[nodiscard]] std::vector<boost::json::object> lines_of(const Ended& ended);

}  // namespace waydiff::cli
