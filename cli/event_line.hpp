#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "pipeline/observer.hpp"

namespace waydiff::cli {

/// One line of JSON for machines: {"time": "2026-11-21T14:05:00Z", "event": "fetched", …}. Always valid UTF-8; ends
/// with a newline. docs/commands.md lists the events.
[[nodiscard]] std::string event_line(std::chrono::sys_seconds time, std::string_view name,
                                     const pipeline::Fields& fields);

}  // namespace waydiff::cli
