#include "extract/utf8.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace waydiff::extract {

char32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) {
    ++at;
    return first;
  }
  // U8_NEXT counts in int32: look at the few bytes that one character can have.
  const auto size = static_cast<std::int32_t>(std::min<std::size_t>(text.size() - at, 4));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data() + at);
  std::int32_t used = 0;
  UChar32 c = 0;
  U8_NEXT(bytes, used, size, c);
  at += static_cast<std::size_t>(used);
  return c < 0 ? replacement_character : static_cast<char32_t>(c);
}

void append_code_point(std::string& text, char32_t c) {
  if (c < 0x80) {
    text.push_back(static_cast<char>(c));
    return;
  }
  std::uint8_t bytes[4];
  std::int32_t used = 0;
  UBool failed = false;
  U8_APPEND(bytes, used, 4, static_cast<UChar32>(c), failed);
  if (failed) {
    text += "\xEF\xBF\xBD";
    return;
  }
  text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(used));
}

Utf8Check check_utf8(std::string_view text) noexcept {
  Utf8Check check;
  static constexpr std::size_t block = 16;  // of ASCII, most often
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      for (unsigned high = 0; at + block <= text.size(); at += block) {
        for (std::size_t i = 0; i < block; ++i) high |= static_cast<unsigned char>(text[at + i]);
        if (high >= 0x80) break;
      }
      continue;
    }
    const std::size_t before = at;
    const char32_t c = next_code_point(text, at);
    const bool really = c != replacement_character || text.substr(before, at - before) == "\xEF\xBF\xBD";
    ++(really ? check.multibyte : check.broken);
  }
  return check;
}

std::string repaired_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    const char32_t c = next_code_point(text, at);
    if (c == replacement_character) {
      result += "\xEF\xBF\xBD";
    } else {
      result.append(text.substr(before, at - before));
    }
  }
  return result;
}

std::string to_nfc(std::string text) {
  // Below U+0300 nothing composes: its first byte is 0xCC.
  unsigned char high = 0;
  for (const char c : text) high |= static_cast<unsigned char>(static_cast<unsigned char>(c) >= 0xCC);
  if (high == 0) return text;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return text;
  if (nfc->isNormalizedUTF8(text, status) && U_SUCCESS(status)) return text;
  status = U_ZERO_ERROR;
  const icu::UnicodeString normal = nfc->normalize(icu::UnicodeString::fromUTF8(text), status);
  if (U_FAILURE(status)) return text;
  std::string result;
  normal.toUTF8String(result);
  return result;
}

bool is_word_character(char32_t c) noexcept {
  if (c < 0x80) return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
  return u_isalnum(static_cast<UChar32>(c)) != 0;
}

bool is_unicode_space(char32_t c) noexcept {
  return (c >= 9 && c <= 13) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_invisible(char32_t c) noexcept {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
         c == 0xFEFF;
}

std::size_t count_words(std::string_view text) noexcept {
  std::size_t words = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool letter = is_word_character(c);
    const bool ideograph = c >= 0x3040 && c <= 0x9FFF;
    if (letter && (!inside || ideograph)) ++words;
    inside = letter;
  }
  return words;
}

}  // namespace waydiff::extract
