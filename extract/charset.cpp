#include "extract/charset.hpp"

#include <uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "extract/ascii.hpp"
#include "extract/mixed_encoding.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const noexcept { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const std::string& charset) {
  UErrorCode status = U_ZERO_ERROR;
  // ICU knows windows-1252 as ibm-5348: the variant with the euro sign.
  Converter converter(ucnv_open(charset.c_str(), &status));
  return U_SUCCESS(status) ? std::move(converter) : Converter();
}

std::string_view value_after(std::string_view text, std::string_view name) {
  const std::size_t found = find_ignoring_case(text, name);
  if (found == std::string_view::npos) return {};
  std::string_view rest = trim(text.substr(found + name.size()));
  if (rest.empty() || rest.front() != '=') return {};
  rest = trim(rest.substr(1));
  if (rest.empty()) return {};
  if (rest.front() == '"' || rest.front() == '\'') {
    const std::size_t close = rest.find(rest.front(), 1);
    return rest.substr(1, close == std::string_view::npos ? close : close - 1);
  }
  return rest.substr(0, rest.find_first_of(" \t\r\n;\"'>/?"));
}

// A page that could say so in ASCII is not in UTF-16, whatever it says.
std::string declared(std::string_view label) {
  std::string charset = charset_of_label(label);
  return charset.starts_with("utf-16") ? "utf-8" : charset;
}

// What the page says of itself in its first bytes: browsers look at 1024; old pages with long heads need more.
std::string declared_in_page(std::string_view body) {
  const std::string_view head = body.substr(0, 8192);
  if (head.starts_with("<?xml")) {
    std::string charset = declared(value_after(head.substr(0, head.find("?>")), "encoding"));
    if (!charset.empty()) return charset;
  }
  for (std::size_t at = head.find('<'); at != std::string_view::npos; at = head.find('<', at + 1)) {
    const std::string_view rest = head.substr(at);
    if (rest.starts_with("<!--")) {
      const std::size_t end = rest.find("-->", 2);
      if (end == std::string_view::npos) break;
      at += end;
    } else if (starts_ignoring_case(rest, "<meta") && rest.size() > 5 && !is_alnum(rest[5])) {
      std::string charset = declared(value_after(rest.substr(0, rest.find('>')), "charset"));
      if (!charset.empty()) return charset;
    }
  }
  return {};
}

std::string guessed(std::string_view body) {
  const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(), &uchardet_delete);
  const std::string_view sample = body.substr(0, 1u << 18);
  if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return "windows-1252";
  uchardet_data_end(detector.get());
  std::string label = charset_of_label(uchardet_get_charset(detector.get()));
  // A few bytes tell the detector little, and most such pages are Western.
  const auto high = std::count_if(sample.begin(), sample.end(), [](char c) { return (c & 0x80) != 0; });
  if (high < 8 && !label.starts_with("iso-2022")) return "windows-1252";
  return label.empty() || label == "utf-8" ? "windows-1252" : label;
}

// UTF-16 and UTF-32 without a mark: of Latin text and of any markup most bytes are zero, at the same places.
std::string wide_by_zeros(std::string_view body) {
  const std::string_view head = body.substr(0, 512);
  if (head.size() < 8) return {};
  std::array<std::size_t, 4> zeros{};
  for (std::size_t i = 0; i < head.size(); ++i) zeros[i & 3] += head[i] == '\0';
  const auto mostly = [&](std::size_t i) { return zeros[i] * 4 * 10 > head.size() * 8; };
  const auto hardly = [&](std::size_t i) { return zeros[i] * 4 * 10 < head.size(); };
  if (hardly(0) && mostly(1) && mostly(2) && mostly(3)) return "utf-32le";
  if (mostly(0) && mostly(1) && mostly(2) && hardly(3)) return "utf-32be";
  if (hardly(0) && mostly(1) && hardly(2) && mostly(3)) return "utf-16le";
  if (mostly(0) && hardly(1) && mostly(2) && hardly(3)) return "utf-16be";
  return {};
}

void count_replaced(const void* context, UConverterToUnicodeArgs* arguments, const char* /*bytes*/, std::int32_t length,
                    UConverterCallbackReason reason, UErrorCode* status) {
  if (reason > UCNV_IRREGULAR) return;
  auto* const result = static_cast<Decoded*>(const_cast<void*>(context));
  ++result->replaced;
  result->replaced_bytes += static_cast<std::size_t>(length);
  *status = U_ZERO_ERROR;
  static constexpr char16_t replacement = 0xFFFD;
  ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, status);
}

Decoded converted(std::string_view body, const std::string& charset) {
  Decoded result;
  result.charset = charset;
  const Converter converter = open_converter(charset);
  if (!converter) {
    Mended mended = mended_utf8(body);
    result.text = std::move(mended.text);
    result.replaced = mended.replaced;
    result.replaced_bytes = mended.replaced_bytes;
    return result;
  }
  UErrorCode status = U_ZERO_ERROR;
  ucnv_setToUCallBack(converter.get(), &count_replaced, &result, nullptr, nullptr, &status);
  std::u16string wide(std::max<std::size_t>(4096, std::min<std::size_t>(body.size() + 16, 1u << 16)), u'\0');
  const char* source = body.data();
  const char* const end = body.data() + body.size();
  char32_t lead = 0;  // of a pair that the end of the buffer cut
  do {
    status = U_ZERO_ERROR;
    char16_t* target = wide.data();
    ucnv_toUnicode(converter.get(), &target, wide.data() + wide.size(), &source, end, nullptr, true, &status);
    for (const char16_t* unit = wide.data(); unit != target; ++unit) {
      char32_t c = *unit;
      if (lead != 0 && c >= 0xDC00 && c < 0xE000) c = 0x10000 + ((lead - 0xD800) << 10) + (c - 0xDC00);
      lead = c >= 0xD800 && c < 0xDC00 ? c : 0;
      if (lead == 0) append_code_point(result.text, c);
    }
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  // A failure of the converter itself: what it did not read is lost, and counted.
  if (U_FAILURE(status)) {
    ++result.replaced;
    result.replaced_bytes += static_cast<std::size_t>(end - source);
    append_code_point(result.text, replacement_character);
  }
  return result;
}

Decoded taken(Mended mended, std::string charset) {
  Decoded result;
  result.text = std::move(mended.text);
  result.charset = std::move(charset);
  result.replaced = mended.replaced;
  result.replaced_bytes = mended.replaced_bytes;
  result.foreign = mended.foreign;
  return result;
}

Decoded read_as(std::string_view body, const std::string& charset) {
  return charset == "windows-1252" ? taken(mended_windows_1252(body), charset) : converted(body, charset);
}

std::size_t count_high(std::string_view body) {
  return static_cast<std::size_t>(std::count_if(body.begin(), body.end(), [](char c) { return (c & 0x80) != 0; }));
}

Decoded read_bytes(std::string_view body, std::string_view content_type, bool html) {
  if (body.starts_with("\xEF\xBB\xBF")) {
    body.remove_prefix(3);
    content_type = "charset=utf-8";
    html = false;
  } else if (body.starts_with(std::string_view("\xFF\xFE\0\0", 4)) && body.size() % 4 == 0) {
    return converted(body.substr(4), "utf-32le");
  } else if (body.starts_with(std::string_view("\0\0\xFE\xFF", 4))) {
    return converted(body.substr(4), "utf-32be");
  } else if (body.starts_with("\xFF\xFE")) {
    return converted(body.substr(2), "utf-16le");
  } else if (body.starts_with("\xFE\xFF")) {
    return converted(body.substr(2), "utf-16be");
  } else if (const std::string wide = wide_by_zeros(body); !wide.empty()) {
    return converted(body, wide);
  }
  std::string charset = declared(value_after(content_type, "charset"));
  const std::string inner = html && (charset.empty() || charset == "windows-1252") ? declared_in_page(body) : "";
  if (charset.empty()) charset = inner;
  const std::string announced = charset;

  const Utf8Check check = check_utf8(body);
  const bool ascii = check.multibyte == 0 && check.broken == 0;
  // ISO-2022 and HZ look like ASCII: only these are converted although every byte is below 128.
  const bool seven_bit = charset.starts_with("iso-2022") || charset == "hz";
  if (check.broken == 0 && !seven_bit) {
    if (ascii && charset.empty() && body.find("\x1B$") != std::string_view::npos) {
      Decoded result = converted(body, guessed(body));
      result.guessed = true;
      return result;
    }
    Decoded result;
    result.text = body;
    result.charset = ascii && !charset.empty() ? charset : "utf-8";
    if (!ascii && !announced.empty() && announced != "utf-8") result.overruled = announced;
    return result;
  }
  // Broken UTF-8 beats a guess as long as some of it is well formed, and another charset when nearly all of it is.
  const bool guess = charset.empty() || charset == "utf-8";
  const bool enough =
      charset == "utf-8" ? check.multibyte * 2 >= check.broken : check.multibyte > (guess ? 2 : 20) * check.broken;
  if (enough) {
    Decoded result = taken(mended_utf8(body), "utf-8");
    if (!guess) result.overruled = announced;
    return result;
  }
  if (guess) {
    Decoded result = read_as(body, guessed(body));
    if (result.replaced_bytes * 50 > count_high(body)) result = read_as(body, "windows-1252");
    result.guessed = true;
    result.overruled = announced;
    return result;
  }
  // Servers say latin1 for want of anything better: the page's own word counts more when its bytes bear it out.
  if (charset == "windows-1252" && !inner.empty() && inner != charset && inner != "utf-8" && guessed(body) == inner) {
    Decoded result = read_as(body, inner);
    result.overruled = announced;
    return result;
  }
  Decoded result = read_as(body, charset);
  if (result.replaced_bytes > 2 && result.replaced_bytes * 50 > count_high(body)) {
    Decoded other = read_as(body, guessed(body));
    if (other.charset != charset && other.replaced_bytes * 4 < result.replaced_bytes) {
      other.guessed = true;
      other.overruled = announced;
      return other;
    }
  }
  return result;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

}  // namespace

Decoded decode(std::string_view body, std::string_view content_type, bool html) {
  Decoded result = read_bytes(body, content_type, html);
  result.mojibake = count_mojibake(result.text);
  if (result.mojibake >= 3 && result.replaced == 0) {
    if (std::string before = undone_mojibake(result.text); !before.empty()) {
      result.text = std::move(before);
      result.undone = true;
    }
  }
  result.dropped = drop_controls(result.text, result.foreign);
  return result;
}

std::vector<std::string> notes_of(const Decoded& decoded) {
  std::vector<std::string> notes;
  if (decoded.replaced > 0) {
    notes.push_back(counted(decoded.replaced_bytes, "byte is", "bytes are") + " not " + decoded.charset +
                    ", and replaced in " + counted(decoded.replaced, "place", "places"));
  }
  if (decoded.foreign > 0) {
    notes.push_back(counted(decoded.foreign, "byte", "bytes") + " in another charset within " + decoded.charset +
                    " read as such");
  }
  if (decoded.dropped > 0)
    notes.push_back(counted(decoded.dropped, "byte", "bytes") + " of control characters left out");
  if (decoded.undone) {
    notes.push_back("the page was encoded twice, and read as it had been before");
  } else if (decoded.mojibake > 0) {
    notes.push_back(counted(decoded.mojibake, "character looks", "characters look") +
                    " encoded twice (such as \"\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2\"), and left as they are");
  }
  if (!decoded.overruled.empty()) {
    notes.push_back("announced as " + decoded.overruled + ", but its bytes are " + decoded.charset);
  }
  if (decoded.guessed) notes.push_back("charset guessed: " + decoded.charset);
  return notes;
}

}  // namespace waydiff::extract
