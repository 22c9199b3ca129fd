#pragma once

#include <vector>

#include "core/change_set.hpp"

namespace waydiff::diff {

/// Merges and splits whose parts did not stand side by side. A ClauseRange is one run of clauses, so such a change is
/// told in two: the reworded clause, and its other part as removed (or added). That part says nothing new when its
/// words stand in what the reworded clause gained (or lost): it becomes structural with the reason `merged` (`split`),
/// and so does the reworded clause if it has no other words. Linear in the words.
void judge_scattered_parts(std::vector<core::Change>& changes);

}  // namespace waydiff::diff
