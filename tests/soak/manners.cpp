#include "soak/manners.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace waydiff::soak {
namespace {

using std::chrono::milliseconds;
using test::Misdeed;
using test::SeenRequest;

/// A request is on its way, and an answer on its way back, so long at most, on a machine that is busy with other
/// things.
constexpr milliseconds on_the_way{400};
// The program counts pauses by the system's clock, which others share and may adjust; we by a steady one.
constexpr milliseconds clocks_apart{1};
/// What a run has received is stored within this time.
constexpr milliseconds until_stored{1500};
/// As many bodies as a run holds that are not stored yet: three batches.
constexpr std::size_t stored_at_once = 3 * 256;
/// What comes in 100 ms, and while that is written, until a run knows that its disk is full.
constexpr std::size_t seen_on_full_disk = 40;
constexpr std::size_t largest_burst = 8;

std::string shown(Moment moment, const std::vector<SeenRequest>& log) {
  const auto since = std::chrono::duration_cast<milliseconds>(moment - log.front().at);
  return std::to_string(since.count()) + " ms";
}

bool limits(const SeenRequest& request) {
  return request.fault.kind == Misdeed::too_many || request.fault.kind == Misdeed::too_many_with_delay;
}

/// Ends in which curl asks again by itself on a new connection, without asking us.
bool sent_again_by_curl(const SeenRequest& request) {
  return request.fault.kind == Misdeed::close || request.fault.kind == Misdeed::reset_before ||
         request.fault.kind == Misdeed::ban;
}

std::vector<SeenRequest> of_pool(const std::vector<SeenRequest>& log, bool index) {
  std::vector<SeenRequest> pool;
  std::copy_if(log.begin(), log.end(), std::back_inserter(pool),
               [&](const SeenRequest& request) { return request.is_index() == index; });
  return pool;
}

/// The bound of a generic cell rate: in a time W no more than a burst and W / spacing. What was under way when W began
/// may arrive in it as well, from a process that was killed too.
void check_budget(const std::vector<SeenRequest>& log, bool index, const Allowance& allowance,
                  std::vector<std::string>& offences) {
  const int per_minute = index ? allowance.index_per_minute : allowance.playback_per_minute;
  const double spacing = 60.0 / per_minute;
  const std::size_t burst = std::clamp<std::size_t>(static_cast<std::size_t>(per_minute) / 60, 1, largest_burst);
  const std::vector<SeenRequest> pool = of_pool(log, index);
  for (std::size_t first = 0; first < pool.size(); ++first) {
    std::size_t again = 0;
    for (std::size_t last = first; last < pool.size(); ++last) {
      again += sent_again_by_curl(pool[last]);
      const auto kills = std::count_if(allowance.kills.begin(), allowance.kills.end(), [&](Moment kill) {
        return kill > pool[first].at - on_the_way && kill < pool[last].at;
      });
      const double seconds = std::chrono::duration<double>(pool[last].at - pool[first].at).count();
      const auto under_way = static_cast<std::size_t>(allowance.connections) * (1 + static_cast<std::size_t>(kills));
      const auto bound = burst + under_way + again + static_cast<std::size_t>(std::floor(seconds / spacing)) + 1;
      if (last - first + 1 <= bound) continue;
      offences.push_back("over budget: " + std::to_string(last - first + 1) + (index ? " index" : " playback") +
                         " requests in " + std::to_string(seconds) + " s from " + shown(pool[first].at, log) + " on, " +
                         std::to_string(bound) + " allowed");
      return;
    }
  }
}

void check_pauses(const std::vector<SeenRequest>& log, bool index, const Allowance& allowance,
                  std::vector<std::string>& offences) {
  const std::vector<SeenRequest> pool = of_pool(log, index);
  for (const SeenRequest& limit : pool) {
    if (!limits(limit)) continue;
    const Moment told = std::max(limit.until, limit.at);
    const bool unread = std::any_of(allowance.kills.begin(), allowance.kills.end(), [&](Moment kill) {
      return kill > limit.at - on_the_way && kill < told + on_the_way;
    });
    if (unread) continue;
    const auto pause = std::max(allowance.pause, std::chrono::seconds(limit.fault.amount));
    // A run whose disk had no room for it keeps to the pause itself, but could not tell the next run.
    const auto full = std::find_if(allowance.full_disks.begin(), allowance.full_disks.end(),
                                   [&](const auto& run) { return limit.at > run.from && limit.at < run.to; });
    const Moment known_until = full == allowance.full_disks.end() ? Moment::max() : full->to;
    const auto early = std::find_if(pool.begin(), pool.end(), [&](const SeenRequest& request) {
      if (request.at > known_until) return false;
      // From its request on, not from its answer: the client may have read that before we noted the time.
      return request.at > told + on_the_way && request.at < limit.at + pause - clocks_apart;
    });
    if (early == pool.end()) continue;
    offences.push_back("during a pause: " + early->target + " at " + shown(early->at, log) + ", after a 429 at " +
                       shown(told, log) + " that asked for " + std::to_string(pause.count()) + " s");
  }
}

void check_silences(const std::vector<SeenRequest>& log, const Allowance& allowance,
                    std::vector<std::string>& offences) {
  for (const Allowance::Silence& silence : allowance.silences) {
    const auto early = std::find_if(log.begin(), log.end(), [&](const SeenRequest& request) {
      return request.at > silence.from + on_the_way && request.at < silence.to;
    });
    if (early == log.end()) continue;
    offences.push_back("after a stop: " + early->target + " at " + shown(early->at, log) + ", nothing before " +
                       shown(silence.to, log) + " was allowed");
  }
}

void check_repetitions(const std::vector<SeenRequest>& log, const Allowance& allowance,
                       std::vector<std::string>& offences) {
  std::map<std::string, Moment> given;
  std::map<Moment, std::size_t> lost;          // by kill
  std::map<Moment, std::size_t> lost_on_full;  // by the start of a run on a full disk
  for (const SeenRequest& request : log) {
    if (request.is_index()) continue;
    if (const auto before = given.find(request.target); before != given.end()) {
      const auto kill = std::find_if(allowance.kills.begin(), allowance.kills.end(), [&](Moment moment) {
        return before->second > moment - until_stored && request.at > moment - on_the_way;
      });
      const auto full = std::find_if(allowance.full_disks.begin(), allowance.full_disks.end(), [&](const auto& run) {
        return before->second > run.from && before->second < run.to && request.at > run.to - on_the_way;
      });
      if (full != allowance.full_disks.end()) {
        ++lost_on_full[full->from];
      } else if (kill == allowance.kills.end()) {
        offences.push_back("asked for again: " + request.target + " at " + shown(request.at, log) + ", given out at " +
                           shown(before->second, log));
      } else {
        ++lost[*kill];
      }
    }
    if (request.answered) given[request.target] = request.until;
  }
  for (const auto& [run, count] : lost_on_full) {
    if (count > seen_on_full_disk) {
      offences.push_back("the run at " + shown(run, log) + " asked for " + std::to_string(count) +
                         " bodies that its full disk could not take");
    }
  }
  const std::size_t most = stored_at_once + static_cast<std::size_t>(allowance.connections);
  for (const auto& [kill, count] : lost) {
    if (count > most) {
      offences.push_back("the kill at " + shown(kill, log) + " lost " + std::to_string(count) + " bodies, " +
                         std::to_string(most) + " at most were under way");
    }
  }
}

}  // namespace

std::vector<std::string> offences(const std::vector<SeenRequest>& log, const Allowance& allowance) {
  std::vector<std::string> found;
  for (const bool index : {true, false}) {
    check_budget(log, index, allowance, found);
    check_pauses(log, index, allowance, found);
  }
  check_silences(log, allowance, found);
  check_repetitions(log, allowance, found);
  return found;
}

std::size_t excused_repetitions(const std::vector<SeenRequest>& log) {
  std::map<std::string, std::size_t> given;
  std::size_t count = 0;
  for (const SeenRequest& request : log) {
    if (request.is_index()) continue;
    if (given.contains(request.target)) ++count;
    if (request.answered) ++given[request.target];
  }
  return count;
}

}  // namespace waydiff::soak
