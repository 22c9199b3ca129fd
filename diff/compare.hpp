#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/change_set.hpp"
#include "core/clause.hpp"
#include "core/document.hpp"
#include "core/error.hpp"
#include "diff/clause_view.hpp"
#include "diff/language.hpp"

namespace waydiff::diff {

/// Raised by one whenever the same Documents may yield other clauses or changes; stored with every transition.
inline constexpr int generation = 2;

/// A Document cut into clauses, in order (design, section 4). The page's title is not a clause.
[[nodiscard]] std::vector<core::Clause> clauses(const core::Document& document);

/// SHA-256 over the fingerprints in order: equal for two documents that say the same. Names a state.
[[nodiscard]] std::string state_key(std::span<const core::Clause> clauses);

/// The changes that turn `before` into `after`. Every clause of either side stands in exactly one change, or is
/// unchanged. Bounded: near-linear on similar texts; where it stops looking for moves, `notes` says so.
[[nodiscard]] core::ChangeSet compare(std::span<const core::Clause> before, std::span<const core::Clause> after);
[[nodiscard]] core::ChangeSet compare(std::span<const ClauseView> before, std::span<const ClauseView> after);

}  // namespace waydiff::diff
