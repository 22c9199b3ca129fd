#include "diff/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "diff/address.hpp"

namespace waydiff::diff {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word(char c) {
  static constexpr std::array<bool, 256> signs = [] {
    std::array<bool, 256> found{};
    for (const auto& [least, most] : {std::pair{'a', 'z'}, std::pair{'A', 'Z'}, std::pair{'0', '9'}}) {
      for (char sign = least; sign <= most; ++sign) found[static_cast<unsigned char>(sign)] = true;
    }
    return found;
  }();
  return signs[static_cast<unsigned char>(c)];
}

/// Length of a sign that is a word by itself (kana, ideographs: U+3040 to U+9FFF), 0 for others.
std::size_t ideograph(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (text.size() < 3 || lead < 0xE3 || lead > 0xE9) return 0;
  return lead == 0xE3 && static_cast<unsigned char>(text[1]) < 0x81 ? 0 : 3;
}

/// Length of a punctuation mark outside ASCII, 0 for others: U+2000 to U+2BFF, U+3000 to U+303F, U+00A0 to U+00BF,
/// full-width forms that NFKC leaves.
std::size_t foreign_mark(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  if (byte(0) == 0xC2 && byte(1) >= 0xA0 && byte(1) != 0xAA && byte(1) != 0xB5 && byte(1) != 0xBA) return 2;
  if (byte(0) == 0xE2 && byte(1) >= 0x80 && byte(1) <= 0xAF) return 3;
  if (byte(0) == 0xE3 && byte(1) == 0x80) return 3;
  return 0;
}

/// What an address may hold besides letters and digits.
bool is_joint(char c) {
  return c == '@' || c == '.' || c == ':' || c == '-' || c == '_' || c == '%' || c == '+' || c == '/';
}

/// Whether the word that ends before `at` goes on as an address may: "help@", "a.com", "https:/".
bool joined(std::string_view text, std::size_t at) {
  return at + 1 < text.size() && is_joint(text[at]) && (is_word(text[at + 1]) || text[at + 1] == '/');
}

/// Whether something a name may hold stands right before `start`: an address would have begun there.
bool inside_name(std::string_view text, std::size_t start) {
  return start > 1 && is_joint(text[start - 1]) && text[start - 1] != ':' && text[start - 1] != '/' &&
         is_word(text[start - 2]);
}

/// "’" before a letter: the one of "we’re".
bool inner_apostrophe(std::string_view text) {
  return text.size() > 3 && text.starts_with("’") && is_word(text[3]);
}

constexpr std::size_t marks = 1U << 14;

template <class Take>
void each_word(std::string_view text, Take take) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    while (i < text.size()) {
      while (i < text.size() && is_word(text[i])) ++i;
      if (i == text.size()) break;
      const char c = text[i];
      if (static_cast<unsigned char>(c) >= 0x80) {
        if (i > start && inner_apostrophe(text.substr(i))) {
          i += 3;
          continue;
        }
        if (ideograph(text.substr(i)) > 0 || foreign_mark(text.substr(i)) > 0) break;
        ++i;
      } else if (i > start && i + 1 < text.size() &&
                 ((c == '\'' && is_word(text[i + 1])) ||
                  ((c == '.' || c == ',') && is_digit(text[i - 1]) && is_digit(text[i + 1])))) {
        ++i;
      } else {
        break;
      }
    }
    if (i > start) {
      if (joined(text, i) && is_word(text[start]) && !inside_name(text, start)) {
        i = std::max(i, start + address_length(text, start));
      }
      take(text.substr(start, i - start));
      continue;
    }
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      if (text[i] == '$') take(text.substr(i, 1));
      ++i;
    } else if (const std::size_t size = ideograph(text.substr(i)); size > 0) {
      take(text.substr(i, size));
      i += size;
    } else {
      if (text.substr(i).starts_with("€") || text.substr(i).starts_with("£") || text.substr(i).starts_with("¥")) {
        const std::size_t length = text[i] == '\xe2' ? 3 : 2;
        take(text.substr(i, length));
        i += length;
        continue;
      }
      const std::size_t mark = foreign_mark(text.substr(i));
      i += mark > 0 ? mark : 1;
    }
  }
}

}  // namespace

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  found.reserve(text.size() / 6 + 1);
  each_word(text, [&](std::string_view word) { found.push_back(word); });
  return found;
}

/// Below `marks`; cheaper than to look a word up, and of most words enough to know that they are not there.
std::size_t Vocabulary::mark(std::string_view word) {
  const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(word[i])); };
  return ((byte(0) << 9) ^ (byte(word.size() / 2) << 6) ^ (byte(word.size() - 1) << 3) ^ word.size()) % marks;
}

std::vector<WordId> Vocabulary::read(std::string_view fingerprint) {
  if (marks_.empty()) marks_.resize(marks);
  std::vector<WordId> ids;
  ids.reserve(fingerprint.size() / 6 + 1);
  each_word(fingerprint, [&](std::string_view word) {
    const auto [entry, fresh] = ids_.try_emplace(word, static_cast<WordId>(counts_.size()));
    if (fresh) {
      counts_.push_back(0);
      marks_[mark(word)] = true;
    }
    ++counts_[entry->second];
    ids.push_back(entry->second);
  });
  return ids;
}

void Vocabulary::count(std::string_view fingerprint) {
  each_word(fingerprint, [&](std::string_view word) {
    ++others_;
    if (marks_.empty() || !marks_[mark(word)]) return;
    if (const auto entry = ids_.find(word); entry != ids_.end()) {
      ++counts_[entry->second];
      --others_;
    }
  });
}

void Vocabulary::weigh() {
  const double total = std::accumulate(counts_.begin(), counts_.end(), 100.0) + static_cast<double>(others_);
  const double rarest = std::log(1.0 + total / 2.0);
  std::vector<double> of_count;  // most words are as rare as many others
  weights_.resize(counts_.size());
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    const auto weight = [&](std::uint32_t count) { return std::log(1.0 + total / (count + 1.0)) / rarest; };
    while (of_count.size() <= counts_[i] && of_count.size() < 64) {
      of_count.push_back(weight(static_cast<std::uint32_t>(of_count.size())));
    }
    weights_[i] = counts_[i] < of_count.size() ? of_count[counts_[i]] : weight(counts_[i]);
  }
}

}  // namespace waydiff::diff
