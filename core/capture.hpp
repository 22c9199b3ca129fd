#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/timestamp.hpp"

namespace waydiff::core {

/// One row of an archive's index. Identified by archive, raw timestamp, original and digest: two captures of one
/// address in one second do happen. Source: CDX server's README; field guide sections 3.5 and 3.9.
struct Capture {
  std::string urlkey;
  std::string raw_timestamp;  ///< the digits as the index printed them; playback addresses need these
  Timestamp timestamp;
  std::string original;                ///< the address as captured
  std::string mime;                    ///< without parameters; "warc/revisit" on revisits; empty if unknown
  std::optional<int> status;           ///< empty on revisits and where the index does not say
  std::string digest;                  ///< 32 base32 characters, empty if unknown
  std::optional<std::int64_t> length;  ///< bytes of the WARC record, not of the body

  std::string file;          ///< local WARC file that holds the record; empty for HTTP archives
  std::int64_t offset = -1;  ///< of the record (its gzip member) in `file`

  [[nodiscard]] bool is_revisit() const { return mime == "warc/revisit"; }
  friend bool operator==(const Capture&, const Capture&) = default;
};

}  // namespace waydiff::core
