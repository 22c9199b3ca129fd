#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace waydiff::soak {

/// How one seed ended.
struct Trial {
  std::uint64_t seed = 0;
  std::size_t captures = 0;
  std::size_t runs = 0;  ///< until everything was done
  std::size_t kills = 0;
  std::size_t full_disks = 0;
  std::size_t stops = 0;  ///< runs that the archive asked to stop
  std::size_t requests = 0;
  std::size_t repeated = 0;           ///< bodies asked for again because of a kill
  std::map<std::string, int> faults;  ///< by name
  double seconds = 0;
  std::vector<std::string> problems;  ///< what should not have happened; empty is good
};

/// Follows the documents of an archive made from `seed` twice: undisturbed, and with the archive misbehaving and the
/// program killed, or its disk full, over and over. Both stores must end equal, `verify` must be content after each
/// kill, and the archive's log must show good manners. Works in `folder`, which is left behind for whoever looks into a
/// problem.
[[nodiscard]] Trial attempt(std::uint64_t seed, const std::filesystem::path& folder);

}  // namespace waydiff::soak
