#include "report/wrapped_text.hpp"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

namespace waydiff::report {
namespace {

struct CloseText {
  void operator()(UText* text) const noexcept { utext_close(text); }
};

std::size_t columns_of(UChar32 c) {
  const int type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

/// ICU's rules of line breaking, opened once a thread; null where that fails. Its text is gone after each use.
icu::BreakIterator* line_breaker() {
  static thread_local const std::unique_ptr<icu::BreakIterator> lines = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> opened(icu::BreakIterator::createLineInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status)) opened.reset();
    return opened;
  }();
  return lines.get();
}

/// Byte offsets at which a line may end, in order; the end of the text is one.
std::vector<std::size_t> break_offsets(const std::string& text) {
  std::vector<std::size_t> out;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UText, CloseText> opened(
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
  icu::BreakIterator* const lines = line_breaker();
  if (U_SUCCESS(status) && lines != nullptr) lines->setText(opened.get(), status);
  if (U_FAILURE(status) || lines == nullptr) return {text.size()};
  for (auto at = lines->next(); at != icu::BreakIterator::DONE; at = lines->next()) {
    out.push_back(static_cast<std::size_t>(at));
  }
  if (out.empty() || out.back() != text.size()) out.push_back(text.size());
  return out;
}

/// A stretch of one part between two places where a line may end.
struct Chunk {
  std::string_view text;    ///< without the spaces behind it
  std::string_view spaces;  ///< these are left out at the end of a line
  std::size_t part = 0;
  bool opens = false, closes = false;  ///< begins, ends its part
  bool may_break = false;              ///< a line may end behind it
};

std::size_t width_of(const Chunk& chunk, const TextMark& mark) {
  std::size_t out = columns(chunk.text);
  if (mark.seen && chunk.opens) out += mark.open.size();
  if (mark.seen && chunk.closes) out += mark.close.size();
  return out;
}

std::vector<Chunk> chunks(const std::string& text, const std::vector<MarkedText>& parts,
                          const std::vector<std::size_t>& breaks) {
  std::vector<Chunk> out;
  std::size_t begin = 0, next_break = 0, part_end = 0;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const TextMark& mark = parts[part].mark;
    const std::size_t part_begin = part_end;
    part_end += parts[part].text.size();
    while (begin < part_end) {
      while (breaks[next_break] <= begin) ++next_break;
      const std::size_t end = std::min(breaks[next_break], part_end);
      Chunk chunk{std::string_view(text).substr(begin, end - begin), {}, part, begin == part_begin, end == part_end};
      const std::size_t kept = chunk.text.find_last_not_of(' ') + 1;
      // Marks that are seen keep the spaces at both ends of their words.
      const bool leads = mark.seen && chunk.opens && kept == 0;
      if (!leads && !(mark.seen && chunk.closes)) {
        chunk.spaces = chunk.text.substr(kept);
        chunk.text = chunk.text.substr(0, kept);
      }
      const bool marks_meet =
          chunk.closes && part + 1 < parts.size() && !mark.open.empty() && !parts[part + 1].mark.open.empty();
      chunk.may_break = marks_meet || (end == breaks[next_break] && !leads);
      if (leads && !out.empty()) out.back().may_break = true;
      out.push_back(chunk);
      begin = end;
    }
  }
  return out;
}

/// Puts chunks on lines, with the marks of their parts around them.
class Lines {
 public:
  Lines(const std::vector<MarkedText>& parts, std::string_view first, std::string_view rest)
      : parts_(parts), rest_(rest), out_(first), column_(columns(first)) {}

  /// Chunks that belong on one line.
  void put(std::span<const Chunk> word, std::size_t width) {
    std::size_t wide = spaces_.size();
    for (const Chunk& chunk : word) {
      wide += width_of(chunk, parts_[chunk.part].mark) + (&chunk == &word.back() ? 0 : chunk.spaces.size());
    }
    if (width > 0 && !fresh_ && column_ + wide > width) new_line();
    for (const Chunk& chunk : word) put(chunk);
  }
  std::string finish() {
    end_mark();
    return std::move(out_) + "\n";
  }

 private:
  void new_line() {
    end_mark();
    spaces_ = {};
    out_ += "\n";
    out_ += rest_;
    column_ = columns(rest_);
    fresh_ = true;
  }
  void put(const Chunk& chunk) {
    const TextMark& mark = parts_[chunk.part].mark;
    // Spaces belong to the part before: a struck space is struck.
    out_ += spaces_;
    column_ += spaces_.size() + width_of(chunk, mark);
    if (chunk.part != part_) end_mark();
    if (mark.seen ? chunk.opens : part_ == nowhere) out_ += mark.open;
    part_ = chunk.part;
    out_ += chunk.text;
    if (mark.seen && chunk.closes) out_ += mark.close;
    spaces_ = chunk.spaces;
    fresh_ = false;
  }
  void end_mark() {
    if (part_ != nowhere && !parts_[part_].mark.seen) out_ += parts_[part_].mark.close;
    part_ = nowhere;
  }

  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
  const std::vector<MarkedText>& parts_;
  std::string_view rest_;
  std::string out_;
  std::size_t column_;
  std::string_view spaces_;
  std::size_t part_ = nowhere;  ///< whose mark is open on this line
  bool fresh_ = true;
};

}  // namespace

std::size_t columns(std::string_view text) {
  unsigned char high = 0;
  for (const char c : text) high |= static_cast<unsigned char>(c);
  if (high < 0x80) return text.size();
  std::size_t out = 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  for (std::int64_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    out += c < 0 ? 1 : columns_of(c);
  }
  return out;
}

std::string wrapped(const std::vector<MarkedText>& parts, std::size_t width, std::string_view first,
                    std::string_view rest) {
  std::string text;
  for (const MarkedText& part : parts) text += part.text;
  // What fits on one line is not broken, wherever it may be.
  std::size_t marks = 0;
  for (const MarkedText& part : parts) {
    if (part.mark.seen) marks += part.mark.open.size() + part.mark.close.size();
  }
  const bool fits = width == 0 || columns(first) + columns(text) + marks <= width;
  const std::vector<Chunk> all = chunks(text, parts, fits ? std::vector{text.size()} : break_offsets(text));
  Lines lines(parts, first, rest);
  for (std::size_t at = 0; at < all.size();) {
    std::size_t end = at;
    while (end < all.size() && !all[end].may_break) ++end;
    end = std::min(end + 1, all.size());
    lines.put(std::span(all).subspan(at, end - at), width);
    at = end;
  }
  return lines.finish();
}

}  // namespace waydiff::report
