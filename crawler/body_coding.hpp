#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "crawler/archive.hpp"

namespace waydiff::crawler {

struct BodyLimits {
  std::size_t max_body = 64u << 20;  ///< bytes of a decoded body
  std::size_t max_ratio = 200;       ///< decoded to given bytes, above the first MiB
};

struct Decoded {
  std::string body;                  ///< all codings undone
  std::vector<std::string> layers;   ///< SHA-1s (base32) of the bytes before each decoding, outermost first
  std::string cut_short{};           ///< how it is known that a stream ended early; or empty
  std::vector<std::string> notes{};  ///< what was odd: "undeclared gzip", "undecoded: br"
};

/// Undoes gzip, deflate (zlib or raw) and br: the declared codings where the bytes fit them, then gzip that nobody
/// declared, unless the type is itself an archive format; three layers at most. A stream that ends early keeps what
/// decoded, and says so as `cut_short`; one that cannot be decoded at all keeps the bytes as given, with a note
/// "undecoded: CODING". Fails with too_large when a limit is passed. Source: field guide section 5.7.
[[nodiscard]] core::Result<Decoded> decode_body(std::string bytes, std::string_view content_encoding,
                                                std::string_view content_type, BodyLimits limits = {});

/// What the archived response's headers say of the bytes its digest was made of.
struct DigestHints {
  /// The origin sent its body chunked or coded, so the digest may be of bytes that we never see.
  bool coded_at_origin = false;
  std::optional<std::int64_t> length;  ///< the origin's Content-Length; empty if unknown
};

/// Compares the digest of the index (any notation; empty or "-" for none) with the SHA-1 of the decoded body and of
/// the bytes before each decoding. No match is `suspect` only when the origin's headers show a plain body of just
/// this length, otherwise it proves nothing. Source: field guide section 6.
[[nodiscard]] DigestCheck check_digest(std::string_view index_digest, const Decoded& decoded, DigestHints hints = {});

}  // namespace waydiff::crawler
