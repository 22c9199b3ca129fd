#include "extract/charset.hpp"

#include <uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "extract/ascii.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

// Labels whose meaning on the web differs from ICU's reading of the same name. Source: WHATWG Encoding Standard, 4.2.
constexpr std::array<std::pair<std::string_view, std::string_view>, 31> web_labels{{
    {"ascii", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ansi_x3.4-1968", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"iso88591", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"l1", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"x-cp1252", "windows-1252"},
    {"windows-1252", "windows-1252"},
    {"iso-8859-9", "windows-1254"},
    {"latin5", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"utf8", "utf-8"},
    {"utf-8", "utf-8"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"shift_jis", "windows-31j"},
    {"shift-jis", "windows-31j"},
    {"sjis", "windows-31j"},
    {"x-sjis", "windows-31j"},
    {"euc-kr", "windows-949"},
    {"ks_c_5601-1987", "windows-949"},
    {"utf-16", "utf-16le"},
}};

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

// What the page says of itself in its first bytes: browsers look at 1024; old pages with long heads need more.
std::string declared_in_page(std::string_view body) {
  const std::string_view head = body.substr(0, 8192);
  if (head.starts_with("<?xml")) {
    const std::string label = charset_of_label(value_after(head.substr(0, head.find("?>")), "encoding"));
    if (!label.empty()) return label.starts_with("utf-16") ? "utf-8" : label;
  }
  for (std::size_t at = find_ignoring_case(head, "<meta"); at != std::string_view::npos;
       at = find_ignoring_case(head, "<meta", at + 5)) {
    const std::string_view tag = head.substr(at, head.find('>', at) - at);
    const std::string label = charset_of_label(value_after(tag, "charset"));
    // A page whose <meta> could be read as ASCII is not in UTF-16, whatever it says.
    if (!label.empty()) return label.starts_with("utf-16") ? "utf-8" : label;
  }
  return {};
}

std::string guessed(std::string_view body) {
  const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(), &uchardet_delete);
  const std::string_view sample = body.substr(0, 1u << 18);
  if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return "windows-1252";
  uchardet_data_end(detector.get());
  const std::string label = charset_of_label(uchardet_get_charset(detector.get()));
  // A few bytes tell the detector little, and most such pages are Western.
  const auto high = std::count_if(sample.begin(), sample.end(), [](char c) { return (c & 0x80) != 0; });
  if (high < 8) return "windows-1252";
  return label.empty() || label == "utf-8" ? "windows-1252" : label;
}

// UTF-16 without a mark: every other byte of Latin text is zero.
std::string utf16_by_zeros(std::string_view body) {
  const std::string_view head = body.substr(0, 512);
  if (head.size() < 8) return {};
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < head.size(); ++i) zeros[i & 1] += head[i] == '\0';
  if (zeros[1] * 10 > head.size() * 4 && zeros[0] * 20 < head.size()) return "utf-16le";
  if (zeros[0] * 10 > head.size() * 4 && zeros[1] * 20 < head.size()) return "utf-16be";
  return {};
}

Decoded converted(std::string_view body, const std::string& charset) {
  Decoded result;
  result.charset = charset;
  const Converter converter = open_converter(charset);
  if (!converter) {
    result.text = repaired_utf8(body);
    return result;
  }
  std::u16string wide(std::max<std::size_t>(4096, std::min<std::size_t>(body.size() + 16, 1u << 16)), u'\0');
  const char* source = body.data();
  const char* const end = body.data() + body.size();
  UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
  while (status == U_BUFFER_OVERFLOW_ERROR) {
    status = U_ZERO_ERROR;
    char16_t* target = wide.data();
    ucnv_toUnicode(converter.get(), &target, wide.data() + wide.size(), &source, end, nullptr, true, &status);
    const auto length = static_cast<std::size_t>(target - wide.data());
    for (std::size_t i = 0; i < length; ++i) {
      char32_t c = wide[i];
      if (c >= 0xD800 && c < 0xDC00) {
        // A pair cut by the end of the buffer: ICU never does that, a lone surrogate becomes U+FFFD below.
        if (i + 1 < length) c = 0x10000 + ((c - 0xD800) << 10) + (wide[++i] - 0xDC00u);
      }
      result.replaced += c == replacement_character;
      append_code_point(result.text, c);
    }
    if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) break;
  }
  return result;
}

}  // namespace

std::string charset_of_label(std::string_view label) {
  const std::string name = lower(trim(label));
  if (name.empty()) return {};
  const auto* const known =
      std::find_if(web_labels.begin(), web_labels.end(), [&](const auto& entry) { return entry.first == name; });
  if (known != web_labels.end()) return std::string(known->second);
  return open_converter(name) ? name : std::string();
}

Decoded decode(std::string_view body, std::string_view content_type, bool html) {
  if (body.starts_with("\xEF\xBB\xBF")) {
    body.remove_prefix(3);
    content_type = "charset=utf-8";
    html = false;
  } else if (body.starts_with("\xFF\xFE")) {
    return converted(body.substr(2), "utf-16le");
  } else if (body.starts_with("\xFE\xFF")) {
    return converted(body.substr(2), "utf-16be");
  } else if (const std::string wide = utf16_by_zeros(body); !wide.empty()) {
    return converted(body, wide);
  }
  std::string charset = charset_of_label(value_after(content_type, "charset"));
  if (charset.empty() && html) charset = declared_in_page(body);

  const Utf8Check check = check_utf8(body);
  const bool ascii = check.multibyte == 0 && check.broken == 0;
  // ISO-2022 and UTF-7 look like ASCII: only these are converted although every byte is below 128.
  const bool seven_bit = charset.starts_with("iso-2022") || charset.starts_with("utf-16");
  if (check.broken == 0 && !seven_bit) {
    Decoded result;
    result.text = body;
    result.charset = ascii && !charset.empty() ? charset : "utf-8";
    return result;
  }
  // Broken UTF-8 beats a guess as long as some of it is well formed, and another charset when nearly all of it is.
  const bool guess = charset.empty() || charset == "utf-8";
  const bool enough =
      charset == "utf-8" ? check.multibyte * 2 >= check.broken : check.multibyte > (guess ? 2 : 20) * check.broken;
  if (enough) {
    Decoded result;
    result.text = repaired_utf8(body);
    result.charset = "utf-8";
    result.replaced = check.broken;
    return result;
  }
  Decoded result = converted(body, guess ? guessed(body) : charset);
  result.guessed = guess;
  return result;
}

}  // namespace waydiff::extract
