#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace waydiff::cli {

/// A folder that is gone after the test.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  /// Writes a file and gives its path.
  std::string write(const std::string& name, std::string_view bytes) const;

 private:
  std::filesystem::path path_;
};

/// The bytes of a file; empty when there is none.
[[nodiscard]] std::string bytes_of(const std::filesystem::path& file);

}  // namespace waydiff::cli
