#pragma once

#include <filesystem>

#include "core/error.hpp"

namespace waydiff::storage {

/// Adds what another store holds to this one, in one transaction: targets, addresses, archives, listings, captures,
/// bodies, texts, verdicts of people, runs. Histories are not: they are to be made anew. The same target, archive or
/// capture in both must be the same: else fails with bad_argument naming the first that is not, and adds nothing.
/// Nobody else may have `into` open; `from` may be written meanwhile.
[[nodiscard]] core::Result<void> merge_into(const std::filesystem::path& into, const std::filesystem::path& from);

}  // namespace waydiff::storage
