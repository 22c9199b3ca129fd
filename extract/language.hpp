#pragma once

#include <string>
#include <string_view>

#include "core/document.hpp"

namespace waydiff::extract {

/// The language of a plain text as BCP 47 ("en", "zh-Hant"). What the page declares (`declared`, its lang attribute)
/// stands where the text is too short or too mixed to tell; empty if neither says.
[[nodiscard]] std::string language_of(std::string_view text, std::string_view declared);
/// The same of a document's blocks.
[[nodiscard]] std::string language_of(const core::Document& document, std::string_view declared);

}  // namespace waydiff::extract
