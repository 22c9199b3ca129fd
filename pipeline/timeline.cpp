#include "pipeline/timeline.hpp"

#include <map>

namespace waydiff::pipeline {

storage::History timeline(std::span<const Reading> readings) {
  storage::History history;
  std::map<std::string, int> ordinals;
  const Reading* before = nullptr;
  int quarantined = 0;
  for (const Reading& reading : readings) {
    if (!reading.good) {
      ++quarantined;
      continue;
    }
    const int next = static_cast<int>(history.states.size()) + 1;
    const auto [entry, is_new] = ordinals.emplace(reading.state_key, next);
    if (is_new) history.states.push_back({0, next, reading.state_key, reading.clauses});
    const int state = entry->second;
    history.placements.push_back({reading.capture, state, reading.text});
    if (before && before->text != reading.text) {
      storage::TransitionRow transition;
      transition.sequence = static_cast<int>(history.transitions.size()) + 1;
      transition.old_state = ordinals.at(before->state_key);
      transition.new_state = state;
      transition.kind = transition.old_state == state ? storage::TransitionKind::editorial
                        : is_new                      ? storage::TransitionKind::changed
                                                      : storage::TransitionKind::returned;
      transition.old_text = before->text;
      transition.new_text = reading.text;
      transition.old_capture = before->capture;
      transition.new_capture = reading.capture;
      transition.not_before = before->time;
      transition.not_after = reading.time;
      transition.quarantined_between = quarantined;
      history.transitions.push_back(std::move(transition));
    }
    before = &reading;
    quarantined = 0;
  }
  return history;
}

}  // namespace waydiff::pipeline
