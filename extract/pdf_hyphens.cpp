#include "extract/pdf_hyphens.hpp"

#include <unicode/uchar.h>

#include <algorithm>

#include "extract/ascii.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

constexpr std::string_view soft_hyphen = "\xC2\xAD";
constexpr std::string_view true_hyphen = "\xE2\x80\x90";

/// The word without the marks around it, in lower case, its hyphens all "-".
std::string bare(std::string_view word) {
  std::string plain;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t before = at;
    const char32_t c = next_code_point(word, at);
    if (c == 0x2010 || c == 0x2011) {
      plain.push_back('-');
    } else if (c == '-' || is_word_character(c)) {
      plain += lower(word.substr(before, at - before));
    }
  }
  while (plain.ends_with('-')) plain.pop_back();
  plain.erase(0, std::min(plain.find_first_not_of('-'), plain.size()));
  return plain;
}

std::size_t hyphen_at_end(std::string_view word) {
  if (word.ends_with(soft_hyphen)) return soft_hyphen.size();
  if (word.ends_with(true_hyphen)) return true_hyphen.size();
  return word.ends_with('-') ? 1 : 0;
}

char32_t first_of(std::string_view text) {
  std::size_t at = 0;
  return text.empty() ? 0 : next_code_point(text, at);
}

char32_t last_of(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && (static_cast<unsigned char>(text[at - 1]) & 0xC0) == 0x80) --at;
  return at == 0 ? 0 : first_of(text.substr(at - 1));
}

bool is_ideographic(char32_t c) {
  return (c >= 0x3000 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_cut_address(std::string_view before, std::string_view after) {
  const std::size_t scheme = before.find("://");
  if (scheme == std::string_view::npos && !before.starts_with("www.")) return false;
  const char last = before.back();
  const bool open = last == '/' || last == '-' || last == '_' || last == '=' || last == '&' || last == '?' ||
                    last == '%' || last == '#';
  return open && !after.empty() && (is_alnum(after.front()) || after.front() == '?' || after.front() == '#');
}

}  // namespace

Hyphens::Hyphens(const std::vector<PdfLine>& lines) {
  for (const PdfLine& line : lines) {
    for (std::size_t i = 0; i < line.words.size(); ++i) {
      const std::string& text = line.words[i].text;
      if (i + 1 == line.words.size() && hyphen_at_end(text) > 0) continue;
      if (i == 0 && &line != &lines.front()) {
        // The rest of a cut word is no word.
        const PdfLine& above = *(&line - 1);
        if (!above.words.empty() && hyphen_at_end(above.words.back().text) > 0) continue;
      }
      words_.insert(bare(text));
    }
  }
  std::size_t soft = 0;
  std::size_t hard = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].words.empty() || lines[i + 1].words.empty()) continue;
    const std::string& text = lines[i].words.back().text;
    if (hyphen_at_end(text) == 0) continue;
    const std::string head = bare(text);
    const std::string tail = bare(lines[i + 1].words.front().text);
    soft += knows(head + tail) || text.ends_with(soft_hyphen);
    hard += knows(head + "-" + tail);
  }
  hyphenated_ = soft > 0 && soft * 3 >= hard;
}

Joint Hyphens::joint(std::string_view before, std::string_view after) const {
  if (before.empty() || after.empty()) return Joint::space;
  if (before.ends_with(soft_hyphen)) return Joint::hyphen;
  if (is_ideographic(last_of(before)) && is_ideographic(first_of(after))) return Joint::glued;
  if (is_cut_address(before, after)) return Joint::glued;
  const std::size_t length = hyphen_at_end(before);
  if (length == 0) return Joint::space;
  const std::string head = bare(before);
  const std::string tail = bare(after);
  if (head.empty() || tail.empty()) return Joint::space;  // a dash between words
  // "pre- and post-contractual": the hyphen stands for a word left out.
  for (const std::string_view word :
       {"and", "or", "und", "oder", "bzw", "et", "ou", "y", "o", "e", "en", "of", "och"}) {
    if (tail == word && !knows(head + tail)) return Joint::space;
  }
  if (!u_islower(static_cast<UChar32>(first_of(after)))) return Joint::glued;  // "Non-" "EU", "A-" "4"
  if (knows(head + "-" + tail)) return Joint::glued;
  if (knows(head + tail)) return Joint::hyphen;
  if (head.find('-') != std::string::npos) return hyphenated_ ? Joint::hyphen : Joint::glued;
  if (hyphenated_) return knows(head) && knows(tail) && tail.size() > 3 ? Joint::glued : Joint::hyphen;
  // Without a sign that this file cuts words, two whole words keep what parts them.
  return knows(head) || knows(tail) ? Joint::glued : Joint::hyphen;
}

}  // namespace waydiff::extract
