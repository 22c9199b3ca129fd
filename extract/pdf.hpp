#pragma once

#include <string_view>

#include "core/document.hpp"
#include "core/error.hpp"

namespace waydiff::extract {

/// The text of a PDF as paragraphs, list items and its title. Fails with bad_document if it cannot be opened.
[[nodiscard]] core::Result<core::Document> read_pdf(std::string_view body);

}  // namespace waydiff::extract
