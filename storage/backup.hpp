#pragma once

#include <filesystem>

#include "core/error.hpp"

namespace waydiff::storage {

/// Writes a copy of a store as it is at this moment, whoever writes it meanwhile, without the space that deleted rows
/// left. `copy` must not exist; it is whole, or it is not there. Takes about as long as copying the file. Fails like
/// opening a store, and with store_full.
[[nodiscard]] core::Result<void> back_up(const std::filesystem::path& store, const std::filesystem::path& copy);

/// Removes a store's file and those that stand beside it. For files of our own making.
void remove_store(const std::filesystem::path& file);

/// Gives a closed store another name, whatever had it. Fails with io or store_full.
[[nodiscard]] core::Result<void> rename_store(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace waydiff::storage
