#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/change_set.hpp"
#include "core/clause.hpp"

namespace waydiff::pipeline {

/// Replays changes over the clauses of the old text. Empty when that gives those of the new text, word for word, and
/// every clause of both is accounted for exactly once; else the first contradiction, for a person. Pure; linear.
[[nodiscard]] std::optional<std::string> replay(const core::ChangeSet& changes, std::span<const core::Clause> before,
                                                std::span<const core::Clause> after);

}  // namespace waydiff::pipeline
