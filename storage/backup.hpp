#pragma once

#include <filesystem>

#include "core/error.hpp"

namespace waydiff::storage {

/// Writes a copy of a store as it is at this moment, whoever writes it meanwhile, without the space that deleted rows
/// left. `copy` must not exist; it is whole, or it is not there. Takes about as long as copying the file. Fails like
/// opening a store, with bad_argument when `copy` is there, and with store_full.
[[nodiscard]] core::Result<void> back_up(const std::filesystem::path& store, const std::filesystem::path& copy);

}  // namespace waydiff::storage
