#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"
#include "core/error.hpp"

namespace waydiff::extract {

/// Where a text was taken from; the first line of the Markdown form. Source: design, section 5.
struct Provenance {
  std::string site;          ///< "mailee.me"
  std::string kind;          ///< "privacy policy"
  std::string date;          ///< "2014-03-26"
  std::string playback_url;  ///< "https://web.archive.org/web/20140326032752id_/http://…"
};

/// The Markdown of design section 5: provenance line (when given), "# " and the title (when there is one), then the
/// blocks. CommonMark that reads back to the same text.
[[nodiscard]] std::string to_markdown(const core::Document& document, const std::optional<Provenance>& provenance = {});

/// The plain form: no provenance, no marks; headings and paragraphs on lines of their own between empty lines, list
/// items as "- ", table cells parted by " | ".
[[nodiscard]] std::string to_text(const core::Document& document);

/// Everything in the Document; from_json(to_json(d)) == d. Fails with bad_json.
[[nodiscard]] std::string to_json(const core::Document& document);
[[nodiscard]] core::Result<core::Document> from_json(std::string_view json);

/// Inline Markdown of some runs: "We **may** share [it](https://…)". Escaped for CommonMark.
[[nodiscard]] std::string inline_markdown(const std::vector<core::Inline>& runs);

}  // namespace waydiff::extract
