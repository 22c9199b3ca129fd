#include "extract/language.hpp"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"

namespace waydiff::extract {

namespace {

constexpr std::size_t enough = 6'000;  // all of a page would take a fifth of its time

}  // namespace

std::string language_of(std::string_view text, std::string_view declared) {
  static constexpr std::size_t shortest = 60;
  if (text.size() > enough) {
    std::size_t end = enough;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end);
  }
  if (text.size() >= shortest) {
    bool reliable = false;
    const CLD2::Language found =
        CLD2::DetectLanguage(text.data(), static_cast<int>(text.size()), /*is_plain_text=*/true, &reliable);
    if (reliable && found != CLD2::UNKNOWN_LANGUAGE) return CLD2::LanguageCode(found);
  }
  std::string tag(trim(declared));
  std::replace(tag.begin(), tag.end(), '_', '-');
  const bool plausible = tag.size() >= 2 && tag.size() <= 12 &&
                         std::all_of(tag.begin(), tag.end(), [](char c) { return is_alnum(c) || c == '-'; });
  if (!plausible) return {};
  const std::size_t dash = std::min(tag.find('-'), tag.size());
  std::transform(tag.begin(), tag.begin() + static_cast<std::ptrdiff_t>(dash), tag.begin(), to_lower);
  return tag;
}

std::string language_of(const core::Document& document, std::string_view declared) {
  std::string text;
  for (const core::Block& block : document.blocks) {
    text += plain_text(block) + "\n";
    if (text.size() > enough) break;
  }
  return language_of(text, declared);
}

}  // namespace waydiff::extract
