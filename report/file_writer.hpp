#pragma once

#include <filesystem>
#include <string_view>

#include "core/error.hpp"

namespace waydiff::report {

/// Makes `file` hold `bytes`: written beside it, then renamed over it, so that a reader never meets half a page. True
/// if it had to be written, false if it held these bytes already. Fails with io.
[[nodiscard]] core::Result<bool> write_if_changed(const std::filesystem::path& file, std::string_view bytes);

}  // namespace waydiff::report
