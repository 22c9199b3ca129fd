#include "report/stays.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "report/interval.hpp"
#include "report/plain_text.hpp"

namespace waydiff::report {
namespace {

using std::chrono::seconds;
using storage::TransitionKind;

std::string duration_text(seconds duration) {
  return gap_text(core::Timestamp(), core::Timestamp(std::chrono::sys_seconds(duration)));
}

}  // namespace

std::string lasted_text(const Lasted& lasted) {
  // Seen once: that it stood for a moment is no bound worth telling.
  if (lasted.at_most && duration_text(lasted.at_least) == duration_text(*lasted.at_most)) {
    return duration_text(lasted.at_least);
  }
  std::string out = lasted.at_least.count() > 0 ? "at least " + duration_text(lasted.at_least) : "";
  if (lasted.at_most) out += (out.empty() ? "at most " : " and at most ") + duration_text(*lasted.at_most);
  return out.empty() ? "an unknown time" : out;
}

Lasted lasted(const Stay& stay) {
  Lasted out;
  out.at_least = stay.last.time() - stay.first.time();
  if (stay.before && stay.after) out.at_most = stay.after->time() - stay.before->time();
  return out;
}

std::vector<Stay> stays(const storage::History& history, const std::function<core::Timestamp(storage::Id)>& time_of) {
  std::vector<Stay> out;
  for (const storage::Placement& placement : history.placements) {
    const core::Timestamp time = time_of(placement.capture);
    if (out.empty() || out.back().state != placement.state) {
      Stay stay;
      stay.state = placement.state;
      stay.first = time;
      if (!out.empty()) {
        stay.before = out.back().last;
        out.back().after = time;
      }
      out.push_back(stay);
    }
    out.back().last = time;
    ++out.back().captures;
  }
  return out;
}

std::vector<StateLife> state_lives(std::span<const Stay> stays) {
  std::map<int, StateLife> lives;
  for (const Stay& stay : stays) {
    const auto [entry, is_new] = lives.try_emplace(stay.state);
    StateLife& life = entry->second;
    const Lasted one = lasted(stay);
    if (is_new) {
      life.state = stay.state;
      life.first = stay.first;
      life.lasted.at_most = seconds(0);
    }
    life.last = stay.last;
    ++life.stays;
    life.captures += stay.captures;
    life.lasted.at_least += one.at_least;
    if (!one.at_most) life.lasted.at_most.reset();
    if (life.lasted.at_most) *life.lasted.at_most += *one.at_most;
  }
  std::vector<StateLife> out;
  for (const auto& [state, life] : lives) out.push_back(life);
  return out;
}

std::string life_text(const StateLife& life) {
  return (life.stays == 1 ? "once" : counted(life.stays, "time")) + ", " + counted(life.captures, "capture") + ", " +
         lasted_text(life.lasted) + (life.stays == 1 ? "" : " in all");
}

std::vector<Alternation> alternations(std::span<const storage::TransitionRow> transitions) {
  std::vector<Alternation> out;
  std::size_t stay = 0;
  std::set<int> states;
  Alternation run;
  const auto close = [&] {
    if (run.returns >= 2) {
      run.states.assign(states.begin(), states.end());
      out.push_back(run);
    }
    run = {};
    states.clear();
  };
  for (std::size_t at = 0; at < transitions.size(); ++at) {
    const storage::TransitionRow& row = transitions[at];
    if (row.kind == TransitionKind::editorial) continue;
    if (row.kind == TransitionKind::changed) close();
    if (row.kind == TransitionKind::returned) {
      if (run.returns++ == 0) {
        run.first = at;
        run.first_stay = stay;
        run.not_before = row.not_before;
      }
      run.last = at;
      run.last_stay = stay + 1;
      run.not_after = row.not_after;
      states.insert({row.old_state, row.new_state});
    }
    ++stay;
  }
  close();
  return out;
}

std::string alternation_text(const Alternation& alternation) {
  std::string names;
  for (std::size_t at = 0; at < alternation.states.size(); ++at) {
    const bool last = at + 1 == alternation.states.size();
    names += (at == 0 ? "" : last ? " and " : ", ") + std::to_string(alternation.states[at]);
  }
  return "texts " + names + (alternation.states.size() == 2 ? " alternate " : " take turns ") +
         counted(alternation.returns, "time");
}

}  // namespace waydiff::report
