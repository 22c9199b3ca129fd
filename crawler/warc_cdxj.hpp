#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace waydiff::crawler {

/// One line of an index file that lies beside WARC files. Unknown values are empty.
struct CdxLine {
  std::string timestamp;
  std::string url;
  std::string mime;
  std::optional<int> status;
  std::string digest;
  std::optional<std::int64_t> length;
  std::optional<std::uint64_t> offset;
  std::string filename;
};

/// `urlkey timestamp {"url": …}`. Empty when it is no such line.
[[nodiscard]] std::optional<CdxLine> parse_cdxj_line(std::string_view line);

/// A line of a classic CDX file, whose first line ` CDX N b a m s k r M S V g` gives `legend`.
[[nodiscard]] std::optional<CdxLine> parse_cdx_line(std::string_view line, std::string_view legend);

}  // namespace waydiff::crawler
