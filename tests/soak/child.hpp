#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace waydiff::soak {

/// The waydiff binary at work in `folder`, with host state of its own in there; its words go to files. Killed when it
/// goes out of scope.
class Child {
 public:
  /// `name` names the files: NAME.out, NAME.err. With `disk`, its files take so many bytes and then no more.
  Child(const std::filesystem::path& folder, const std::string& name, const std::vector<std::string>& arguments,
        std::optional<long long> disk = {});
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Exit status once it has ended, minus the signal's number if one ended it; empty when it still runs at `deadline`.
  [[nodiscard]] std::optional<int> wait_until(std::chrono::steady_clock::time_point deadline);
  void kill() const;
  [[nodiscard]] std::string err() const;

 private:
  std::filesystem::path err_;
  pid_t process_ = -1;
};

/// The host state that children of a folder share.
[[nodiscard]] std::filesystem::path host_state(const std::filesystem::path& folder);

}  // namespace waydiff::soak
