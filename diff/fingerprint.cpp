#include "diff/fingerprint.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "diff/byte_block.hpp"
#include "diff/enumerator.hpp"

namespace waydiff::diff {
namespace {

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// What stands for each letter and digit of ASCII; 0 for all else.
using Letters = std::array<char, 256>;

constexpr Letters letters(bool fold) {
  Letters table{};
  for (char c = '0'; c <= '9'; ++c) table[static_cast<unsigned char>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) table[static_cast<unsigned char>(c)] = c;
  for (char c = 'A'; c <= 'Z'; ++c) {
    table[static_cast<unsigned char>(c)] = fold ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return table;
}

constexpr Letters folded_letters = letters(true);
constexpr Letters kept_letters = letters(false);

/// Typographic signs with a plain form, by their UTF-8 bytes; 0 when `text` starts with none. `size` is set to its
/// length. '\1' stands for nothing at all (soft hyphens, joiners, direction marks).
char plain_sign(std::string_view text, std::size_t& size) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  if (byte(0) == 0xC2) {
    size = 2;
    switch (byte(1)) {
      case 0xA0:
        return ' ';
      case 0xAB:
      case 0xBB:
        return '"';
      case 0xAD:
        return '\1';
      case 0xB4:
        return '\'';
      default:
        return 0;
    }
  }
  size = 3;
  if (byte(0) == 0xE2 && byte(1) == 0x80) {
    const unsigned last = byte(2);
    if (last >= 0x80 && last <= 0x8A) return ' ';
    if (last >= 0x8B && last <= 0x8F) return '\1';
    if (last >= 0x90 && last <= 0x95) return '-';
    if (last >= 0x98 && last <= 0x9B) return '\'';
    if (last >= 0x9C && last <= 0x9F) return '"';
    if (last == 0xAF) return ' ';
    if (last >= 0xA8 && last <= 0xAE) return last <= 0xA9 ? ' ' : '\1';
    if (last == 0xB2) return '\'';
    if (last == 0xB3) return '"';
    if (last == 0xB9 || last == 0xBA) return '\'';
  }
  if (byte(0) == 0xE2 && byte(1) == 0x88 && byte(2) == 0x92) return '-';
  if (byte(0) == 0xE2 && byte(1) == 0x81 && byte(2) == 0xA0) return '\1';
  if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) return ' ';
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return '\1';
  return 0;
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

class Writer {
 public:
  /// Nothing is written that was not read: as many bytes are enough.
  explicit Writer(char* out) : out_(out) {}

  void put(char c, char next) {
    if (is_space(c)) {
      space_ = used_ > 0;
      return;
    }
    if (c == '*' || c == '`') return;
    const bool inside = !space_ && used_ > 0 && is_word_byte(last()) && is_word_byte(next);
    if (c == '_' && !inside) return;
    if (c == '-') {
      space_ = false;
      if (used_ > 0 && last() == '-') return;
    } else if (space_) {
      const bool tight = c == ':' || c == ';' || c == '!' || c == '?' || last() == '-' || (c == '"' && guillemet_);
      if (!tight) out_[used_++] = ' ';
      space_ = false;
    }
    // '' as typed for a double quote
    if (c == '\'' && used_ > 0 && last() == '\'') {
      out_[used_ - 1] = '"';
      return;
    }
    out_[used_++] = c;
  }
  /// Blocks of letters, digits, single spaces, commas and full stops from a letter or digit on; where they end.
  std::size_t put_blocks(std::string_view text, std::size_t i, bool fold) {
    for (; i + sizeof(ByteBlock) < text.size(); i += sizeof(ByteBlock)) {
      const char* const in = text.data() + i;
      if (skip_space_ || (space_ && (last() == '-' || in[0] == ' '))) break;
      if (in[0] == ' ' && (used_ == 0 || last() == '-')) break;
      const ByteBlock signs = block_at(in);
      const ByteBlock capitals = in_range(signs, 'A', 'Z');
      const ByteBlock spaces = equals(signs, ' ');
      const ByteBlock plain = capitals | in_range(signs, 'a', 'z') | in_range(signs, '0', '9') | equals(signs, ',') |
                              equals(signs, '.') | (spaces & ~equals(block_at(in + 1), ' '));
      if (!all_of(plain)) break;
      if (space_) out_[used_++] = ' ';
      const ByteBlock folded = fold ? signs + (capitals & 32) : signs;
      std::memcpy(out_ + used_, &folded, sizeof folded);
      used_ += sizeof folded;
      space_ = last() == ' ';
      if (space_) --used_;
    }
    return i;
  }
  /// Words of letters and digits of ASCII from `i` on, which need no look at what follows; where they end.
  std::size_t put_letters(std::string_view text, std::size_t i, const Letters& table) {
    if (space_ && last() != '-') out_[used_++] = ' ';
    space_ = false;
    skip_space_ = false;
    char* out = out_ + used_;
    const char* in = text.data() + i;
    const char* const end = text.data() + text.size();
    for (;;) {
      for (char c = 0; in != end && (c = table[static_cast<unsigned char>(*in)]) != 0; ++in) *out++ = c;
      if (end - in < 2 || *in != ' ' || table[static_cast<unsigned char>(in[1])] == 0) break;
      *out++ = *in++;
    }
    i = static_cast<std::size_t>(in - text.data());
    used_ = static_cast<std::size_t>(out - out_);
    return i;
  }
  /// French quotes stand off their text: no space inside them.
  void quote(bool opening) {
    guillemet_ = !opening;
    put('"', ' ');
    guillemet_ = false;
    skip_space_ = opening;
  }
  [[nodiscard]] bool skips_space() const { return skip_space_; }
  void end_skip() { skip_space_ = false; }
  [[nodiscard]] std::size_t size() const { return used_; }

 private:
  [[nodiscard]] char last() const { return out_[used_ - 1]; }

  char* out_;
  std::size_t used_ = 0;
  bool space_ = false;
  bool guillemet_ = false;
  bool skip_space_ = false;
};

/// Signs and spaces plain, marks gone, case folded if asked: into `out`, which has room for `text`. How long it is;
/// nothing where a text needs Unicode's tables.
std::optional<std::size_t> plain(std::string_view text, bool fold, bool tables_done, char* out) {
  Writer writer(out);
  const Letters& table = fold ? folded_letters : kept_letters;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (table[static_cast<unsigned char>(c)] != 0) {
      i = writer.put_blocks(text, i, fold);
      if (i < text.size() && table[static_cast<unsigned char>(text[i])] != 0) i = writer.put_letters(text, i, table);
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x80) {
      const char next = i + 1 < text.size() ? text[i + 1] : ' ';
      if (!(writer.skips_space() && is_space(c))) {
        writer.end_skip();
        writer.put(fold && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c, next);
      }
      ++i;
      continue;
    }
    std::size_t size = 0;
    const char sign = plain_sign(text.substr(i), size);
    if (sign == 0) {
      if (!tables_done) return {};
      writer.end_skip();
      writer.put(c, ' ');
      ++i;
      continue;
    }
    if (c == '\xc2' && sign == '"') {
      writer.quote(text[i + 1] == '\xab');
    } else if (sign != '\1' && !(writer.skips_space() && sign == ' ')) {
      writer.end_skip();
      writer.put(sign, i + size < text.size() ? text[i + size] : ' ');
    }
    i += size;
  }
  return writer.size();
}

/// Needs Unicode's tables.
std::string foreign(std::string_view text, bool fold) {
  // NFKC takes the accents (U+00B4) and the primes apart, so signs are made plain before it and after it.
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* tables =
      fold ? icu::Normalizer2::getNFKCCasefoldInstance(status) : icu::Normalizer2::getNFKCInstance(status);
  std::string signs(text.size(), '\0');
  signs.resize(plain(text, false, true, signs.data()).value_or(0));
  std::string mapped;
  if (U_SUCCESS(status)) {
    icu::StringByteSink<std::string> sink(&mapped, static_cast<int32_t>(signs.size()));
    tables->normalizeUTF8(0, icu::StringPiece(signs.data(), static_cast<int32_t>(signs.size())), sink, nullptr, status);
  }
  if (U_FAILURE(status)) mapped = signs;
  std::string result(mapped.size(), '\0');
  result.resize(plain(mapped, fold, true, result.data()).value_or(0));
  return result;
}

std::string normal(std::string_view text, bool fold) {
  std::string result(text.size(), '\0');
  const auto size = plain(text, fold, false, result.data());
  if (!size) return foreign(text, fold);
  result.resize(*size);
  return result;
}

std::string_view normal(std::string_view text, bool fold, std::pmr::memory_resource& memory) {
  auto* const out = static_cast<char*>(memory.allocate(text.size(), 1));
  if (const auto size = plain(text, fold, false, out)) return {out, *size};
  const std::string found = foreign(text, fold);
  auto* const copy = static_cast<char*>(memory.allocate(found.size(), 1));
  std::copy(found.begin(), found.end(), copy);
  return {copy, found.size()};
}

}  // namespace

std::string fingerprint(std::string_view text) {
  std::string result = normal(text.substr(enumerator_length(text)), true);
  return result.empty() ? normal(text, true) : result;
}

std::string_view fingerprint(std::string_view text, std::pmr::memory_resource& memory) {
  const std::string_view result = normal(text.substr(enumerator_length(text)), true, memory);
  return result.empty() ? normal(text, true, memory) : result;
}

std::string without_typography(std::string_view text) {
  return normal(text, false);
}

}  // namespace waydiff::diff
