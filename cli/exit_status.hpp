#pragma once

#include "core/error.hpp"

namespace waydiff::cli {

/// What the process ends with (design, section 5; docs/errors.md).
enum class Exit {
  done = 0,         ///< done and complete
  differences = 1,  ///< `diff --exit-code` found some
  usage = 2,        ///< wrong usage, configuration or input
  incomplete = 3,   ///< finished but incomplete: a rerun goes on
  stopped = 4,      ///< the archive asked us to stop
  store = 5,        ///< the store cannot be used
};

[[nodiscard]] Exit exit_for(core::Errc code) noexcept;

}  // namespace waydiff::cli
