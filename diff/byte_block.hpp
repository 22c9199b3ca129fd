#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace waydiff::diff {

/// Sixteen bytes that are looked at together.
using ByteBlock = unsigned char __attribute__((vector_size(16)));

/// `text` must hold as many.
inline ByteBlock block_at(const char* text) noexcept {
  ByteBlock block;
  std::memcpy(&block, text, sizeof block);
  return block;
}

/// 0xFF for each byte that lies in the range, both ends included, else 0.
inline ByteBlock in_range(ByteBlock block, unsigned char least, unsigned char most) noexcept {
  return reinterpret_cast<ByteBlock>(block - least <= static_cast<unsigned char>(most - least));
}
inline ByteBlock equals(ByteBlock block, unsigned char sign) noexcept {
  return reinterpret_cast<ByteBlock>(block == sign);
}

namespace detail {
inline std::array<std::uint64_t, 2> halves(ByteBlock block) noexcept {
  std::array<std::uint64_t, 2> halves{};
  std::memcpy(halves.data(), &block, sizeof block);
  return halves;
}
}  // namespace detail

/// Of blocks as the two above make them.
inline bool all_of(ByteBlock block) noexcept {
  const auto halves = detail::halves(block);
  return (halves[0] & halves[1]) == ~std::uint64_t{0};
}
inline bool none_of(ByteBlock block) noexcept {
  const auto halves = detail::halves(block);
  return (halves[0] | halves[1]) == 0;
}

/// `at`, moved over whole blocks of which `telling` says nothing.
template <class Telling>
[[nodiscard]] std::size_t skip_blocks(std::string_view text, std::size_t at, Telling telling) noexcept {
  while (at + sizeof(ByteBlock) <= text.size() && none_of(telling(block_at(text.data() + at)))) {
    at += sizeof(ByteBlock);
  }
  return at;
}

}  // namespace waydiff::diff
