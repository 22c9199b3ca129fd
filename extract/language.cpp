#include "extract/language.hpp"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "core/late_library.hpp"
#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"

namespace waydiff::extract {

namespace {

constexpr std::size_t enough = 4'000;  // all of a page would take a fifth of its time

std::string_view first_bytes(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

/// A sixth of the words are English's own little ones, and each of the commonest is there: no other language has these.
/// Most policies; to ask the library, and to touch its tables, takes as long as to compare two texts.
bool is_plainly_english(std::string_view text) {
  static constexpr std::array<std::string_view, 13> little = {"the",  "and",  "of",   "to",    "you", "your", "our",
                                                              "this", "that", "with", "which", "any", "by"};
  static constexpr std::size_t fewest_words = 60;
  std::array<std::size_t, little.size()> seen{};
  std::size_t words = 0;
  std::size_t high = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_alpha(text[at])) {
      high += static_cast<unsigned char>(text[at++]) >= 0x80;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && is_alpha(text[at])) ++at;
    ++words;
    if (at - begin > 5) continue;
    const std::string_view word = text.substr(begin, at - begin);
    const auto* const found = std::find_if(little.begin(), little.end(), [&](std::string_view one) {
      return one.size() == word.size() && starts_ignoring_case(word, one);
    });
    if (found != little.end()) ++seen[static_cast<std::size_t>(found - little.begin())];
  }
  const std::size_t sum = std::accumulate(seen.begin(), seen.end(), std::size_t{0});
  const bool each =
      seen[0] * 100 >= words && seen[1] * 100 >= words && seen[2] * 100 >= words && seen[3] * 100 >= words;
  return words >= fewest_words && high * 50 <= text.size() && each && sum * 6 >= words;
}

/// The functions of CLD2 that are used here. Most texts need none of it, and it would bring three more libraries to
/// every start (docs/decisions/0009).
struct Cld2 {
  decltype(&CLD2::DetectLanguage) detect = nullptr;
  decltype(&CLD2::LanguageCode) code = nullptr;
};

const Cld2& cld2() {
  static const Cld2 loaded = [] {
    const core::LateLibrary library("libcld2.so.0", "languages cannot be told without");
    Cld2 found;
    // As the ABI of C++ spells DetectLanguage(const char*, int, bool, bool*) and LanguageCode(Language).
    library.find("_ZN4CLD214DetectLanguageEPKcibPb", found.detect);
    library.find("_ZN4CLD212LanguageCodeENS_8LanguageE", found.code);
    return found;
  }();
  return loaded;
}

}  // namespace

std::string language_of(std::string_view text, std::string_view declared) {
  static constexpr std::size_t shortest = 60;
  text = first_bytes(text, enough);
  if (is_plainly_english(text)) return "en";
  if (text.size() >= shortest) {
    bool reliable = false;
    const CLD2::Language found =
        cld2().detect(text.data(), static_cast<int>(text.size()), /*is_plain_text=*/true, &reliable);
    if (reliable && found != CLD2::UNKNOWN_LANGUAGE) return cld2().code(found);
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
