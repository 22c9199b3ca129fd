#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <utility>

namespace waydiff::cli {

/// How far a stage has come and how fast it goes: what the line on a terminal says. Time is an argument.
class Progress {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// `done` of `total` units of `stage` are finished; a total of 0 is not known.
  void update(const std::string& stage, std::size_t done, std::size_t total, Time now);

  /// What the archive permits at the moment, in units of the stage a minute; empty where nothing limits it.
  void permit(std::optional<double> per_minute) { permitted_ = per_minute; }

  /// Units a minute over the last half minute; empty before there is anything to measure.
  [[nodiscard]] std::optional<double> per_minute() const;

  /// How long the rest takes at the present rate, or at the permitted one while there is no other.
  [[nodiscard]] std::optional<std::chrono::seconds> to_go() const;

  /// "fetch: 120 of 480, 62 a minute of 480 permitted, 5:49 to go"
  [[nodiscard]] std::string line() const;

 private:
  std::string stage_;
  std::size_t done_ = 0;
  std::size_t total_ = 0;
  std::optional<double> permitted_;
  std::deque<std::pair<Time, std::size_t>> lately_;
};

/// "0:07", "12:30", "3:04:05".
[[nodiscard]] std::string shown_duration(std::chrono::seconds duration);

}  // namespace waydiff::cli
