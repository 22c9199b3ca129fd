#include "soak/trial.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <random>
#include <system_error>
#include <thread>

#include "soak/manners.hpp"
#include "soak/stage.hpp"
#include "soak/store_dump.hpp"

namespace waydiff::soak {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr std::size_t most_runs = 60;
/// A stop until later than this is an hour's ban or more. The clock cannot be moved, so that the state is.
constexpr seconds worth_waiting{12};

/// No 429 asks for more.
constexpr milliseconds longest_asked{2200};

class Attempt {
 public:
  Attempt(std::uint64_t seed, const std::filesystem::path& folder) : stage_(seed, folder), dice_(seed) {
    trial.seed = seed;
    trial.captures = stage_.scene().captures.size();
  }

  void carry_out() {
    const std::filesystem::path quiet = stage_.prepare("quiet", quick);
    const std::filesystem::path rough = stage_.prepare("rough", paced);
    if (const int status = run(quiet); status != 0) return problem("undisturbed, it ends with " + shown(status));
    verify(quiet, "undisturbed");

    stage_.archive().forget_requests();
    stage_.archive().misbehave(test::FaultPlan(trial.seed));
    disturb(rough);
    stage_.archive().misbehave({});
    judge_manners();
    verify(rough, "in the end");
    disturb_processing(rough);
    compare(quiet, rough);
  }

  Trial trial;

 private:
  void problem(std::string text) { trial.problems.push_back(std::move(text)); }

  static int run(const std::filesystem::path& folder) {
    Child child(folder, "run", {"run"});
    return finish(child);
  }

  void verify(const std::filesystem::path& folder, const std::string& when) {
    if (std::string found = complaint(folder); !found.empty()) problem("verify, " + when + ", " + found);
  }

  /// Runs, and kills, until a run says that everything is done.
  void disturb(const std::filesystem::path& folder) {
    const std::filesystem::path store = store_in(folder);
    std::size_t kills_left = 3 + dice_() % 6;
    std::size_t full_disks_left = 1 + dice_() % 3;
    for (; trial.runs < most_runs; ++trial.runs) {
      if (full_disks_left > 0 && dice_() % 3 == 0) {
        --full_disks_left;
        fill_disk(folder, "run" + std::to_string(trial.runs), {"run"});
        continue;
      }
      const bool to_be_killed = kills_left > 0;
      // Short ones hit the start and the listing, long ones the fetching and what follows.
      const milliseconds patience(20 + dice_() % (dice_() % 3 == 0 ? 2500 : 700));
      const auto begun = Clock::now();
      Child child(folder, "run" + std::to_string(trial.runs), {"run"});
      auto status = child.wait_until(Clock::now() + (to_be_killed ? patience : milliseconds(longest_run)));
      if (!status && !to_be_killed) return problem("a run takes for ever");
      if (!status) {
        child.kill();
        const auto killed = Clock::now();
        status = child.wait_until(killed + seconds(10));
        allowance_.kills.push_back(killed);
        --kills_left;
        ++trial.kills;
        if (std::filesystem::exists(store)) verify(folder, "after kill " + std::to_string(trial.kills));
        continue;
      }
      if (*status == 0) {
        ++trial.runs;
        return;
      }
      if (*status != 3 && *status != 4) return problem("a run ends with " + shown(*status) + ": " + child.err());
      if (*status == 4 && !sit_out(folder, store, Clock::now() - begun)) return;
    }
    problem("not done after " + std::to_string(most_runs) + " runs");
  }

  /// A run whose disk has room for a few pages, or for most of it. What it could not store may be asked for again.
  void fill_disk(const std::filesystem::path& folder, const std::string& name,
                 const std::vector<std::string>& arguments) {
    const long long most = dice_() % 2 == 0 ? 20'000 : 1'500'000;
    Child child(folder, name, arguments, static_cast<long long>(dice_() % static_cast<std::uint64_t>(most)));
    const auto begun = Clock::now();
    const int status = finish(child);
    allowance_.full_disks.push_back({begun, Clock::now()});
    ++trial.full_disks;
    if (std::string found = complaint_on_full_disk(status, child.err()); !found.empty()) problem(std::move(found));
    if (std::filesystem::exists(store_in(folder))) verify(folder, "after full disk " + name);
  }

  /// Everything is derived once more, with kills and full disks in between.
  void disturb_processing(const std::filesystem::path& folder) {
    for (std::size_t round = 0; round < 4; ++round) {
      const std::string name = "process" + std::to_string(round);
      if (round == 3) {
        fill_disk(folder, name, {"process", "--all"});
        continue;
      }
      const milliseconds patience(5 + dice_() % 400);
      Child child(folder, name, {"process", "--all"});
      if (child.wait_until(Clock::now() + patience)) continue;
      child.kill();
      (void)child.wait_until(Clock::now() + seconds(10));
      ++trial.kills;
      verify(folder, "after a kill of process");
    }
    Child child(folder, "process", {"process", "--all"});
    const int status = finish(child);
    if (status != 0) problem("process --all ends with " + shown(status) + ": " + child.err());
    verify(folder, "processed again");
  }

  /// Waits until the archive may be asked again; at times a run tries in vain before. False when something is wrong.
  bool sit_out(const std::filesystem::path& folder, const std::filesystem::path& store, Clock::duration took) {
    ++trial.stops;
    const auto until = not_before(store);
    if (!until) {
      problem(until.error().detail);
      return false;
    }
    // Of one that had slow answers to wait for, that time may have come before its end.
    if (!*until && took > longest_asked) return true;
    if (!*until) {
      problem("a run was stopped, but the store does not say until when");
      return false;
    }
    const auto left = **until - std::chrono::system_clock::now();
    const auto now = Clock::now();
    allowance_.silences.push_back({now, now + std::chrono::duration_cast<Clock::duration>(left)});
    if (dice_() % 2 == 0 && left > milliseconds(300)) {
      const int status = run(folder);
      if (status != 4 && status != 3) problem("asked to stay away, it ends with " + shown(status));
    }
    if (left <= worth_waiting) {
      std::this_thread::sleep_until(allowance_.silences.back().to + milliseconds(20));
      return true;
    }
    // Silence until here counts; what follows is the time after it.
    allowance_.silences.back().to = Clock::now();
    if (const auto done = forget_not_before(store); !done) {
      problem(done.error().detail);
      return false;
    }
    for (const char* suffix : {"", "-wal", "-shm"}) {
      std::error_code ignored;
      std::filesystem::remove(host_state(folder).string() + suffix, ignored);
    }
    // In the time that is left out shorter pauses would have passed as well.
    std::this_thread::sleep_for(longest_asked);
    return true;
  }

  void judge_manners() {
    const std::vector<test::SeenRequest> log = stage_.archive().requests();
    trial.requests = log.size();
    trial.repeated = excused_repetitions(log);
    for (const test::SeenRequest& request : log) {
      if (request.fault.kind != test::Misdeed::none) ++trial.faults[std::string(test::name(request.fault.kind))];
    }
    allowance_.index_per_minute = paced.index_per_minute;
    allowance_.playback_per_minute = paced.playback_per_minute;
    allowance_.connections = connections;
    for (std::string& offence : offences(log, allowance_)) problem(std::move(offence));
  }

  void compare(const std::filesystem::path& quiet, const std::filesystem::path& rough) {
    // What `changes` asks for next depends on what it got so far: both stores must do what it promises.
    const std::vector<std::string> searched = stage_.searched();
    const auto expected = dump(store_in(quiet), searched);
    const auto got = dump(store_in(rough), searched);
    if (!expected) return problem(expected.error().detail);
    if (!got) return problem(got.error().detail);
    for (const std::filesystem::path& store : {quiet, rough}) {
      const auto wide = wide_changes(store_in(store));
      if (!wide) return problem(wide.error().detail);
      for (const std::string& line : *wide) {
        const bool own = std::any_of(searched.begin(), searched.end(),
                                     [&](const std::string& url) { return line.starts_with(url + ": "); });
        if (own) problem("a change that could be pinned down further, in " + store.string() + ": " + line);
      }
    }
    if (const std::string text = difference(*expected, *got); !text.empty()) problem("the stores differ:\n" + text);
    if (expected->at("transition").empty()) problem("the archive of this seed has no history to compare");
  }

  Stage stage_;
  std::mt19937_64 dice_;
  Allowance allowance_;
};

}  // namespace

Trial attempt(std::uint64_t seed, const std::filesystem::path& folder) {
  const auto begun = Clock::now();
  Attempt work(seed, folder);
  work.carry_out();
  work.trial.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  return work.trial;
}

}  // namespace waydiff::soak
