#include "extract/markup_signs.hpp"

#include <algorithm>

#include "extract/ascii.hpp"

namespace waydiff::extract {
namespace {

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view one) { return equals_ignoring_case(name, one); });
}

bool has_password_field(std::string_view tag) {
  return find_ignoring_case(tag, "password") != std::string_view::npos &&
         find_ignoring_case(tag, "type") != std::string_view::npos;
}

std::string_view name_at(std::string_view html, std::size_t at) {
  std::size_t end = at;
  while (end < html.size() && is_alnum(html[end])) ++end;
  return html.substr(at, end - at);
}

}  // namespace

MarkupSigns read_markup_signs(std::string_view html) {
  MarkupSigns signs;
  std::size_t after = 0;  // behind the last tag
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    if (html.substr(at).starts_with("<!--")) {
      const std::size_t end = html.find("-->", at + 2);
      if (end == std::string_view::npos) {
        signs.unfinished = true;
        return signs;
      }
      at = after = end + 3;
      continue;
    }
    const bool closing = at + 1 < html.size() && html[at + 1] == '/';
    const std::string_view name = name_at(html, at + (closing ? 2 : 1));
    if (name.empty() || !is_alpha(name.front())) {
      ++at;  // "<" of a sum, a declaration
      continue;
    }
    if (closing && is_one_of(name, {"body", "html"})) signs.closed = true;
    const std::size_t end = html.find('>', at);
    if (end == std::string_view::npos) {
      signs.unfinished = true;
      return signs;
    }
    if (is_one_of(name, {"div", "table", "ul", "section", "article", "main"})) signs.open_boxes += closing ? -1 : 1;
    if (!closing && is_one_of(name, {"input"}) && has_password_field(html.substr(at, end - at))) signs.password = true;
    at = after = end + 1;
    if (closing || !is_one_of(name, {"script", "style"})) continue;
    signs.scripts = signs.scripts || is_one_of(name, {"script"});
    const std::size_t close = find_ignoring_case(html, is_one_of(name, {"script"}) ? "</script" : "</style", at);
    if (close == std::string_view::npos) {
      signs.unfinished = true;
      return signs;
    }
    at = close;
  }
  signs.ends_in_text = !trim(html.substr(after)).empty();
  return signs;
}

}  // namespace waydiff::extract
