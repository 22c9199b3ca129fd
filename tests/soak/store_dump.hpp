#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace waydiff::soak {

/// What a store says, by table, as sorted lines without its own numbers, times of fetching and counts of attempts.
/// "Fetched" and "duplicate" are both called "stored": which one of several equal captures was the one to be asked for
/// depends on which could be had first. Lists only the last word on what was asked of an index. Of the documents at
/// `except` nothing is said.
using StoreDump = std::map<std::string, std::vector<std::string>>;
[[nodiscard]] core::Result<StoreDump> dump(const std::filesystem::path& store, const std::vector<std::string>& except);

/// The changes of documents between whose two captures lies another one that was not asked for, and that may show more:
/// what the plan `changes` leaves none of. Archived redirects and errors show nothing.
[[nodiscard]] core::Result<std::vector<std::string>> wide_changes(const std::filesystem::path& store);

/// The first lines that stand in one of them only; empty when they are equal.
[[nodiscard]] std::string difference(const StoreDump& expected, const StoreDump& got);

/// Until when the store's archives want to be left alone.
[[nodiscard]] core::Result<std::optional<std::chrono::sys_seconds>> not_before(const std::filesystem::path& store);

/// As if that time had come.
[[nodiscard]] core::Result<void> forget_not_before(const std::filesystem::path& store);

}  // namespace waydiff::soak
