#pragma once

#include <string>
#include <string_view>

namespace waydiff::core {

/// SHA-1 in base32 (RFC 4648, upper case, 32 characters): the digest of CDX rows and WARC headers.
[[nodiscard]] std::string sha1_base32(std::string_view bytes);

/// SHA-256 in lower-case hex, 64 characters: our own name of a body or text.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// A digest as a WARC header or CDX row gives it ("sha1:ABC…", hex, lower case), as 32 base32 characters;
/// empty if it is "-", of another algorithm, or not a SHA-1.
[[nodiscard]] std::string normal_sha1(std::string_view text);

/// SHA-1 of no bytes. Rows with it have nothing in common but emptiness: never merge on it.
inline constexpr std::string_view empty_sha1 = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ";

}  // namespace waydiff::core
