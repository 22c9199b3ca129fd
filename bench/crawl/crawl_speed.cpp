// crawl_speed ratio|memory|budget WAYDIFF: what `waydiff crawl` makes of an archive on loopback that answers at once.
//   ratio   captures a second of its fetch stage beside curl --parallel, the same addresses over as many connections
//   memory  its peak resident size for 1,000, 10,000 and 100,000 captures
//   budget  how much of 120, 600 and 1,200 requests a minute it uses, and the most in any 60 seconds
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "bench/crawl/instant_archive.hpp"

namespace {

using waydiff::bench::InstantArchive;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr int connections = 4;
constexpr std::size_t body_bytes = 12000;
constexpr int fastest = 6000000;  // playback_per_minute, its highest value: no brake

/// A folder that is gone in the end.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "waydiff-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder: " + pattern);
    path = pattern;
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::filesystem::path path;
};

struct Ended {
  int status = 0;
  double cpu = 0;     ///< seconds, user and system
  long peak_kib = 0;  ///< of resident memory
};

long peak_of(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::strtol(line.c_str() + 6, nullptr, 10);
  }
  return 0;
}

/// Runs a program in `folder`; SIGTERM at the deadline.
Ended run(const std::filesystem::path& folder, std::vector<std::string> words,
          Clock::time_point deadline = Clock::time_point::max()) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::string state = "WAYDIFF_HOST_STATE=" + (folder / "hosts.db").string();
  std::vector<char*> environment = {state.data()};
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!std::string_view(*entry).starts_with("WAYDIFF_HOST_STATE=")) environment.push_back(*entry);
  }
  environment.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, (folder / "err").c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                     0644);
  ::posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  pid_t process = -1;
  const int failed = ::posix_spawnp(&process, argv[0], &actions, nullptr, argv.data(), environment.data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error(words[0] + " does not start");
  Ended ended;
  for (bool told = false;;) {
    int status = 0;
    rusage used{};
    if (::wait4(process, &status, WNOHANG, &used) == process) {
      ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
      const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
      };
      ended.cpu = seconds(used.ru_utime) + seconds(used.ru_stime);
      return ended;
    }
    // Not ru_maxrss, which remembers the parent's size from before the program was loaded.
    ended.peak_kib = std::max(ended.peak_kib, peak_of(process));
    if (!told && Clock::now() > deadline) {
      ::kill(process, SIGTERM);
      told = true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

void configure(const std::filesystem::path& folder, const InstantArchive& archive, int playback_per_minute) {
  std::ofstream(folder / "waydiff.toml") << "db = \"policies.db\"\n[archive.instant]\nprofile = \"wayback\"\nindex = \""
                                         << archive.base_url() << "/cdx/search/cdx\"\nplayback = \""
                                         << archive.base_url() << "/web\"\nindex_per_minute = 6000\n"
                                         << "playback_per_minute = " << playback_per_minute
                                         << "\nconnections = " << connections
                                         << "\n[defaults]\nevery = \"all\"\n[[target]]\nurl = \""
                                         << InstantArchive::document << "\"\n";
}

Ended crawl(const std::filesystem::path& folder, const std::string& waydiff, const InstantArchive& archive,
            int playback_per_minute, Clock::time_point deadline = Clock::time_point::max()) {
  configure(folder, archive, playback_per_minute);
  return run(folder, {waydiff, "crawl", "--quiet"}, deadline);
}

/// Captures a second between the first request and the last answer.
double rate(const InstantArchive& archive, std::size_t expected) {
  const auto requests = archive.playbacks();
  if (requests.size() != expected) {
    std::printf("  %zu requests instead of %zu\n", requests.size(), expected);
    if (requests.empty()) return 0;
  }
  return static_cast<double>(requests.size()) / Seconds(archive.last_sent() - requests.front()).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

int ratio(const std::string& waydiff) {
  constexpr std::size_t captures = 5000;
  constexpr int times = 5;
  InstantArchive archive(captures, body_bytes);
  std::vector<double> ours, curls, ratios;
  // Removed only at the end: ext4 looks long for a free inode after thousands were deleted, which makes curl, which
  // writes a file a capture, several times slower for minutes.
  std::deque<Scratch> folders;
  for (int n = 0; n < times; ++n) {
    const Scratch& folder = folders.emplace_back();
    archive.forget();
    const Ended crawled = crawl(folder.path, waydiff, archive, fastest);
    if (crawled.status != 0) std::printf("  waydiff ends with %d\n", crawled.status);
    ours.push_back(rate(archive, captures));
    const std::size_t our_connections = archive.connections();

    std::filesystem::create_directory(folder.path / "bodies");
    {
      std::ofstream list(folder.path / "list");
      for (std::size_t at = 0; at < captures; ++at) {
        list << "url = \"" << archive.playback_url(at) << "\"\noutput = \"bodies/" << at << "\"\n";
      }
    }
    archive.forget();
    const Ended curled = run(folder.path, {"curl", "--silent", "--parallel", "--parallel-max",
                                           std::to_string(connections), "--config", "list"});
    if (curled.status != 0) std::printf("  curl ends with %d\n", curled.status);
    curls.push_back(rate(archive, captures));
    ratios.push_back(ours.back() / curls.back());
    std::printf("  waydiff %6.0f/s (%.2f s of CPU, %zu connections)   curl %6.0f/s (%.2f s, %zu)   ratio %.2f\n",
                ours.back(), crawled.cpu, our_connections, curls.back(), curled.cpu, archive.connections(),
                ratios.back());
    std::fflush(stdout);
  }
  std::printf(
      "ratio: waydiff crawl %.0f captures/s, curl --parallel %.0f, medians of %d; median ratio %.2f (goal 0.8)\n",
      median(ours), median(curls), times, median(ratios));
  return median(ratios) >= 0.8 ? 0 : 1;
}

int memory(const std::string& waydiff) {
  for (const std::size_t captures : {1000u, 10000u, 100000u}) {
    const Scratch folder;
    const InstantArchive archive(captures, body_bytes);
    const Ended crawled = crawl(folder.path, waydiff, archive, fastest);
    std::printf("memory: %6zu captures: peak %.1f MiB, %.0f captures/s, status %d\n", captures,
                static_cast<double>(crawled.peak_kib) / 1024, rate(archive, captures), crawled.status);
    std::fflush(stdout);
  }
  return 0;
}

/// Most of `times` in any 60 seconds.
std::size_t most_in_a_minute(const std::vector<Clock::time_point>& times) {
  std::size_t most = 0;
  for (std::size_t first = 0, last = 0; last < times.size(); ++last) {
    while (times[last] - times[first] >= std::chrono::seconds(60)) ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

int budget(const std::string& waydiff) {
  constexpr std::chrono::seconds duration{150};
  const std::vector<int> budgets = {120, 600, 1200};
  std::vector<std::string> lines(budgets.size());
  std::vector<int> good(budgets.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t n = 0; n < budgets.size(); ++n) {
      threads.emplace_back([&, n] {
        const Scratch folder;
        const int allowed = budgets[n];
        const InstantArchive archive(static_cast<std::size_t>(allowed) * 4, body_bytes);
        const Ended crawled = crawl(folder.path, waydiff, archive, allowed, Clock::now() + duration);
        const auto times = archive.playbacks();
        const double minutes = Seconds(times.back() - times.front()).count() / 60;
        const double used = static_cast<double>(times.size()) / minutes / allowed;
        const std::size_t most = most_in_a_minute(times);
        good[n] = used >= 0.95 && most <= static_cast<std::size_t>(allowed);
        lines[n] = "budget: " + std::to_string(allowed) + " a minute: " + std::to_string(times.size()) +
                   " requests in " + std::to_string(minutes * 60) + " s, " + std::to_string(used * 100) +
                   " % used, most in any 60 s: " + std::to_string(most) + ", status " + std::to_string(crawled.status);
      });
    }
  }
  for (const std::string& line : lines) std::printf("%s\n", line.c_str());
  return std::all_of(good.begin(), good.end(), [](int one) { return one != 0; }) ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  const std::string what = count > 1 ? words[1] : "";
  const std::string waydiff = count > 2 ? std::filesystem::absolute(words[2]).string() : "waydiff";
  try {
    if (what == "ratio") return ratio(waydiff);
    if (what == "memory") return memory(waydiff);
    if (what == "budget") return budget(waydiff);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "crawl_speed: %s\n", error.what());
    return 2;
  }
  std::fprintf(stderr, "crawl_speed ratio|memory|budget WAYDIFF\n");
  return 2;
}
