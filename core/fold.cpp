#include "core/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

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

}  // namespace

std::string folded_words(std::string_view text) {
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

}  // namespace waydiff::core
