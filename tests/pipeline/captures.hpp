#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/plan_rows.hpp"
#include "storage/rows.hpp"

namespace waydiff::pipeline {

/// The moment of 14 digits, or of the first ones of them: "2018" is the first second of 2018.
[[nodiscard]] core::Timestamp at(std::string_view digits);

/// A listed page with status 200 that nothing has happened to.
[[nodiscard]] storage::CaptureRow pending(std::string_view digits, std::string digest = "");

/// The same as the archive's own "same as before".
[[nodiscard]] storage::CaptureRow pending_revisit(std::string_view digits, std::string digest);

/// A page whose body is in the store.
[[nodiscard]] storage::CaptureRow fetched(std::string_view digits, std::string digest, storage::Id body);

/// The captures as plans see them.
[[nodiscard]] storage::PlanRows planned(const std::vector<storage::CaptureRow>& captures);

}  // namespace waydiff::pipeline
