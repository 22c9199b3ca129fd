// soak COUNT FIRST_SEED AT_ONCE: goes through so many seeds and says what came of them. Exit status 1 when one of them
// showed a problem; the folder of such a seed is left behind.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "soak/trial.hpp"

namespace {

using waydiff::soak::Trial;

std::uint64_t number(int count, char** words, int at, std::uint64_t otherwise) {
  return count > at ? std::strtoull(words[at], nullptr, 10) : otherwise;
}

Trial attempt(std::uint64_t seed, const std::filesystem::path& folder) {
  try {
    return waydiff::soak::attempt(seed, folder);
  } catch (const std::exception& error) {
    Trial trial;
    trial.seed = seed;
    trial.problems.emplace_back(error.what());
    return trial;
  }
}

void show_sum(const std::vector<Trial>& trials) {
  Trial sum;
  std::size_t failed = 0;
  for (const Trial& trial : trials) {
    failed += !trial.problems.empty();
    sum.captures += trial.captures;
    sum.runs += trial.runs;
    sum.kills += trial.kills;
    sum.full_disks += trial.full_disks;
    sum.stops += trial.stops;
    sum.requests += trial.requests;
    sum.repeated += trial.repeated;
    for (const auto& [name, count] : trial.faults) sum.faults[name] += count;
  }
  int faults = 0;
  std::string kinds;
  for (const auto& [name, count] : sum.faults) {
    faults += count;
    kinds += " " + name + " " + std::to_string(count);
  }
  std::printf(
      "%zu seeds, %zu with problems: %zu captures, %zu runs, %zu kills, %zu full disks, %zu stops, %zu requests, ",
      trials.size(), failed, sum.captures, sum.runs, sum.kills, sum.full_disks, sum.stops, sum.requests);
  std::printf("%zu bodies asked for again after a kill, %d faults:%s\n", sum.repeated, faults, kinds.c_str());
}

}  // namespace

int main(int count, char** words) {
  const std::uint64_t seeds = number(count, words, 1, 200);
  const std::uint64_t first = number(count, words, 2, 1);
  const std::uint64_t at_once = std::max<std::uint64_t>(number(count, words, 3, 8), 1);
  const std::filesystem::path top =
      std::filesystem::temp_directory_path() / ("waydiff-soak-" + std::to_string(::getpid()));
  std::atomic<std::uint64_t> next = first;
  std::mutex mutex;
  std::vector<Trial> trials;
  std::vector<std::jthread> threads;
  for (std::uint64_t n = 0; n < at_once; ++n) {
    threads.emplace_back([&] {
      for (std::uint64_t seed = next++; seed < first + seeds; seed = next++) {
        const std::filesystem::path folder = top / std::to_string(seed);
        Trial trial = attempt(seed, folder);
        const std::lock_guard lock(mutex);
        for (const std::string& problem : trial.problems) {
          std::printf("seed %llu (%s): %s\n", static_cast<unsigned long long>(seed), folder.c_str(), problem.c_str());
        }
        std::fflush(stdout);
        if (trial.problems.empty()) std::filesystem::remove_all(folder);
        trials.push_back(std::move(trial));
        if (trials.size() % 20 == 0)
          std::fprintf(stderr, "%zu of %llu\n", trials.size(), static_cast<unsigned long long>(seeds));
      }
    });
  }
  threads.clear();
  show_sum(trials);
  const bool good = std::all_of(trials.begin(), trials.end(), [](const Trial& t) { return t.problems.empty(); });
  if (good) std::filesystem::remove_all(top);
  return good ? 0 : 1;
}
