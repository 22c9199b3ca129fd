#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"

namespace waydiff::extract {

/// Runs as they were met in a page, made fit for a Document: NFC, white space collapsed to one space or one "\n",
/// invisible characters gone, spaces moved out of marks, marks taken off runs without a word, equal neighbours joined.
/// Two or more line breaks in a row cut: each part is a paragraph. Parts without text are left out.
[[nodiscard]] std::vector<std::vector<core::Inline>> tidy_paragraphs(std::vector<core::Inline> runs);

/// The same as one line: line breaks become spaces.
[[nodiscard]] std::vector<core::Inline> tidy_line(std::vector<core::Inline> runs);

/// One line of plain text: NFC, spaces collapsed and trimmed.
[[nodiscard]] std::string tidy_text(std::string_view text);

[[nodiscard]] std::string plain_text(const std::vector<core::Inline>& runs);
/// Cells of a table row parted by " | ".
[[nodiscard]] std::string plain_text(const core::Block& block);

/// The document's first heading where it says the same as the title, else null: a clause, but not written twice.
[[nodiscard]] const core::Block* repeated_title(const core::Document& document);

}  // namespace waydiff::extract
