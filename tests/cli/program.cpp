#include "program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string_view>
#include <thread>

#include "scratch_folder.hpp"

namespace waydiff::cli {
namespace {

constexpr std::chrono::minutes patience{2};

}  // namespace

Program::Program(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
                 const std::filesystem::path& input) {
  static std::atomic<int> count = 0;
  const std::string number = std::to_string(++count);
  out_ = folder / ("stdout." + number);
  err_ = folder / ("stderr." + number);
  std::vector<char*> words;
  std::string name = WAYDIFF_BINARY;
  words.push_back(name.data());
  std::vector<std::string> copies = arguments;
  for (std::string& argument : copies) words.push_back(argument.data());
  words.push_back(nullptr);

  // What a test's archive can bear is nothing to the user's own runs, nor to other tests.
  std::string host_state = "WAYDIFF_HOST_STATE=" + (folder / "hosts.db").string();
  std::vector<char*> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!std::string_view(*entry).starts_with("WAYDIFF_HOST_STATE=")) environment.push_back(*entry);
  }
  environment.push_back(host_state.data());
  environment.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  // An archive that refuses or resets connections must hold the only ends of its sockets.
  ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  ::posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  const int failed = ::posix_spawn(&process_, name.c_str(), &actions, nullptr, words.data(), environment.data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error(name + " does not start");
}

Program::~Program() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

void Program::signal(int number) const {
  if (process_ > 0) ::kill(process_, number);
}

bool Program::running() {
  if (process_ < 0) return false;
  int status = 0;
  if (::waitpid(process_, &status, WNOHANG) != process_) return true;
  process_ = -1;
  status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return false;
}

Ended Program::wait() {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (running()) {
    if (std::chrono::steady_clock::now() > deadline) signal(SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return {status_, bytes_of(out_), bytes_of(err_)};
}

Ended waydiff(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
              const std::filesystem::path& input) {
  return Program(folder, arguments, input).wait();
}

}  // namespace waydiff::cli
