#include "extract/markdown_inline.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/holds_any.hpp"
#include "extract/ascii.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

using core::Inline;
constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t longest_link = 20'000;
constexpr int deepest_bracket = 32;  // in a link's target

constexpr std::array<std::pair<std::string_view, char32_t>, 12> entities{{{"amp", '&'},
                                                                          {"lt", '<'},
                                                                          {"gt", '>'},
                                                                          {"quot", '"'},
                                                                          {"apos", '\''},
                                                                          {"nbsp", 0xA0},
                                                                          {"copy", 0xA9},
                                                                          {"reg", 0xAE},
                                                                          {"mdash", 0x2014},
                                                                          {"ndash", 0x2013},
                                                                          {"rsquo", 0x2019},
                                                                          {"hellip", 0x2026}}};

/// Where the next sign that may mark something stands, from `i` on.
std::size_t next_special(std::string_view text, std::size_t i) {
  static constexpr std::array<bool, 256> special = [] {
    std::array<bool, 256> signs{};
    for (const char c : std::string_view("\\`![*_<&")) signs[static_cast<unsigned char>(c)] = true;
    return signs;
  }();
  while (i < text.size() && !special[static_cast<unsigned char>(text[i])]) ++i;
  return i;
}

struct Link {
  std::string_view inner;
  std::string target;
  std::size_t end = 0;
};

struct Piece {
  Inline run;
  char mark = 0;          ///< '*' or '_' of a delimiter run, else text
  std::size_t count = 0;  ///< marks not yet used
  bool opens = false;
  bool closes = false;
};

class InlineReader {
 public:
  std::vector<Inline> run(std::string_view text) {
    text_ = text;
    match_brackets();
    scan(text, "");
    pair_marks();
    std::vector<Inline> runs;
    for (Piece& piece : pieces_) {
      if (piece.mark != 0) piece.run.text.assign(piece.count, piece.mark);
      if (!piece.run.text.empty()) runs.push_back(std::move(piece.run));
    }
    return runs;
  }

 private:
  void put(std::string_view text, const std::string& href, bool code = false) {
    if (text.empty()) return;
    if (pieces_.empty() || pieces_.back().mark != 0 || pieces_.back().run.href != href ||
        pieces_.back().run.code != code) {
      Piece piece;
      piece.run.href = href;
      piece.run.code = code;
      pieces_.push_back(std::move(piece));
    }
    pieces_.back().run.text += text;
  }

  void scan(std::string_view text, const std::string& href) {
    for (std::size_t i = 0; i < text.size();) {
      const std::size_t next = next_special(text, i);
      put(text.substr(i, next - i), href);
      i = next;
      if (i < text.size()) i = special(text, i, href);
    }
  }

  /// Reads what begins with a special character; where to go on.
  std::size_t special(std::string_view text, std::size_t i, const std::string& href) {
    switch (text[i]) {
      case '\\':
        if (i + 1 < text.size() && text[i + 1] == '\n') {
          put("\n", href);
          return i + 2;
        }
        if (i + 1 < text.size() && is_punct(text[i + 1])) {
          put(text.substr(i + 1, 1), href);
          return i + 2;
        }
        break;
      case '`':
        return code(text, i, href);
      case '!':
        if (i + 1 < text.size() && text[i + 1] == '[') {
          if (const Link link = link_at(text, i + 1); link.end > 0) return link.end;
        }
        break;
      case '[':
        if (Link link = link_at(text, i); link.end > 0) {
          if (href.empty()) {
            scan(link.inner, link.target);
          } else {
            put(link.inner, href);
          }
          return link.end;
        }
        break;
      case '<':
        if (const std::size_t end = tag(text, i, href); end > 0) return end;
        break;
      case '&':
        if (const std::size_t end = entity(text, i, href); end > 0) return end;
        break;
      default:
        return delimiters(text, i, href);
    }
    put(text.substr(i, 1), href);
    return i + 1;
  }

  std::size_t code(std::string_view text, std::size_t i, const std::string& href) {
    std::size_t begin = i;
    while (begin < text.size() && text[begin] == '`') ++begin;
    const std::size_t ticks = begin - i;
    for (std::size_t at = text.find('`', begin); at != npos;) {
      std::size_t end = at;
      while (end < text.size() && text[end] == '`') ++end;
      if (end - at == ticks) {
        std::string_view inside = text.substr(begin, at - begin);
        if (inside.size() > 2 && inside.front() == ' ' && inside.back() == ' ')
          inside = inside.substr(1, inside.size() - 2);
        put(inside, href, true);
        return end;
      }
      at = text.find('`', end);
    }
    put(text.substr(i, ticks), href);
    return begin;
  }

  /// Behind the code span that begins at `i`, or behind its backticks if they close nowhere.
  static std::size_t code_span_end(std::string_view text, std::size_t i) {
    const std::size_t begin = std::min(text.find_first_not_of('`', i), text.size());
    for (std::size_t at = text.find('`', begin); at != npos;) {
      const std::size_t end = std::min(text.find_first_not_of('`', at), text.size());
      if (end - at == begin - i) return end;
      at = text.find('`', end);
    }
    return begin;
  }

  /// Which bracket closes which, code and escapes left out: once for all, so that "[[[[" costs no more than text.
  void match_brackets() {
    if (text_.find('[') == npos) return;
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      switch (text_[i]) {
        case '\\':
          ++i;
          break;
        case '`':
          i = code_span_end(text_, i) - 1;
          break;
        case '[':
          open.push_back(i);
          break;
        case ']':
          if (open.empty()) break;
          closing_[open.back()] = i;
          open.pop_back();
          break;
        default:
          break;
      }
    }
  }

  /// `text` is a part of the whole text.
  Link link_at(std::string_view text, std::size_t open) const {
    const auto from = static_cast<std::size_t>(text.data() - text_.data());
    const auto found = closing_.find(from + open);
    if (found == closing_.end()) return {};
    const std::size_t close = found->second - from;
    const std::size_t limit = std::min(text.size(), close + longest_link);
    if (close + 1 >= limit || text[close + 1] != '(') return {};
    Link link;
    link.inner = text.substr(open + 1, close - open - 1);
    std::size_t at = close + 2;
    while (at < limit && is_space(text[at])) ++at;
    if (at < limit && text[at] == '<') {
      while (++at < limit && text[at] != '>' && text[at] != '<') link.target.push_back(text[at]);
      if (at >= limit || text[at] == '<') return {};
      ++at;
    } else {
      for (int nested = 0; at < limit; ++at) {
        if (text[at] == '\\' && at + 1 < limit && is_punct(text[at + 1]))
          ++at;
        else if (text[at] == '(') {
          if (++nested > deepest_bracket) return {};
        } else if (text[at] == ')' && nested-- == 0)
          break;
        else if (is_space(text[at]))
          break;
        link.target.push_back(text[at]);
      }
    }
    while (at < limit && is_space(text[at])) ++at;
    if (at < limit && text[at] != ')') {
      at = title_end(text, at, limit);
      while (at < limit && is_space(text[at])) ++at;
    }
    if (at >= limit || text[at] != ')') return {};
    link.end = at + 1;
    return link;
  }

  /// Behind a link's title. Editors turn its quotes into typographic ones, which must not turn the link into text.
  static std::size_t title_end(std::string_view text, std::size_t at, std::size_t limit) {
    static constexpr std::array quotes = {std::string_view("\""), std::string_view("'"), std::string_view("“"),
                                          std::string_view("”"),  std::string_view("„"), std::string_view("‘"),
                                          std::string_view("’")};
    const auto quote_at = [&](std::size_t i) {
      const auto found =
          std::find_if(quotes.begin(), quotes.end(), [&](auto q) { return text.substr(i).starts_with(q); });
      return found == quotes.end() ? std::size_t{0} : found->size();
    };
    const std::size_t opening = quote_at(at);
    if (opening == 0) return at;
    for (std::size_t i = at + opening; i < limit; ++i) {
      const std::size_t closing = opening == 1 ? std::size_t{text[i] == text[at]} : quote_at(i);
      // An apostrophe inside a title in typographic quotes looks like its end: the real one stands before the bracket.
      if (closing == 1 || (closing > 1 && text.substr(i + closing).starts_with(')'))) return i + closing;
    }
    return limit;
  }

  static bool begins_with_scheme(std::string_view text) {
    const std::size_t colon = text.find(':');
    return colon != npos && is_alpha(text[0]) &&
           std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                       [](char c) { return is_alnum(c) || c == '+' || c == '.' || c == '-'; });
  }

  std::size_t tag(std::string_view text, std::size_t i, const std::string& href) {
    const std::size_t close = text.substr(0, std::min(text.size(), i + 2000)).find('>', i);
    if (close == npos) return 0;
    const std::string_view inside = text.substr(i + 1, close - i - 1);
    if (inside.empty()) return 0;
    const bool spaced = inside.find_first_of(" \n\t") != npos;
    if (!spaced && begins_with_scheme(inside) &&
        (inside.find("://") != npos || starts_ignoring_case(inside, "mailto:"))) {
      const std::string_view shown = starts_ignoring_case(inside, "mailto:") ? inside.substr(7) : inside;
      put(shown, href.empty() ? std::string(inside) : href);
      return close + 1;
    }
    if (!spaced && inside.find('@') != npos && inside.find_first_of("[](){}<>\\\"") == npos) {
      put(inside, href.empty() ? "mailto:" + std::string(inside) : href);
      return close + 1;
    }
    if (!is_alpha(inside[0]) && inside[0] != '/' && inside[0] != '!') return 0;
    if (starts_ignoring_case(inside, "br")) put("\n", href);
    return close + 1;
  }

  std::size_t entity(std::string_view text, std::size_t i, const std::string& href) {
    const std::size_t end = text.substr(0, std::min(text.size(), i + 12)).find(';', i);
    if (end == npos) return 0;
    const std::string_view name = text.substr(i + 1, end - i - 1);
    char32_t c = 0;
    if (name.starts_with('#')) {
      const bool hex = name.size() > 1 && (name[1] | 32) == 'x';
      for (const char digit : name.substr(hex ? 2 : 1)) {
        const int value = is_digit(digit) ? digit - '0' : hex && is_alpha(digit) ? (digit | 32) - 'a' + 10 : 99;
        if (value > 15) return 0;
        c = c * (hex ? 16 : 10) + static_cast<char32_t>(value);
      }
    } else {
      for (const auto& [known, character] : entities) {
        if (known == name) c = character;
      }
    }
    if (c == 0) return 0;
    std::string utf8;
    append_code_point(utf8, c);
    put(utf8, href);
    return end + 1;
  }

  std::size_t delimiters(std::string_view text, std::size_t i, const std::string& href) {
    std::size_t end = i;
    while (end < text.size() && text[end] == text[i]) ++end;
    std::size_t back = i;
    while (back > 0 && (static_cast<unsigned char>(text[back - 1]) & 0xC0) == 0x80) --back;
    if (back > 0) --back;
    std::size_t at = back;
    const char32_t before = i == 0 ? U' ' : next_code_point(text, at);
    at = end;
    const char32_t after = end == text.size() ? U' ' : next_code_point(text, at);
    const auto space = [](char32_t c) { return is_unicode_space(c); };
    const auto word = [](char32_t c) { return is_word_character(c); };
    const bool left = !space(after) && (word(after) || space(before) || !word(before));
    const bool right = !space(before) && (word(before) || space(after) || !word(after));
    Piece piece;
    piece.run.href = href;
    piece.mark = text[i];
    piece.count = end - i;
    piece.opens = left && (text[i] == '*' || !right || !word(before));
    piece.closes = right && (text[i] == '*' || !left || !word(after));
    pieces_.push_back(std::move(piece));
    return end;
  }

  // Each closing run takes the nearest opening one of its kind; openers passed over are text.
  void pair_marks() {
    std::vector<std::size_t> openers;
    std::vector<int> strong_levels(pieces_.size() + 1, 0);  // by how much each piece is deeper than the one before
    std::vector<int> emphasis_levels(pieces_.size() + 1, 0);
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].mark == 0) continue;
      if (pieces_[i].closes) {
        std::size_t looked = 0;
        for (std::size_t k = openers.size(); k-- > 0 && pieces_[i].count > 0 && looked < 16; ++looked) {
          Piece& opener = pieces_[openers[k]];
          if (opener.mark != pieces_[i].mark) continue;
          while (opener.count > 0 && pieces_[i].count > 0) {
            const bool strong = opener.count > 1 && pieces_[i].count > 1;
            const std::size_t used = strong ? 2 : 1;
            opener.count -= used;
            pieces_[i].count -= used;
            std::vector<int>& levels = strong ? strong_levels : emphasis_levels;
            ++levels[openers[k] + 1];
            --levels[i];
          }
          openers.resize(opener.count > 0 ? k + 1 : k);
        }
      }
      if (pieces_[i].opens && pieces_[i].count > 0) openers.push_back(i);
    }
    int strong = 0;
    int emphasis = 0;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      strong += strong_levels[i];
      emphasis += emphasis_levels[i];
      pieces_[i].run.strong = strong > 0;
      pieces_[i].run.emphasis = emphasis > 0;
    }
  }

  std::string_view text_;
  std::unordered_map<std::size_t, std::size_t> closing_;  ///< of a "[", where its "]" is
  std::vector<Piece> pieces_;
};

}  // namespace

std::vector<Inline> read_inline_markdown(std::string_view text) {
  if (text.empty()) return {};
  if (core::holds_any<'\\', '`', '!', '[', '*', '_', '<', '&'>(text)) return InlineReader().run(text);
  std::vector<Inline> runs(1);
  runs.front().text = text;
  return runs;
}

}  // namespace waydiff::extract
