#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace waydiff::cli {

/// How the program ended and what it wrote.
struct Ended {
  int status = -1;  ///< exit status; minus the number of the signal that ended it
  std::string out;
  std::string err;
};

/// The waydiff binary, running in `folder`. Killed when it takes minutes, and at the end of the test.
class Program {
 public:
  /// `input` is the file it reads as stdin.
  Program(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
          const std::filesystem::path& input = "/dev/null");
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void signal(int number) const;
  [[nodiscard]] bool running();
  [[nodiscard]] Ended wait();

 private:
  std::filesystem::path out_, err_;
  pid_t process_ = -1;
  int status_ = -1;
};

/// Runs it to its end.
[[nodiscard]] Ended waydiff(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
                            const std::filesystem::path& input = "/dev/null");

}  // namespace waydiff::cli
