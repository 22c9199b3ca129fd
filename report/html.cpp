#include "report/html.hpp"

#include <utility>

#include "core/digest.hpp"
#include "report/plain_text.hpp"
#include "report/templates_change.hpp"
#include "report/templates_page.hpp"
#include "report/templates_redline.hpp"
#include "report/templates_style.hpp"

namespace waydiff::report {
namespace {

int hex_value(char c) {
  return c <= '9' ? c - '0' : c - 'a' + 10;
}

/// The source expression of a Content-Security-Policy that allows exactly this text.
std::string source_hash(std::string_view text) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string hex = core::sha256_hex(text);
  std::string out = "sha256-";
  // 32 bytes: ten groups of three and a rest of two.
  for (std::size_t i = 0; i < 64; i += 6) {
    unsigned group = 0;
    for (std::size_t j = i; j < i + 6; ++j)
      group = group * 16 + (j < 64 ? static_cast<unsigned>(hex_value(hex[j])) : 0U);
    const bool rest = i + 6 > 64;
    out += digits[group >> 18U & 63U];
    out += digits[group >> 12U & 63U];
    out += digits[group >> 6U & 63U];
    out += rest ? '=' : digits[group & 63U];
  }
  return out;
}

constexpr std::string_view page_head = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{{style_hash}}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{{page_title}}</title>
)";

constexpr std::pair<std::string_view, std::string_view> partials[] = {
    {"spans", spans_template},       {"change", change_template},         {"snapshot", snapshot_template},
    {"timeline", timeline_template}, {"transition", transition_template}, {"paragraph", paragraph_template},
    {"marks", marks_template},
};

/// Puts each {{>name}} in place before the library sees the template: it would parse a partial anew every time it
/// comes to one, and pages have thousands of changes.
std::string with_partials(std::string text) {
  std::size_t at = 0;
  while ((at = text.find("{{>", at)) != std::string::npos) {
    const std::size_t end = text.find("}}", at);
    const std::string name = text.substr(at + 3, end - at - 3);
    std::string_view found;
    for (const auto& [known, partial] : partials) {
      if (known == name) found = partial;
    }
    text.replace(at, end + 2 - at, found);
  }
  return text;
}

}  // namespace

std::string render(std::string_view body_template, const Data& data) {
  kainjow::mustache::mustache page{with_partials(std::string(body_template))};
  return page.render(data);
}

std::string html_page(std::string_view title, std::string_view body_template, const Data& data,
                      std::string_view more_style) {
  const std::string style = std::string(style_sheet) + std::string(more_style);
  Data head;
  head.set("style_hash", source_hash(style));
  head.set("page_title", visible(title));
  std::string out = render(page_head, head);
  out += "<style>";
  out += style;
  out += "</style>\n</head>\n<body>\n";
  out += render(body_template, data);
  out += "</body>\n</html>\n";
  return out;
}

Data list_data() {
  return Data(Data::type::list);
}

Data text_or_false(std::string_view text) {
  return text.empty() ? Data(false) : Data(std::string(text));
}

Data number_data(std::size_t number) {
  return Data(std::to_string(number));
}

Data spans_data(const std::vector<core::WordOp>& spans) {
  Data list = list_data();
  for (const core::WordOp& span : spans) {
    Data item;
    item.set("same", span.op == '=' ? Data(span.text) : Data(false));
    item.set("old", span.op == '-' ? Data(span.text) : Data(false));
    item.set("new", span.op == '+' ? Data(span.text) : Data(false));
    list.push_back(item);
  }
  return list;
}

Data change_data(const ChangeView& change) {
  Data data;
  data.set("change_kind", change.kind);
  data.set("reason", text_or_false(change.reason));
  data.set("place", change.place);
  data.set("numbers", change.numbers);
  data.set("move", text_or_false(change.move));
  data.set("same_words", Data(change.same_words));
  Data flags = list_data();
  for (const std::string& flag : change.flags) flags.push_back(Data(flag));
  data.set("flags", flags);
  data.set("spans", spans_data(change.spans));
  return data;
}

Data snapshot_data(const SnapshotView& snapshot) {
  Data data;
  data.set("date", snapshot.time.date());
  data.set("iso", snapshot.time.iso());
  data.set("address", snapshot.address);
  data.set("archive", snapshot.archive);
  data.set("href", text_or_false(web_link(snapshot.address)));
  return data;
}

}  // namespace waydiff::report
