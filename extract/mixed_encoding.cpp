#include "extract/mixed_encoding.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "extract/ascii.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

// Bytes 80 to 9F of windows-1252; 0 where it has none.
constexpr std::array<char16_t, 32> marks{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                         0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                         0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                         0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

char32_t windows_1252(unsigned byte) {
  if (byte < 0x80 || byte > 0x9F) return byte;
  const char16_t mark = marks[byte - 0x80];
  return mark == 0 ? byte : mark;
}

/// The byte that windows-1252 has for a character; -1: none.
int to_windows_1252(char32_t c) {
  if (c < 0x80 || (c >= 0xA0 && c <= 0xFF)) return static_cast<int>(c);
  const auto* const mark = std::find(marks.begin(), marks.end(), c);
  if (c > 0 && mark != marks.end()) return 0x80 + static_cast<int>(mark - marks.begin());
  // The five bytes without a character are kept as controls by browsers.
  return c >= 0x80 && c <= 0x9F && marks[c - 0x80] == 0 ? static_cast<int>(c) : -1;
}

bool is_western(std::string_view text) {
  std::size_t latin = 0;
  std::size_t other = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (byte_at(text, at) < 0x80) {
      ++at;
      continue;
    }
    const char32_t c = next_code_point(text, at);
    if (c == replacement_character) continue;
    ++((c < 0x250 || (c >= 0x2000 && c < 0x2C00) || c == 0xFEFF) ? latin : other);
  }
  return other * 20 <= latin;
}

/// A control character of ASCII, or the first byte of one beyond it and of what is no character.
constexpr bool is_suspect(char c) {
  const auto byte = static_cast<unsigned char>(c);
  const bool control = (byte < 0x20) & (byte != '\t') & (byte != '\n') & (byte != '\r') & (byte != '\f');
  return control | (byte == 0x7F) | (byte == 0xC2) | (byte >= 0xEF);
}

/// The place of the first such byte from `at` on; the text's size if there is none.
std::size_t next_suspect(std::string_view text, std::size_t at) {
  static constexpr std::size_t block = 64;  // without a branch inside, so that compilers look at many bytes at once
  for (; at + block <= text.size(); at += block) {
    unsigned found = 0;
    for (std::size_t i = 0; i < block; ++i) found |= is_suspect(text[at + i]) ? 1U : 0U;
    if (found != 0) break;
  }
  while (at < text.size() && !is_suspect(text[at])) ++at;
  return at;
}

// The byte at `at` belongs to no UTF-8 sequence and the one after it neither.
bool is_certain(std::string_view text, std::size_t at) {
  const unsigned byte = byte_at(text, at);
  const unsigned next = byte_at(text, at + 1);
  const bool continued = next >= 0x80 && next <= 0xBF;
  if (byte >= 0xC2 && byte <= 0xF4 && (continued || at + 1 >= text.size())) return false;
  const auto is_letter = [](unsigned b) { return b < 0x80 && is_alpha(static_cast<char>(b)); };
  const bool before = at > 0 && is_letter(byte_at(text, at - 1));
  const bool after = is_letter(next);
  if (byte >= 0xC0 && byte != 0xD7 && byte != 0xF7) {
    // The commonest first bytes of UTF-8 may be all that is left of a sequence.
    return byte == 0xC2 || byte == 0xC3 || byte == 0xE2 ? before && after : before || after;
  }
  // A continuation byte behind high bytes is a remnant as well.
  if (at > 0 && byte_at(text, at - 1) >= 0x80) return false;
  if (byte == 0x85 || (byte >= 0x91 && byte <= 0x97) || byte == 0x80 || byte == 0x99) return true;
  return byte == 0xA0 || byte == 0xA3 || byte == 0xA7 || byte == 0xA9 || byte == 0xAB || byte == 0xAE || byte == 0xB0 ||
         byte == 0xB7 || byte == 0xBB;
}

/// Length of the well-formed sequence of several bytes at `at`; 0: none.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  std::size_t end = at;
  const char32_t c = next_code_point(text, end);
  if (end - at < 2) return 0;
  return c != replacement_character || text.substr(at, end - at) == "\xEF\xBF\xBD" ? end - at : 0;
}

}  // namespace

Mended mended_utf8(std::string_view text) {
  Mended mended;
  mended.text.reserve(text.size() + text.size() / 16);
  const bool western = is_western(text);
  bool broken = false;  // the stretch before was replaced
  for (std::size_t at = 0; at < text.size();) {
    if (byte_at(text, at) < 0x80) {
      mended.text.push_back(text[at++]);
      broken = false;
      continue;
    }
    if (const std::size_t length = sequence_length(text, at); length > 0) {
      mended.text += text.substr(at, length);
      at += length;
      broken = false;
      continue;
    }
    if (western && !broken && is_certain(text, at)) {
      append_code_point(mended.text, windows_1252(byte_at(text, at++)));
      ++mended.foreign;
      continue;
    }
    const std::size_t before = at;
    static_cast<void>(next_code_point(text, at));
    mended.replaced_bytes += at - before;
    ++mended.replaced;
    append_code_point(mended.text, replacement_character);
    broken = true;
  }
  return mended;
}

Mended mended_windows_1252(std::string_view text) {
  Mended mended;
  mended.text.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size();) {
    const unsigned byte = byte_at(text, at);
    if (byte >= 0xC2) {
      if (const std::size_t length = sequence_length(text, at); length > 0) {
        mended.text += text.substr(at, length);
        mended.foreign += length;
        at += length;
        continue;
      }
    }
    append_code_point(mended.text, windows_1252(byte));
    ++at;
  }
  return mended;
}

std::size_t count_mojibake(std::string_view text) {
  std::size_t count = 0;
  // "Ã" or "Â" before what a continuation byte looks like, and "â€".
  for (std::size_t at = text.find('\xC3'); at != std::string_view::npos; at = text.find('\xC3', at + 1)) {
    const unsigned second = byte_at(text, at + 1);
    if (second == 0x83 || second == 0x82) {
      std::size_t next = at + 2;
      if (next >= text.size() || byte_at(text, next) < 0x80) continue;
      const int byte = to_windows_1252(next_code_point(text, next));
      count += byte >= 0x80 && byte <= 0xBF;
    } else if (second == 0xA2 && text.substr(at + 2, 3) == "\xE2\x82\xAC") {
      ++count;
    }
  }
  return count;
}

std::string undone_mojibake(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (byte_at(text, at) < 0x80) {
      bytes.push_back(text[at++]);
      continue;
    }
    const int byte = to_windows_1252(next_code_point(text, at));
    if (byte < 0) return {};
    bytes.push_back(static_cast<char>(byte));
  }
  const Utf8Check check = check_utf8(bytes);
  return check.broken == 0 && check.multibyte > 0 ? bytes : std::string();
}

std::size_t drop_controls(std::string& text, std::size_t& restored) {
  std::size_t at = next_suspect(text, 0);
  if (at == text.size()) return 0;
  std::string clean(text, 0, at);
  clean.reserve(text.size());
  std::size_t dropped = 0;
  while (at < text.size()) {
    const std::size_t next = next_suspect(text, at);
    clean.append(text, at, next - at);
    at = next;
    if (at == text.size()) break;
    const std::size_t before = at;
    const char32_t c = next_code_point(text, at);
    const bool nothing = c < 0xA0 || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    if (!nothing) {
      clean.append(text, before, at - before);
    } else if (c == 0x0B) {
      clean.push_back('\n');  // word processors' line break
    } else if (c >= 0x80 && c < 0xA0 && marks[c - 0x80] != 0) {
      append_code_point(clean, marks[c - 0x80]);
      ++restored;
    } else {
      dropped += at - before;
    }
  }
  text = std::move(clean);
  return dropped;
}

}  // namespace waydiff::extract
