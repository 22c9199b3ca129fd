#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "core/timestamp.hpp"

namespace waydiff::storage {

/// How much may have to be decoded before a body: at most so many others, and so many bytes. Keeps any body within
/// reach of a few milliseconds.
inline constexpr std::size_t longest_chain = 32;
inline constexpr std::size_t most_chain_bytes = 8u << 20;

/// A stored body that a new one might stand on.
struct BaseOffer {
  std::string sha256;
  std::size_t size = 0;
  std::size_t chain = 0;        ///< bodies to be decoded before it
  std::size_t chain_bytes = 0;  ///< and their bytes
  core::Timestamp time{};       ///< of the capture that has it
};

/// True when another may stand on it without a chain too long.
[[nodiscard]] bool has_room(const BaseOffer& offer) noexcept;

/// The one to try for a body of `size` bytes captured at `time`: of a like size, with room, nearest in time; the
/// earlier of equally near ones. Empty when none will do. Pure.
[[nodiscard]] std::optional<BaseOffer> best_base(std::span<const BaseOffer> offers, std::size_t size,
                                                 core::Timestamp time);

/// Whether it pays to keep the frame that needs another body instead of the one that stands alone. Pure.
[[nodiscard]] bool pays(std::size_t frame, std::size_t alone) noexcept;

/// Whether that is plain without making the other.
[[nodiscard]] bool plainly_pays(std::size_t frame, std::size_t size) noexcept;

}  // namespace waydiff::storage
