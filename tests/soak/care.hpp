#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace waydiff::soak {

/// How one seed's handling of whole stores ended.
struct Care {
  std::uint64_t seed = 0;
  std::size_t merges = 0, backups = 0, mends = 0;  ///< begun
  std::size_t kills = 0;
  std::size_t full_disks = 0;
  std::size_t beside_a_run = 0;  ///< backups that were made while a run wrote the store
  double seconds = 0;
  std::vector<std::string> problems;  ///< what should not have happened; empty is good
};

/// Joins two shards of an archive made from `seed`, copies a store that is at rest and one that a run is writing, and
/// mends a damaged one, each killed, or its disk full, over and over, and then once more undisturbed. The stores that
/// are read must stay as they were, byte for byte; what is written must be the old or the new and nothing in between;
/// and in the end it must be what an undisturbed command makes. Works in `folder`, which is left behind.
[[nodiscard]] Care take_care(std::uint64_t seed, const std::filesystem::path& folder);

}  // namespace waydiff::soak
