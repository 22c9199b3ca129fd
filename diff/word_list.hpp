#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace waydiff::diff {

/// By size and first byte, what nearly every word fails that stands in none of a list's places.
class WordFilter {
 public:
  constexpr void add(std::string_view word) { firsts_[row(word)] |= bit(word); }
  [[nodiscard]] constexpr bool may_hold(std::string_view word) const noexcept {
    return (firsts_[row(word)] & bit(word)) != 0;
  }

 private:
  static constexpr std::size_t row(std::string_view word) { return std::min<std::size_t>(word.size(), 15); }
  static constexpr std::uint64_t bit(std::string_view word) {
    return word.empty() ? 0 : std::uint64_t{1} << (static_cast<unsigned char>(word.front()) & 63U);
  }
  std::array<std::uint64_t, 16> firsts_{};
};

/// A fixed list of words, each of which may stand for another: "red blue", "two=2 three=3". One text without pointers,
/// so that no start of the program has to place them.
template <std::size_t Size>
class WordList {
 public:
  /// Words parted by one space, or by the seam of two literals that ends in one.
  constexpr explicit WordList(const char (&words)[Size]) {  // NOLINT: how a literal's size is told
    std::copy(words, words + Size - 1, text_.begin());
    for (std::size_t start = 0; start + 1 < Size;) {
      const std::size_t end = std::min(std::string_view(words, Size - 1).find(' ', start), Size - 1);
      const std::string_view entry(words + start, end - start);
      const std::size_t length = std::min(entry.find('='), entry.size());
      filter_.add(entry.substr(0, length));
      places_[count_++] = {static_cast<std::uint16_t>(start), static_cast<std::uint16_t>(length),
                           static_cast<std::uint16_t>(end)};
      start = end + 1;
    }
  }

  [[nodiscard]] constexpr bool holds(std::string_view word) const noexcept { return place_of(word) != nullptr; }
  /// What it stands for; empty for a word that is not there.
  [[nodiscard]] constexpr std::string_view find(std::string_view word) const noexcept {
    const Place* const place = place_of(word);
    if (place == nullptr) return {};
    const std::size_t value = place->start + place->length + 1U;
    return std::string_view(text_.data(), Size).substr(value, place->end - value);
  }

 private:
  struct Place {
    std::uint16_t start = 0, length = 0, end = 0;
  };

  [[nodiscard]] constexpr const Place* place_of(std::string_view word) const noexcept {
    if (!filter_.may_hold(word)) return nullptr;
    const auto same = [&](const Place& place) {
      return place.length == word.size() && std::string_view(text_.data() + place.start, place.length) == word;
    };
    const auto end = places_.begin() + count_;
    const auto found = std::find_if(places_.begin(), end, same);
    return found == end ? nullptr : &*found;
  }

  WordFilter filter_;
  std::size_t count_ = 0;
  std::array<Place, Size / 2 + 1> places_{};
  std::array<char, Size> text_{};
};

/// `constexpr auto colours = word_list("red blue");`. Declared as a WordList whose size is deduced, g++ 12 would keep
/// it among what can be written to.
template <std::size_t Size>
[[nodiscard]] constexpr WordList<Size> word_list(const char (&words)[Size]) {  // NOLINT
  return WordList<Size>(words);
}

}  // namespace waydiff::diff
