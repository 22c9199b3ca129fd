#include "diff/unspaced_words.hpp"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>

#include "diff/words.hpp"

namespace waydiff::diff {
namespace {

struct CloseText {
  void operator()(UText* text) const noexcept { utext_close(text); }
};

unsigned lead_byte(std::string_view text) {
  return static_cast<unsigned char>(text.front());
}
/// Kana and ideographs, which `words` gives one by one.
bool is_sign(std::string_view word) {
  return word.size() == 3 && lead_byte(word) >= 0xE3 && lead_byte(word) <= 0xE9;
}
/// Scripts between U+0E00 and U+1FFF: among them those of South-East Asia, which `words` leaves in one piece.
bool is_run(std::string_view word) {
  return lead_byte(word) == 0xE0 || lead_byte(word) == 0xE1;
}

/// Byte offsets of ICU's word boundaries, increasing; empty if ICU cannot tell.
std::vector<std::size_t> boundaries(std::string_view text) {
  std::vector<std::size_t> found;
  UErrorCode status = U_ZERO_ERROR;
  UText opened = UTEXT_INITIALIZER;
  const std::unique_ptr<UText, CloseText> utf8(
      utext_openUTF8(&opened, text.data(), static_cast<int64_t>(text.size()), &status));
  if (U_FAILURE(status)) return found;
  const std::unique_ptr<icu::BreakIterator> iterator(
      icu::BreakIterator::createWordInstance(icu::Locale::getJapanese(), status));
  if (U_FAILURE(status)) return found;
  iterator->setText(utf8.get(), status);
  if (U_FAILURE(status)) return found;
  for (int32_t at = iterator->first(); at != icu::BreakIterator::DONE; at = iterator->next()) {
    found.push_back(static_cast<std::size_t>(at));
  }
  return found;
}

}  // namespace

std::vector<std::string_view> readable_words(std::string_view text) {
  std::vector<std::string_view> list = words(text);
  if (std::none_of(list.begin(), list.end(), [](std::string_view word) { return is_sign(word) || is_run(word); })) {
    return list;
  }
  const std::vector<std::size_t> breaks = boundaries(text);
  if (breaks.empty()) return list;
  const auto place = [&](std::string_view word) { return static_cast<std::size_t>(word.data() - text.data()); };
  std::vector<std::string_view> found;
  auto next = breaks.begin();
  for (const std::string_view word : list) {
    const std::size_t start = place(word);
    next = std::lower_bound(next, breaks.end(), start);
    const bool inside = next == breaks.end() || *next != start;
    if (is_sign(word) && !found.empty() && inside && is_sign(found.back().substr(0, 3)) &&
        place(found.back()) + found.back().size() == start) {
      found.back() = text.substr(place(found.back()), found.back().size() + word.size());
    } else if (is_run(word)) {
      std::size_t from = start;
      for (auto at = next; at != breaks.end() && *at < start + word.size(); ++at) {
        if (*at > from) found.push_back(text.substr(from, *at - from));
        from = *at;
      }
      found.push_back(text.substr(from, start + word.size() - from));
    } else {
      found.push_back(word);
    }
  }
  return found;
}

}  // namespace waydiff::diff
