#include "crawler/kind_match.hpp"

#include <algorithm>
#include <vector>

#include "core/fold.hpp"

namespace waydiff::crawler {
namespace {

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::vector<std::string_view> words_of(std::string&& gone) = delete;  // the words would point into it

std::string squeezed(std::string_view words) {
  std::string out(words);
  std::erase(out, ' ');
  return out;
}

/// Scripts that part no words are searched as one string.
bool unspaced(std::string_view text) {
  // Kana, ideographs and Hangul begin with E3 to ED in UTF-8.
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE3 && byte <= 0xED;
  });
}

/// What a name is worth when `matched` of `total` letters are its own.
double for_coverage(double coverage, bool vague) {
  if (coverage >= 0.9) return 1;
  if (vague) return coverage >= 0.6 ? 0.6 : coverage >= 0.4 ? 0.3 : 0.1;
  return coverage >= 0.6 ? 0.92 : coverage >= 0.4 ? 0.75 : coverage >= 0.25 ? 0.45 : 0.2;
}

KindMatch in_segment(const std::string& folded, const DocumentKind& kind) {
  const std::string bare = bare_words(folded);
  const std::string whole = squeezed(folded);
  const std::string bare_whole = squeezed(bare);
  KindMatch best;
  if (whole.empty()) return best;
  for (const Phrase& phrase : kind.phrases) {
    double value = 0;
    if (whole == phrase.full || whole == phrase.squeezed || bare_whole == phrase.squeezed) {
      value = 1;
    } else if (has_words(bare, phrase.words)) {
      value = 0.75;
    } else if (phrase.full.size() >= 7 && whole.find(phrase.full) != std::string::npos) {
      value = 0.6;
    } else if (phrase.squeezed.size() >= 7 && whole.find(phrase.squeezed) != std::string::npos) {
      value = 0.55;
    }
    value *= phrase.strength;
    if (value > best.value) best = {value, folded, phrase.language, phrase.vague};
  }
  return best;
}

/// A year or a number in front of a story: "/2018/05/12/…".
bool is_dated(const AddressParts& address) {
  return std::any_of(address.segments.begin(), address.segments.end(), [](const std::string& segment) {
    return segment.size() == 4 && (segment.starts_with("19") || segment.starts_with("20")) &&
           std::all_of(segment.begin(), segment.end(), [](char c) { return c >= '0' && c <= '9'; });
  });
}

}  // namespace

bool has_words(std::string_view text, std::string_view words) {
  for (std::size_t at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    if ((at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ')) return true;
  }
  return false;
}

std::string segment_words(std::string_view segment) {
  const std::size_t dot = segment.rfind('.');
  if (dot != std::string_view::npos && dot > 0 && segment.size() - dot <= 6) segment = segment.substr(0, dot);
  std::string spread;
  for (std::size_t at = 0; at < segment.size(); ++at) {
    const bool upper = segment[at] >= 'A' && segment[at] <= 'Z';
    const bool after_lower = at > 0 && segment[at - 1] >= 'a' && segment[at - 1] <= 'z';
    if (upper && after_lower) spread += ' ';
    spread += segment[at];
  }
  return core::folded_words(spread);
}

bool is_index(std::string_view words) {
  return words == "index" || words == "default" || words == "home" || words == "main" || words == "full";
}

KindMatch in_text(const std::string& text, const DocumentKind& kind, std::string_view host) {
  std::string bare = bare_words(core::folded_words(text));
  if (bare.empty()) return {};
  // The site's own name in front says nothing: "Acme Privacy Policy".
  const std::string own = core::folded_words(registered_name(host).substr(0, registered_name(host).find('.')));
  double trap = 1;
  std::string kept;
  for (const std::string_view word : words_of(bare)) {
    trap *= text_trap(word);
    if (word != own) kept += (kept.empty() ? "" : " ") + std::string(word);
  }
  if (kept.empty()) return {};
  const std::string whole = squeezed(kept);
  KindMatch best;
  for (const Phrase& phrase : kind.phrases) {
    const bool squeeze = unspaced(phrase.squeezed);
    if (squeeze ? whole.find(phrase.squeezed) == std::string::npos : !has_words(kept, phrase.words)) continue;
    double coverage = static_cast<double>(phrase.squeezed.size()) / static_cast<double>(whole.size());
    double value = 1;
    if (!squeeze) {
      // Other documents named beside it make a link to all of them: "Privacy | Terms".
      std::size_t strange = 0;
      std::size_t beside = 0;
      const auto own_words = words_of(phrase.words);
      for (const std::string_view word : words_of(kept)) {
        if (std::find(own_words.begin(), own_words.end(), word) != own_words.end()) continue;
        (is_policy_word(word) ? beside : strange) += word.size();
      }
      if (beside > 0) value *= 0.85;
      const double mine = static_cast<double>(phrase.squeezed.size());
      coverage = mine / (mine + static_cast<double>(strange));
    }
    value *= phrase.strength * for_coverage(coverage, phrase.vague);
    if (value > best.value) best = {value, phrase.words, phrase.language, phrase.vague};
  }
  if (words_of(kept).size() > 9 || text.size() > 120) best.value *= 0.5;
  best.value *= trap;
  return best;
}

AddressJudgement in_address(const AddressParts& address, const DocumentKind& kind) {
  AddressJudgement out;
  std::vector<std::string> segments;
  for (const std::string& segment : address.segments) segments.push_back(segment_words(segment));
  // Indexes and languages at the end do not hide what stands before them.
  std::size_t last = segments.size();
  while (last > 1 && (is_index(segments[last - 1]) || is_language_tag(segments[last - 1]))) --last;
  for (std::size_t at = 0; at < segments.size(); ++at) {
    KindMatch match = in_segment(segments[at], kind);
    if (at + 1 < last) match.value *= 0.6;
    if (match.value > out.match.value) out.match = match;
    const double trap = path_trap(segments[at]);
    if (at + 1 == last) {
      for (const std::string_view word : words_of(segments[at])) {
        const double by_word = std::max(0.4, text_trap(word));
        if (by_word >= out.word_trap) continue;
        out.word_trap = by_word;
        out.word = word;
      }
    }
    if (trap < out.trap) {
      out.trap = trap;
      out.trap_word = segments[at];
    }
    if (is_language_tag(segments[at]) && out.language.empty()) out.language = segments[at].substr(0, 2);
  }
  if (!address.query.empty()) {
    KindMatch match = in_segment(core::folded_words(address.query), kind);
    match.value *= 0.8;
    if (match.value > out.match.value) out.match = match;
  }
  const std::string first = address.host.substr(0, address.host.find('.'));
  KindMatch host = in_segment(core::folded_words(first), kind);
  host.value *= address.is_root() ? 0.9 : 0.4;
  if (host.value > out.match.value) out.match = host;
  if (is_dated(address) && out.trap > 0.4) {
    out.trap = 0.4;
    out.trap_word = "a date";
  }
  return out;
}

}  // namespace waydiff::crawler
