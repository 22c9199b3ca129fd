#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace waydiff::extract {

/// HTML made cheap and safe to parse, with the same text.
struct ScannedHtml {
  std::string html;
  std::size_t flattened = 0;  ///< start tags left out because they stood too deep, or came after 500,000 others
};

/// What is wanted of a page: its prose, or where it links to (image maps and frames are of use then, frames as
/// <embed>).
enum class ScanFor { text, links };

/// One pass over the tags, before the parser sees them. Leaves out what holds no text for readers (comments, bodies of
/// <script>, <style>, <svg>, <template>, <select>, <textarea>, <iframe> …, the Wayback Machine's toolbar), attributes
/// nobody looks at, and tags nested deeper than `depth`: the parser's time grows faster than linearly with all three.
/// <noframes> becomes <div>, so that framed pages keep their text. Linear in the size of `html`.
[[nodiscard]] ScannedHtml scan_tags(std::string_view html, std::size_t depth, ScanFor purpose = ScanFor::text);

}  // namespace waydiff::extract
