#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"
#include "crawler/pace_state.hpp"

namespace waydiff::crawler {

/// A state as one line of JSON, version 1; times in microseconds since 1970. Without `share`.
[[nodiscard]] std::string encode_pace(const PaceState& state);

/// Reads it back. Empty text is a fresh state. Fails with bad_json on anything else that encode_pace does not write, be
/// it a later version: guessing could make us too fast.
[[nodiscard]] core::Result<PaceState> decode_pace(std::string_view text);

}  // namespace waydiff::crawler
