#include "diff/sentence_rules.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>
#include <cstdint>

#include "diff/byte_block.hpp"

namespace waydiff::diff {
namespace {

/// A character's property Sentence_Break.
using Kind = USentenceBreak;

constexpr std::array<std::uint8_t, 128> ascii_kinds = [] {
  std::array<std::uint8_t, 128> kinds{};
  for (auto& kind : kinds) kind = U_SB_OTHER;
  for (std::size_t c = 'a'; c <= 'z'; ++c) kinds[c] = U_SB_LOWER;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) kinds[c] = U_SB_UPPER;
  for (std::size_t c = '0'; c <= '9'; ++c) kinds[c] = U_SB_NUMERIC;
  for (const char c : {'"', '\'', '(', ')', '[', ']', '{', '}'}) kinds[static_cast<std::size_t>(c)] = U_SB_CLOSE;
  for (const char c : {',', '-', ':'}) kinds[static_cast<std::size_t>(c)] = U_SB_SCONTINUE;
  for (const char c : {' ', '\t', '\v', '\f'}) kinds[static_cast<std::size_t>(c)] = U_SB_SP;
  for (const char c : {'!', '?'}) kinds[static_cast<std::size_t>(c)] = U_SB_STERM;
  kinds['.'] = U_SB_ATERM;
  kinds['\n'] = U_SB_LF;
  kinds['\r'] = U_SB_CR;
  return kinds;
}();

/// Bytes that may end a sentence, or begin a character that does. Most texts are walked over by it.
constexpr std::array<bool, 256> telling_bytes = [] {
  std::array<bool, 256> bytes{};
  for (const char c : {'.', '!', '?', '\n', '\r'}) bytes[static_cast<std::size_t>(c)] = true;
  bytes[0xC2] = true;
  for (std::size_t byte = 0xD6; byte < bytes.size(); ++byte) bytes[byte] = true;
  return bytes;
}();

/// The first telling byte from `at` on; text.size() if there is none.
std::size_t next_telling(std::string_view text, std::size_t at) {
  at = skip_blocks(text, at, [](ByteBlock signs) {
    return equals(signs, '.') | equals(signs, '!') | equals(signs, '?') | in_range(signs, '\n', '\r') |
           in_range(signs, 0xC2, 0xFF);
  });
  while (at < text.size() && !telling_bytes[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

/// Whether a character may stand at a telling byte that ends a sentence. None of U+0086 to U+057F does, of U+2000 to
/// U+203F only five do, which the last byte tells.
bool may_end(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned c = byte(at);
  if (c < 0x80) return true;
  if (c == 0xC2) return byte(at + 1) == 0x85;
  if (c != 0xE2 || byte(at + 1) != 0x80) return true;
  const unsigned last = byte(at + 2);
  return last == 0xA4 || last == 0xA8 || last == 0xA9 || last == 0xBC || last == 0xBD;
}

Kind kind_of(UChar32 c) {
  return c < 0 ? U_SB_OTHER : static_cast<Kind>(u_getIntPropertyValue(c, UCHAR_SENTENCE_BREAK));
}

Kind kind_at(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) {
    ++at;
    return static_cast<Kind>(ascii_kinds[byte]);
  }
  const std::string_view rest = text.substr(at, 4);
  int32_t size = 0;
  UChar32 c = 0;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(rest.data()), size, static_cast<int32_t>(rest.size()), c);
  at += static_cast<std::size_t>(size);
  return kind_of(c);
}

bool is_mark(Kind kind) {
  return kind == U_SB_EXTEND || kind == U_SB_FORMAT;
}
bool ends_paragraph(Kind kind) {
  return kind == U_SB_SEP || kind == U_SB_CR || kind == U_SB_LF;
}
bool is_end(Kind kind) {
  return kind == U_SB_ATERM || kind == U_SB_STERM;
}

/// A character with the marks behind it, which count for nothing (SB5).
struct Sign {
  Kind kind = U_SB_OTHER;
  std::size_t end = 0;  ///< past the end of the text there is a sign of size 0
};

Sign sign_at(std::string_view text, std::size_t at) {
  Sign sign{U_SB_OTHER, at};
  if (at >= text.size()) return sign;
  sign.kind = kind_at(text, sign.end);
  if (ends_paragraph(sign.kind)) return sign;
  while (sign.end < text.size() && static_cast<unsigned char>(text[sign.end]) >= 0x80) {
    std::size_t next = sign.end;
    if (!is_mark(kind_at(text, next))) break;
    sign.end = next;
  }
  return sign;
}

/// The kind of what stands before `at`, marks left out; `from` is where the text begins.
Kind kind_before(std::string_view text, std::size_t from, std::size_t at) {
  while (at > from) {
    std::size_t start = at - 1;
    while (start > from && at - start < 4 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
    std::size_t end = start;
    const Kind kind = kind_at(text, end);
    if (!is_mark(kind)) return kind;
    at = start;
  }
  return U_SB_OTHER;
}

/// Whether a small letter comes before any other, and before any end (SB8): "etc. (5) and".
bool goes_on_small(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const Kind kind = kind_at(text, at);
    if (kind == U_SB_LOWER) return true;
    if (kind == U_SB_OLETTER || kind == U_SB_UPPER || ends_paragraph(kind) || is_end(kind)) return false;
  }
  return false;
}

std::size_t past_paragraph_end(std::string_view text, Sign sign) {
  return sign.kind == U_SB_CR && text.substr(sign.end).starts_with('\n') ? sign.end + 1 : sign.end;
}

}  // namespace

std::size_t sentence_end(std::string_view text, std::size_t from) {
  for (std::size_t at = from; (at = next_telling(text, at)) < text.size();) {
    if (!may_end(text, at)) {
      ++at;
      continue;
    }
    const Sign mark = sign_at(text, at);
    if (ends_paragraph(mark.kind)) return past_paragraph_end(text, mark);  // SB4
    if (!is_end(mark.kind)) {
      at = mark.end;
      continue;
    }
    const bool dot = mark.kind == U_SB_ATERM;
    Sign next = sign_at(text, mark.end);
    if (dot && next.kind == U_SB_NUMERIC) {  // SB6: "4.5"
      at = mark.end;
      continue;
    }
    if (dot && next.kind == U_SB_UPPER) {  // SB7: "U.S"
      const Kind before = kind_before(text, from, at);
      if (before == U_SB_UPPER || before == U_SB_LOWER) {
        at = mark.end;
        continue;
      }
    }
    std::size_t end = mark.end;
    for (; next.kind == U_SB_CLOSE; next = sign_at(text, end)) end = next.end;  // SB9
    for (; next.kind == U_SB_SP; next = sign_at(text, end)) end = next.end;     // SB10
    if (end >= text.size()) return text.size();
    if (ends_paragraph(next.kind)) return past_paragraph_end(text, next);
    const bool goes_on = is_end(next.kind) || next.kind == U_SB_SCONTINUE;  // SB8a
    if (!goes_on && !(dot && goes_on_small(text, end))) return end;         // SB11
    at = end;
  }
  return text.size();
}

}  // namespace waydiff::diff
