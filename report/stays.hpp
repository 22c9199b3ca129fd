#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/timestamp.hpp"
#include "storage/rows.hpp"

namespace waydiff::report {

/// How long something lasted, as captures bound it.
struct Lasted {
  std::chrono::seconds at_least{};                ///< from the first capture that shows it to the last
  std::optional<std::chrono::seconds> at_most{};  ///< between the captures around those; empty: no bound is known
};
/// "at least 20 days and at most 45 days", "at most 45 days", "at least 20 days", "20 days"
/// where both say so, "an unknown time".
[[nodiscard]] std::string lasted_text(const Lasted& lasted);

/// A time during which all good captures show one state.
struct Stay {
  int state = 0;  ///< ordinal
  core::Timestamp first, last;
  std::size_t captures = 0;
  std::optional<core::Timestamp> before;  ///< of the last capture of what stood before; empty: the history begins here
  std::optional<core::Timestamp> after;   ///< of the first capture of what came next; empty: it is the latest
};
[[nodiscard]] Lasted lasted(const Stay& stay);

/// The whole history as stays, by time: the transitions that are not editorial stand between them. `time_of` gives the
/// time of a placed capture. Pure, linear.
[[nodiscard]] std::vector<Stay> stays(const storage::History& history,
                                      const std::function<core::Timestamp(storage::Id)>& time_of);

/// A state in some stays: how often and how long it stood.
struct StateLife {
  int state = 0;
  std::size_t stays = 0, captures = 0;
  core::Timestamp first, last;
  Lasted lasted;  ///< of all its stays together
};
/// By ordinal. Pure.
[[nodiscard]] std::vector<StateLife> state_lives(std::span<const Stay> stays);
/// "3 times, 5 captures, at least 20 days and at most 45 days in all".
[[nodiscard]] std::string life_text(const StateLife& life);

/// Two or more returns in a row: between earlier texts it goes to and fro, and nothing new comes. Two servers, a test
/// of two versions, or a page in several languages look like this.
struct Alternation {
  std::vector<int> states;  ///< ordinals, ascending
  std::size_t returns = 0;
  std::size_t first = 0, last = 0;            ///< positions of the first and the last return among the transitions
  std::size_t first_stay = 0, last_stay = 0;  ///< positions in stays(): what stood before the one and after the other
  core::Timestamp not_before, not_after;      ///< of the first, and of the last
};
/// By time, not overlapping; editorial transitions between returns do not part them. Pure, n log n.
[[nodiscard]] std::vector<Alternation> alternations(std::span<const storage::TransitionRow> transitions);
/// "texts 1 and 2 alternate 14 times", "texts 1, 2 and 5 take turns 14 times".
[[nodiscard]] std::string alternation_text(const Alternation& alternation);

}  // namespace waydiff::report
