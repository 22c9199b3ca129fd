#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/document.hpp"
#include "core/error.hpp"

namespace waydiff::extract {

/// Raised by one whenever the same bytes may yield another Document; stored with every text.
inline constexpr int generation = 2;

/// What is known of a body besides its bytes.
struct Page {
  std::string url;           ///< original address, base of relative links; may be empty
  std::string content_type;  ///< the archived header verbatim, with its charset if it had one; may be empty
};

struct Limits {
  std::size_t bytes = 32u << 20;  ///< a larger body fails with too_large
  std::size_t depth = 512;        ///< elements nested deeper are flattened into their ancestor at this depth
};

/// Turns the bytes an archive returned into a Document: HTML, XHTML, plain text, Markdown or PDF, told apart by the
/// bytes first and the content type second. Links come out absolute, archive playback links as their originals.
/// Fails with too_large, or bad_document for types that hold no text (images, JSON, archives); everything else
/// yields a Document whose verdict says what it is worth. Pure: no I/O, no globals. Linear in the size of the body.
[[nodiscard]] core::Result<core::Document> extract(std::string_view body, const Page& page, const Limits& limits = {});

/// Whether a reader tells the language from the words, or leaves it empty for language_of() to tell when it is needed.
enum class Telling { now, later };

/// Readers of the project's own forms, used by `waydiff diff` on files. Never fail: all text is text.
/// A leading provenance quotation is left out, and the "# " line after it is the page's title. Without one, a "# "
/// line is a heading like any other.
[[nodiscard]] core::Document read_markdown(std::string_view text, Telling language = Telling::now);
[[nodiscard]] core::Document read_text(std::string_view text, Telling language = Telling::now);

}  // namespace waydiff::extract
