#pragma once

#include <string_view>

#include "core/change_set.hpp"
#include "core/document.hpp"
#include "storage/rows.hpp"

namespace waydiff::storage {

/// The value whose name() is `text`; false if there is none.
[[nodiscard]] bool from_name(std::string_view text, AliasReason& value) noexcept;
[[nodiscard]] bool from_name(std::string_view text, Outcome& value) noexcept;
[[nodiscard]] bool from_name(std::string_view text, TransitionKind& value) noexcept;
[[nodiscard]] bool from_name(std::string_view text, core::Quarantine& value) noexcept;
[[nodiscard]] bool from_name(std::string_view text, core::ChangeKind& value) noexcept;
[[nodiscard]] bool from_name(std::string_view text, core::Significance& value) noexcept;

}  // namespace waydiff::storage
