#include "extract/tag_scan.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>
#include <utility>
#include <vector>

#include "extract/ascii.hpp"

namespace waydiff::extract {
namespace {

template <std::size_t N>
bool one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 20> void_tags{
    "area",  "base", "basefont", "bgsound", "br",     "col",   "embed", "frame",  "hr",    "img",
    "input", "link", "meta",     "param",   "source", "track", "wbr",   "keygen", "image", "isindex"};

// Elements dropped with all they hold.
constexpr std::array<std::string_view, 18> textless{"script", "style",   "svg",  "template", "select",   "textarea",
                                                    "iframe", "noembed", "math", "canvas",   "object",   "applet",
                                                    "audio",  "video",   "map",  "datalist", "progress", "meter"};

// Tags that are dropped themselves: they would switch the parser into a mode in which text is lost.
constexpr std::array<std::string_view, 9> dropped_tags{"frameset", "frame", "plaintext", "xmp",    "listing",
                                                       "noframes", "param", "embed",     "isindex"};

constexpr std::array<std::string_view, 14> formatting{"a",    "b", "big",   "code",   "em",     "font", "i",
                                                      "nobr", "s", "small", "strike", "strong", "tt",   "u"};

// What later stages look at.
constexpr std::array<std::string_view, 27> kept_attributes{
    "href",          "class",         "id",         "role",         "hidden",         "style",   "lang",
    "dir",           "start",         "value",      "type",         "colspan",        "rowspan", "aria-hidden",
    "aria-expanded", "aria-controls", "aria-label", "data-cfemail", "name",           "content", "property",
    "http-equiv",    "aria-modal",    "border",     "data-target",  "data-bs-target", "reversed"};

// What tells where a link leads and what it is called.
constexpr std::array<std::string_view, 4> link_attributes{"alt", "title", "rel", "src"};

// Formatting elements that are never closed are opened again in every paragraph: so many at once are no formatting.
constexpr std::size_t most_formatting = 16;

// No page written for readers has as many; each costs the parser and what follows half a kilobyte.
constexpr std::size_t most_elements = 500'000;

/// An attribute's value as markup: the references that markup needs are replaced, the parser reads the others.
std::string without_references(std::string_view value) {
  static constexpr std::array<std::pair<std::string_view, char>, 12> references{{{"&lt;", '<'},
                                                                                 {"&gt;", '>'},
                                                                                 {"&quot;", '"'},
                                                                                 {"&amp;", '&'},
                                                                                 {"&apos;", '\''},
                                                                                 {"&#39;", '\''},
                                                                                 {"&#039;", '\''},
                                                                                 {"&#34;", '"'},
                                                                                 {"&#60;", '<'},
                                                                                 {"&#62;", '>'},
                                                                                 {"&#38;", '&'},
                                                                                 {"&#x27;", '\''}}};
  std::string text;
  text.reserve(value.size());
  while (!value.empty()) {
    const std::size_t plain = std::min(value.find('&'), value.size());
    text.append(value.substr(0, plain));
    value.remove_prefix(plain);
    if (value.empty()) break;
    const auto known = std::find_if(references.begin(), references.end(),
                                    [&](const auto& reference) { return value.starts_with(reference.first); });
    text.push_back(known == references.end() ? '&' : known->second);
    value.remove_prefix(known == references.end() ? 1 : known->first.size());
  }
  return text;
}

/// Open elements as far as nesting goes; end tags close what they would close in a browser, roughly.
class Nesting {
 public:
  explicit Nesting(std::size_t limit) : limit_(limit) {}

  /// False if the start tag is to be left out.
  bool open(std::string_view name) {
    close_implied(name);
    const bool format = one_of(name, formatting);
    if (stack_.size() >= limit_ || (format && formats_ >= most_formatting)) {
      ++left_out_[std::string(name)];
      return false;
    }
    stack_.push_back({std::string(name), formats_});
    ++count_[stack_.back().name];
    formats_ += format;
    return true;
  }

  /// A start tag that is left out for another reason; so is its end tag.
  void leave_out(std::string_view name) { ++left_out_[std::string(name)]; }

  /// False if the end tag is to be left out.
  bool close(std::string_view name) {
    const std::string key(name);
    if (const auto out = left_out_.find(key); out != left_out_.end() && out->second > 0) {
      --out->second;
      return false;
    }
    const bool format = one_of(name, formatting);
    if (format && formats_ > 0) --formats_;
    const auto open = count_.find(key);
    // A stray </p> makes an element; a formatting element outlives the paragraph it began in; any other does nothing.
    if (open == count_.end() || open->second == 0) return name == "p" || format;
    while (!stack_.empty()) {
      const bool found = stack_.back().name == name;
      pop();
      if (found) break;
    }
    return true;
  }

 private:
  struct Open {
    std::string name;
    std::size_t formats_before = 0;
  };

  void pop() {
    const Open& top = stack_.back();
    --count_[top.name];
    // Cells end what was left open in them.
    if (top.name == "td" || top.name == "th") formats_ = top.formats_before;
    stack_.pop_back();
  }

  // A new item, cell or paragraph ends the one before it: without this a long list of unclosed items looks deep.
  void close_implied(std::string_view name) {
    static constexpr std::array<std::string_view, 9> again{"p", "li", "dd", "dt", "td", "th", "tr", "option", "tbody"};
    static constexpr std::array<std::string_view, 6> walls{"ul", "ol", "dl", "table", "menu", "dir"};
    if (!one_of(name, again)) return;
    for (std::size_t i = stack_.size(); i-- > 0;) {
      const std::string& open = stack_[i].name;
      const bool same = open == name || (name == "dd" && open == "dt") || (name == "dt" && open == "dd") ||
                        (name == "td" && open == "th") || (name == "th" && open == "td") ||
                        (name == "tr" && (open == "td" || open == "th"));
      if (same) {
        const bool done = name != "tr" || open == "tr";
        while (stack_.size() > i) pop();
        if (done) return;
      } else if (one_of(open, walls) || (name == "p" && open != "font" && open != "b")) {
        return;
      }
    }
  }

  std::size_t limit_;
  std::size_t formats_ = 0;
  std::vector<Open> stack_;
  std::unordered_map<std::string, std::size_t> count_;
  std::unordered_map<std::string, std::size_t> left_out_;
};

class Scanner {
 public:
  Scanner(std::string_view html, std::size_t depth, ScanFor purpose)
      : html_(html), links_(purpose == ScanFor::links), depth_(depth), nesting_(depth) {
    result_.html.reserve(html.size());
  }

  ScannedHtml run() {
    while (at_ < html_.size()) {
      const std::size_t open = std::min(html_.find('<', at_), html_.size());
      copy_text(html_.substr(at_, open - at_));
      at_ = open;
      if (at_ < html_.size()) markup();
    }
    return std::move(result_);
  }

 private:
  void copy_text(std::string_view text) {
    if (std::memchr(text.data(), '\0', text.size()) == nullptr) {
      result_.html.append(text);
      return;
    }
    std::copy_if(text.begin(), text.end(), std::back_inserter(result_.html), [](char c) { return c != '\0'; });
  }

  void markup() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) {
      comment();
    } else if (rest.starts_with("<![CDATA[")) {
      // Bogus in HTML, text in XHTML: the text is worth more than the rule.
      at_ += 9;
    } else if (rest.size() > 1 && (rest[1] == '!' || rest[1] == '?')) {
      const std::size_t close = html_.find('>', at_);
      const std::size_t end = close == std::string_view::npos ? html_.size() : close + 1;
      if (starts_ignoring_case(rest, "<!doctype")) result_.html.append(html_.substr(at_, end - at_));
      at_ = end;
    } else if (rest.size() > 1 && (is_alpha(rest[1]) || (rest[1] == '/' && rest.size() > 2 && is_alpha(rest[2])))) {
      tag();
    } else {
      result_.html += rest.size() > 1 && rest[1] == '/' ? "" : "&lt;";
      at_ += rest.size() > 1 && rest[1] == '/' ? 2 : 1;
    }
  }

  void comment() {
    static constexpr std::string_view toolbar = "BEGIN WAYBACK TOOLBAR INSERT";
    const std::string_view body = html_.substr(at_ + 4);
    if (trim(body.substr(0, 64)).starts_with(toolbar)) {
      const std::size_t end = html_.find("END WAYBACK TOOLBAR INSERT", at_);
      if (end != std::string_view::npos) at_ = end;
    } else if (body.starts_with(">") || body.starts_with("->")) {
      at_ += body.starts_with(">") ? 5 : 6;
      return;
    }
    const std::size_t from = at_ + (html_.substr(at_).starts_with("<!--") ? 4 : 0);
    const std::size_t close = html_.find("-->", from);
    at_ = close == std::string_view::npos ? html_.size() : close + 3;
  }

  /// Where the end tag of `name` begins at or behind `from`; the end of the text if there is none.
  std::size_t end_tag(const std::string& name, std::size_t from) {
    if (const auto known = no_end_behind_.find(name); known != no_end_behind_.end() && from >= known->second) {
      return html_.size();
    }
    for (std::size_t at = html_.find("</", from); at != std::string_view::npos; at = html_.find("</", at + 2)) {
      const std::string_view rest = html_.substr(at + 2);
      if (!starts_ignoring_case(rest, name)) continue;
      if (rest.size() == name.size() || !is_alnum(rest[name.size()])) return at;
    }
    no_end_behind_[name] = from;
    return html_.size();
  }

  void tag() {
    const bool closing = html_[at_ + 1] == '/';
    std::size_t at = at_ + (closing ? 2 : 1);
    const std::size_t name_begin = at;
    while (at < html_.size() && !is_space(html_[at]) && html_[at] != '/' && html_[at] != '>') ++at;
    std::string name = lower(html_.substr(name_begin, at - name_begin));
    attributes_.clear();
    srcdoc_ = {};
    bool self_closing = false;
    at_ = at;
    if (!read_attributes(self_closing)) {
      // The body ends within a tag: what stands before it is all there is.
      at_ = html_.size();
      return;
    }
    if (name == "noframes") name = "div";
    if (links_ && !closing && (name == "frame" || name == "iframe")) {
      result_.html.append("<embed").append(attributes_).push_back('>');
      if (name == "iframe") skip_body(name, self_closing);
      return;
    }
    if (name == "iframe" && !closing && !srcdoc_.empty() && !inner_) {
      inner_page();
      skip_body(name, self_closing);
      return;
    }
    if (one_of(name, dropped_tags)) return;
    if (closing) {
      if (one_of(name, void_tags) && name != "br") return;
      if (name == "br") result_.html += "<br>";
      if (name != "br" && nesting_.close(name)) result_.html.append("</").append(name).push_back('>');
      return;
    }
    if (name == "title") {
      title();
      return;
    }
    if (name == "textarea" || (one_of(name, textless) && !(links_ && name == "map"))) {
      skip_body(name, self_closing);
      return;
    }
    if (elements_ >= most_elements) {
      if (!one_of(name, void_tags)) nesting_.leave_out(name);
      ++result_.flattened;
      result_.html.push_back(' ');
      return;
    }
    ++elements_;
    if (!one_of(name, void_tags) && name != "html" && name != "body" && name != "head" && !nesting_.open(name)) {
      ++result_.flattened;
      return;
    }
    result_.html.push_back('<');
    result_.html.append(name).append(attributes_);
    result_.html.push_back('>');
  }

  // Tags in a title are text. One that is never closed would take the page with it: only its tag goes.
  void title() {
    const std::size_t end = end_tag("title", at_);
    if (end == html_.size()) return;
    result_.html += "<title>";
    copy_text(html_.substr(at_, end - at_));
    result_.html += "</title>";
    const std::size_t close = html_.find('>', end);
    at_ = close == std::string_view::npos ? html_.size() : close + 1;
  }

  // A frame that brings its page along as an attribute: the page stands where the frame would.
  void inner_page() {
    const std::string markup = without_references(srcdoc_);
    Scanner inner(markup, depth_ / 2, ScanFor::text);
    inner.inner_ = true;
    inner.elements_ = elements_;
    ScannedHtml page = inner.run();
    elements_ = inner.elements_;
    result_.html.append("<div>").append(page.html).append("</div>");
    result_.flattened += page.flattened;
  }

  void skip_body(const std::string& name, bool self_closing) {
    const bool foreign = name == "svg" || name == "math";
    if (self_closing && foreign) return;
    const std::size_t end = end_tag(name, at_);
    const bool raw = name == "script" || name == "style" || name == "textarea" || name == "iframe";
    // Unclosed: browsers take a raw text element to the end of the page; of the others only the tag is lost.
    if (end == html_.size()) {
      if (raw) at_ = end;
      return;
    }
    const std::size_t close = html_.find('>', end);
    at_ = close == std::string_view::npos ? html_.size() : close + 1;
  }

  /// Reads to behind the '>' and keeps what is looked at later. False if the text ends first.
  bool read_attributes(bool& self_closing) {
    while (at_ < html_.size()) {
      const char c = html_[at_];
      if (c == '>') {
        ++at_;
        return true;
      }
      if (is_space(c)) {
        ++at_;
        continue;
      }
      if (c == '/') {
        self_closing = at_ + 1 < html_.size() && html_[at_ + 1] == '>';
        ++at_;
        continue;
      }
      read_attribute();
    }
    return false;
  }

  void read_attribute() {
    const std::size_t begin = at_++;  // a first '=' belongs to the name
    while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '=' && html_[at_] != '>' && html_[at_] != '/') {
      ++at_;
    }
    const std::string_view name = html_.substr(begin, at_ - begin);
    std::size_t next = at_;
    while (next < html_.size() && is_space(html_[next])) ++next;
    std::string_view value;
    char quote = '"';
    if (next < html_.size() && html_[next] == '=') {
      at_ = next + 1;
      while (at_ < html_.size() && is_space(html_[at_])) ++at_;
      if (at_ < html_.size() && (html_[at_] == '"' || html_[at_] == '\'')) {
        quote = html_[at_];
        const std::size_t close = std::min(html_.find(quote, at_ + 1), html_.size());
        value = html_.substr(at_ + 1, close - at_ - 1);
        at_ = std::min(close + 1, html_.size());
      } else {
        const std::size_t from = at_;
        while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '>') ++at_;
        value = html_.substr(from, at_ - from);
      }
    }
    keep(name, value, quote);
  }

  void keep(std::string_view name, std::string_view value, char quote) {
    if (name == "srcdoc") srcdoc_ = value;
    static constexpr std::size_t longest_value = 8192;
    if (name.size() > 16 || attributes_.size() > 4 * longest_value || value.size() > longest_value) return;
    const std::string key = lower(name);
    // Of a style only what hides matters.
    if (key == "style" && find_ignoring_case(value, "none") == std::string_view::npos &&
        find_ignoring_case(value, "hidden") == std::string_view::npos) {
      return;
    }
    if (!one_of(key, kept_attributes) && !(links_ && one_of(key, link_attributes))) return;
    attributes_.append(" ").append(key).append("=");
    const bool has_quote = value.find(quote) != std::string_view::npos;  // an unquoted value may hold one
    attributes_.push_back(has_quote ? '\'' : quote);
    attributes_.append(value);
    attributes_.push_back(has_quote ? '\'' : quote);
  }

  std::string_view html_;
  bool links_;
  std::size_t depth_;
  std::size_t at_ = 0;
  std::size_t elements_ = 0;
  ScannedHtml result_;
  Nesting nesting_;
  std::string attributes_;
  std::string_view srcdoc_;  ///< of the tag just read
  bool inner_ = false;       ///< reads such a page
  std::unordered_map<std::string, std::size_t> no_end_behind_;
};

}  // namespace

ScannedHtml scan_tags(std::string_view html, std::size_t depth, ScanFor purpose) {
  return Scanner(html, depth, purpose).run();
}

}  // namespace waydiff::extract
