#pragma once

#include <filesystem>
#include <random>
#include <string>

#include "core/error.hpp"

namespace waydiff::soak {

/// What was done to a store.
struct Damage {
  std::string what;          ///< in words, each with a space before
  bool only_indexes = true;  ///< nothing is lost but what can be made anew on the spot
};

/// Spoils bodies, texts, search indexes and notes of a store that nobody has open: one of them at least.
[[nodiscard]] core::Result<Damage> spoil(const std::filesystem::path& store, std::mt19937_64& dice);

}  // namespace waydiff::soak
