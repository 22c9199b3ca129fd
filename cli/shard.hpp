#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/options.hpp"
#include "core/error.hpp"

namespace waydiff::cli {

/// One of several machines' share of the targets: those whose site's SHA-256, its first 15 hex digits read as a number,
/// leaves K - 1 when divided by N. A site's documents stay together, since each tells what of the others is clutter.
struct Shard {
  std::uint64_t number = 1;
  std::uint64_t of = 1;

  /// "K/N", K from 1 to N, N at most 10,000.
  [[nodiscard]] static core::Result<Shard> parse(const std::string& text);
  [[nodiscard]] bool has(std::string_view site) const;
};

/// Puts --shard on a subcommand.
void add_shard(Subcommand& app, Shard& shard);

}  // namespace waydiff::cli
