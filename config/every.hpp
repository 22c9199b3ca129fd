#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"

namespace waydiff::config {

/// How densely a target's captures are fetched: all of them, or the one nearest each point of a grid of periods.
struct Every {
  enum class Unit { all, days, weeks, months, years };
  Unit unit = Unit::months;
  int count = 6;

  /// "all", "6 months", "1 year", "month", "90 days". Fails with bad_config saying what is allowed.
  [[nodiscard]] static core::Result<Every> parse(std::string_view text);
  [[nodiscard]] std::string text() const;  ///< "6 months"
  friend bool operator==(const Every&, const Every&) = default;
};

}  // namespace waydiff::config
