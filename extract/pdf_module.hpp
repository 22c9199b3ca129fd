#pragma once

#include <string_view>

#include "core/error.hpp"
#include "extract/pdf_reader.hpp"

namespace waydiff::extract {

/// waydiff_read_pdf() of the module beside the program, loaded at the first call. Any thread. Fails with io if there is
/// no such module, which is a fault of the installation and not of the body.
[[nodiscard]] core::Result<PdfContent> read_pdf_content(std::string_view body);

}  // namespace waydiff::extract
