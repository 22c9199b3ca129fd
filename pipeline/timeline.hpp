#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/timestamp.hpp"
#include "storage/rows.hpp"

namespace waydiff::pipeline {

/// A capture whose body was read, in the order of time.
struct Reading {
  storage::Id capture = 0;
  core::Timestamp time;
  bool good = false;  ///< fit to compare; the rest applies to good ones only
  storage::Id text = 0;
  std::string state_key;
  std::size_t clauses = 0;
};

/// Orders readings into states, placements and transitions; `changes` of the transitions are left empty. Captures with
/// equal state keys share a state, a text that comes back is the same state again. Quarantined readings are counted
/// in the transition they stand in and tighten no date. Pure; n log n.
[[nodiscard]] storage::History timeline(std::span<const Reading> readings);

}  // namespace waydiff::pipeline
