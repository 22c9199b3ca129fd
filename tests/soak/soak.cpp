// soak COUNT FIRST_SEED AT_ONCE [runs|care]: goes through so many seeds and says what came of them: whole runs, and
// what is done with whole stores, or one of both. Exit status 1 when a seed showed a problem; its folder is left
// behind.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "soak/care.hpp"
#include "soak/trial.hpp"

namespace {

using waydiff::soak::Care;
using waydiff::soak::Trial;

constexpr std::size_t most_shown = 2000;  ///< of one problem

std::uint64_t number(int count, char** words, int at, std::uint64_t otherwise) {
  return count > at ? std::strtoull(words[at], nullptr, 10) : otherwise;
}

/// What came of it, also when it throws.
template <class Outcome>
Outcome guarded(Outcome (*work)(std::uint64_t, const std::filesystem::path&), std::uint64_t seed,
                const std::filesystem::path& folder) {
  try {
    return work(seed, folder);
  } catch (const std::exception& error) {
    Outcome outcome;
    outcome.seed = seed;
    outcome.problems.emplace_back(error.what());
    return outcome;
  }
}

/// Says what went wrong; a folder without problems is removed.
template <class Outcome>
bool judged(const Outcome& outcome, const std::filesystem::path& folder) {
  for (const std::string& problem : outcome.problems) {
    std::printf("seed %llu (%s): %s\n", static_cast<unsigned long long>(outcome.seed), folder.c_str(),
                problem.substr(0, most_shown).c_str());
  }
  std::fflush(stdout);
  if (outcome.problems.empty()) std::filesystem::remove_all(folder);
  return outcome.problems.empty();
}

void show_sum(const std::vector<Care>& all) {
  if (all.empty()) return;
  Care sum;
  std::size_t failed = 0;
  for (const Care& care : all) {
    failed += !care.problems.empty();
    sum.merges += care.merges;
    sum.backups += care.backups;
    sum.mends += care.mends;
    sum.kills += care.kills;
    sum.full_disks += care.full_disks;
    sum.beside_a_run += care.beside_a_run;
  }
  std::printf(
      "%zu seeds, %zu with problems: %zu merges, %zu backups (%zu whole ones beside a run), %zu mends, %zu kills, "
      "%zu full disks\n",
      all.size(), failed, sum.merges, sum.backups, sum.beside_a_run, sum.mends, sum.kills, sum.full_disks);
}

void show_sum(const std::vector<Trial>& trials) {
  if (trials.empty()) return;
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
  const std::string_view what = count > 4 ? words[4] : "";
  std::atomic<std::uint64_t> next = first;
  std::mutex mutex;
  std::vector<Trial> trials;
  std::vector<Care> cares;
  bool good = true;
  std::vector<std::jthread> threads;
  for (std::uint64_t n = 0; n < at_once; ++n) {
    threads.emplace_back([&] {
      for (std::uint64_t seed = next++; seed < first + seeds; seed = next++) {
        const std::filesystem::path of_runs = top / std::to_string(seed), of_care = of_runs.string() + "-care";
        if (what != "care") {
          Trial trial = guarded(&waydiff::soak::attempt, seed, of_runs);
          const std::lock_guard lock(mutex);
          good = judged(trial, of_runs) && good;
          trials.push_back(std::move(trial));
        }
        if (what != "runs") {
          Care care = guarded(&waydiff::soak::take_care, seed, of_care);
          const std::lock_guard lock(mutex);
          good = judged(care, of_care) && good;
          cares.push_back(std::move(care));
        }
        const std::lock_guard lock(mutex);
        if (const auto done = std::max(trials.size(), cares.size()); done % 20 == 0) {
          std::fprintf(stderr, "%zu of %llu\n", done, static_cast<unsigned long long>(seeds));
        }
      }
    });
  }
  threads.clear();
  show_sum(trials);
  show_sum(cares);
  if (good) std::filesystem::remove_all(top);
  return good ? 0 : 1;
}
