#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace waydiff::report {

/// Neighbouring versions of real documents, every fifth of those there are; empty when the corpus is not there.
inline std::vector<std::pair<std::filesystem::path, std::filesystem::path>> real_pairs() {
  const std::filesystem::path versions = std::filesystem::path(WAYDIFF_SHARED_DIR) / "corpus" / "versions";
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::exists(versions)) return {};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(versions)) {
    const std::string stem = entry.path().stem().string();
    const bool timed = stem.size() == 14 && stem.find_first_not_of("0123456789") == std::string::npos;
    if (timed && entry.path().extension() == ".md") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<std::pair<std::filesystem::path, std::filesystem::path>> out;
  for (std::size_t i = 1; i < files.size(); i += 5) {
    if (files[i].parent_path() == files[i - 1].parent_path()) out.emplace_back(files[i - 1], files[i]);
  }
  return out;
}

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace waydiff::report
