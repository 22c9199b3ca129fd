#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "soak/child.hpp"
#include "soak/scene.hpp"
#include "support/fake_archive.hpp"

namespace waydiff::soak {

struct Rates {
  int index_per_minute;
  int playback_per_minute;
};
/// As fast as goes, for runs that nothing disturbs.
inline constexpr Rates quick{6000, 60000};
/// A budget that can be felt: such a run takes a second or two.
inline constexpr Rates paced{1200, 4800};
inline constexpr int connections = 4;
inline constexpr std::chrono::seconds longest_run{90};
/// What finish() says of a child that does not end.
inline constexpr int for_ever = -1000;

/// An archive made from a seed, and folders with configurations that follow its documents.
class Stage {
 public:
  Stage(std::uint64_t seed, std::filesystem::path folder);

  /// A new folder of this name; its store is to be `store(name)`.
  [[nodiscard]] std::filesystem::path prepare(const std::string& name, Rates rates) const;
  /// Addresses of the documents whose captures are looked for by halving: what is asked for depends on what came.
  [[nodiscard]] std::vector<std::string> searched() const;
  [[nodiscard]] const Scene& scene() const { return scene_; }
  [[nodiscard]] test::FakeArchive& archive() { return archive_; }

 private:
  std::filesystem::path folder_;
  Scene scene_;
  test::FakeArchive archive_;
};

/// The store that a prepared folder's configuration names.
[[nodiscard]] std::filesystem::path store_in(const std::filesystem::path& folder);

/// Exit status at its end, for_ever if it takes longer than the longest run.
[[nodiscard]] int finish(Child& child);

/// A status in words.
[[nodiscard]] std::string shown(int status);

/// What `waydiff verify` of the folder's store has to complain of; empty is good.
[[nodiscard]] std::string complaint(const std::filesystem::path& folder, const std::string& store = {});

/// Why a run with too small a disk did not end as it should; empty is good.
[[nodiscard]] std::string complaint_on_full_disk(int status, const std::string& said);

}  // namespace waydiff::soak
