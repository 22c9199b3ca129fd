#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"

namespace waydiff::config {

/// How densely a target's captures are fetched: all of them, what it takes to date each change as narrowly as possible,
/// or the one nearest each point of a grid of periods.
struct Every {
  enum class Unit { all, changes, days, weeks, months, years };
  Unit unit = Unit::months;
  int count = 6;

  /// "all", "changes", "6 months", "1 year", "month", "90 days". Fails with bad_config saying what is allowed.
  [[nodiscard]] static core::Result<Every> parse(std::string_view text);
  [[nodiscard]] std::string text() const;  ///< "6 months"
  [[nodiscard]] bool is_period() const { return unit != Unit::all && unit != Unit::changes; }
  friend bool operator==(const Every&, const Every&) = default;
};

}  // namespace waydiff::config
