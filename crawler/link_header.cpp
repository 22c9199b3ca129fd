#include "crawler/link_header.hpp"

#include <algorithm>

namespace waydiff::crawler {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// Some archives print these as if for HTML.
std::string without_entities(std::string_view text) {
  std::string out(text);
  for (std::size_t at = 0; (at = out.find("&amp;", at)) != std::string::npos; ++at) out.erase(at + 1, 4);
  return out;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Links read() {
    Links links;
    for (;;) {
      const bool comma = skip(" \t\r\n,");
      if (text_.empty()) {
        // Between two entries, unless it is the empty text or a list that a server ends with a comma.
        const bool closed = !links.entries.empty() && links.entries.back().is("last");
        if (comma && !closed && !links.entries.empty()) links.whole = false;
        return links;
      }
      if (text_.front() != '<' || !read_entry(links)) {
        links.whole = false;
        return links;
      }
    }
  }

 private:
  std::string_view text_;

  /// Passes over characters of a set; true if a comma was among them.
  bool skip(std::string_view set) {
    const std::size_t end = std::min(text_.find_first_not_of(set), text_.size());
    const bool comma = text_.substr(0, end).find(',') != std::string_view::npos;
    text_.remove_prefix(end);
    return comma;
  }

  /// False when the text ends inside it.
  bool read_entry(Links& links) {
    const std::size_t close = text_.find('>');
    if (close == std::string_view::npos) return false;
    Link link;
    link.target = without_entities(text_.substr(1, close - 1));
    text_.remove_prefix(close + 1);
    for (;;) {
      skip(blanks);
      if (text_.empty() || text_.front() != ';') break;
      text_.remove_prefix(1);
      if (!read_parameter(link)) return false;
    }
    // An entry that says nothing of what it is has lost its end.
    if (link.parameters.empty() && text_.empty()) return false;
    links.entries.push_back(std::move(link));
    return text_.empty() || text_.front() == ',' || text_.front() == '<';
  }

  bool read_parameter(Link& link) {
    skip(blanks);
    const std::size_t end = text_.find_first_of("=;,<");
    if (end == std::string_view::npos) return false;
    std::string_view name = text_.substr(0, end);
    while (!name.empty() && blanks.find(name.back()) != std::string_view::npos) name.remove_suffix(1);
    text_.remove_prefix(end);
    std::string value;
    if (text_.front() == '=') {
      text_.remove_prefix(1);
      skip(blanks);
      if (text_.empty()) return false;
      if (text_.front() == '"') {
        text_.remove_prefix(1);
        if (!read_quoted(value)) return false;
      } else {
        const std::size_t token = std::min(text_.find_first_of(";, \t\r\n<"), text_.size());
        value = text_.substr(0, token);
        text_.remove_prefix(token);
      }
    }
    link.parameters.emplace_back(lowered(name), std::move(value));
    return true;
  }

  bool read_quoted(std::string& value) {
    while (!text_.empty()) {
      const char c = text_.front();
      text_.remove_prefix(1);
      if (c == '"') return true;
      if (c == '\\' && !text_.empty()) {
        value += text_.front();
        text_.remove_prefix(1);
      } else {
        value += c;
      }
    }
    return false;
  }
};

}  // namespace

std::string_view Link::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters) {
    if (key == name) return value;
  }
  return {};
}

bool Link::is(std::string_view word) const {
  const std::string relations = lowered(parameter("rel"));
  std::string_view rest = relations;
  while (!rest.empty()) {
    const std::size_t start = std::min(rest.find_first_not_of(blanks), rest.size());
    rest.remove_prefix(start);
    const std::size_t end = std::min(rest.find_first_of(blanks), rest.size());
    if (end > 0 && rest.substr(0, end) == word) return true;
    rest.remove_prefix(end);
  }
  return false;
}

Links parse_links(std::string_view text) {
  return Reader(text).read();
}

}  // namespace waydiff::crawler
