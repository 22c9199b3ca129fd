#include "core/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace waydiff::core {
namespace {

/// Letters that Unicode does not take apart but typists do.
char32_t plain_letter(char32_t c) {
  switch (c) {
    case U'ø':
      return U'o';
    case U'ł':
      return U'l';
    case U'đ':
      return U'd';
    case U'ð':
      return U'd';
    case U'ı':
      return U'i';
    case U'ħ':
      return U'h';
    default:
      return c;
  }
}

/// Accents of alphabets go; marks that make another syllable of a kana or an Indic letter stay.
bool is_accent(char32_t c) {
  return c >= 0x300 && c <= 0x36F;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80) == 0; });
}

void append_ascii_words(std::string_view text, std::string& out) {
  bool gap = !out.empty();
  for (const char c : text) {
    const bool large = c >= 'A' && c <= 'Z';
    if (!large && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
      gap = !out.empty();
      continue;
    }
    if (gap) out.push_back(' ');
    gap = false;
    out.push_back(large ? static_cast<char>(c - 'A' + 'a') : c);
  }
}

std::string folded_any(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* const apart = icu::Normalizer2::getNFDInstance(status);
  const icu::Normalizer2* const together = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return {};
  const auto source = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  const icu::UnicodeString folded = apart->normalize(fold->normalize(source, status), status);
  if (U_FAILURE(status)) return {};
  icu::UnicodeString words;
  bool gap = false;
  for (int32_t at = 0; at < folded.length(); at = folded.moveIndex32(at, 1)) {
    auto c = static_cast<char32_t>(folded.char32At(at));
    if (is_accent(c)) continue;
    c = plain_letter(c);
    const bool mark = u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK;
    // The mark that makes kana long is a letter to Unicode; an apostrophe parts words: "l'utilisation".
    if (c == 0xFFFD || !(u_isalnum(static_cast<UChar32>(c)) || mark)) {
      gap = true;
      continue;
    }
    if (gap && !words.isEmpty()) words.append(static_cast<UChar>(u' '));
    gap = false;
    words.append(static_cast<UChar32>(c));
    if (c == U'æ') words.replace(words.length() - 1, 1, u"ae");
    if (c == U'œ') words.replace(words.length() - 1, 1, u"oe");
  }
  std::string out;
  together->normalize(words, status).toUTF8String(out);
  return out;
}

}  // namespace

std::string folded_words(std::string_view text) {
  // Letters never join over a space, and most that stand between two are ASCII.
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && text[end] != ' ' && text[end] != '\n') ++end;
    const std::string_view part = text.substr(at, end - at);
    at = end + 1;
    if (is_ascii(part)) {
      append_ascii_words(part, out);
    } else if (const std::string words = folded_any(part); !words.empty()) {
      if (!out.empty()) out.push_back(' ');
      out += words;
    }
  }
  return out;
}

}  // namespace waydiff::core
