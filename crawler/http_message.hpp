#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace waydiff::crawler {

/// Header lines in their order. Names keep their case and compare without it; folded lines are joined.
struct HeaderFields {
  std::vector<std::pair<std::string, std::string>> lines;

  [[nodiscard]] std::string_view first(std::string_view name) const;  ///< empty if there is none
  [[nodiscard]] std::string all(std::string_view name) const;         ///< joined by ", ", empty values left out
};

/// Reads `NAME: VALUE` lines (CRLF or LF) up to an empty line or the end; lines without a colon are passed over.
/// Returns the bytes read, the empty line included.
std::size_t parse_header_fields(std::string_view text, HeaderFields& fields);

/// The head of a recorded HTTP response.
struct HttpHead {
  int status = 0;
  HeaderFields fields;
  std::size_t size = 0;  ///< bytes up to the body

  [[nodiscard]] std::string mime() const;  ///< Content-Type without parameters, lower case; empty if unknown
};

/// Empty when the bytes do not begin with a status line, as those of an HTTP/0.9 server.
[[nodiscard]] std::optional<HttpHead> parse_http_head(std::string_view bytes);

struct Dechunked {
  std::string body;
  bool chunked = false;  ///< false: the bytes are no chunks (many writers undo them and keep the header); body = bytes
  bool cut = false;      ///< the end came before the last chunk's end
};

/// Undoes chunked transfer coding.
[[nodiscard]] Dechunked dechunk(std::string bytes);

}  // namespace waydiff::crawler
