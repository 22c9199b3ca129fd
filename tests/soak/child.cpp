#include "soak/child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <thread>

namespace waydiff::soak {

Child::Child(const std::filesystem::path& folder, const std::string& name, const std::vector<std::string>& arguments,
             std::optional<long long> disk)
    : err_(folder / (name + ".err")) {
  const std::filesystem::path out = folder / (name + ".out");
  std::vector<std::string> words = {WAYDIFF_BINARY};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  // Its own environment and not ours: seeds run side by side in one process.
  const std::string_view variable = "WAYDIFF_HOST_STATE=";
  std::string state = std::string(variable) + host_state(folder).string();
  std::vector<char*> environment = {state.data()};
  // Called by a name of its own: the loader takes a space in a path for the end of it.
  const std::filesystem::path library = folder / "full_disk.so";
  std::error_code there_already;
  if (disk) std::filesystem::create_symlink(WAYDIFF_FULL_DISK, library, there_already);
  std::string preload = "LD_PRELOAD=" + library.string();
  std::string bytes = "WAYDIFF_TEST_DISK_BYTES=" + std::to_string(disk.value_or(0));
  // A sanitizer's runtime wants to be the first library of all.
  std::string order = "ASAN_OPTIONS=verify_asan_link_order=0";
  if (disk) environment.insert(environment.end(), {preload.data(), bytes.data(), order.data()});
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!std::string_view(*entry).starts_with(variable)) environment.push_back(*entry);
  }
  environment.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  ::posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  // Sockets of the archives that are played here must not live on in there: they could not be closed or reset.
  ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  const int failed = ::posix_spawn(&process_, argv[0], &actions, nullptr, argv.data(), environment.data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error(words[0] + " does not start");
}

Child::~Child() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

std::optional<int> Child::wait_until(std::chrono::steady_clock::time_point deadline) {
  for (;;) {
    int status = 0;
    if (::waitpid(process_, &status, WNOHANG) == process_) {
      process_ = -1;
      return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
    if (std::chrono::steady_clock::now() >= deadline) return {};
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

void Child::kill() const {
  if (process_ > 0) ::kill(process_, SIGKILL);
}

std::string Child::err() const {
  std::ifstream in(err_, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::filesystem::path host_state(const std::filesystem::path& folder) {
  return folder / "hosts.db";
}

}  // namespace waydiff::soak
