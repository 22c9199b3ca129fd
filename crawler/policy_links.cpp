#include "crawler/policy_links.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "core/fold.hpp"
#include "core/url.hpp"
#include "crawler/policy_words.hpp"
#include "crawler/site_names.hpp"

namespace waydiff::crawler {
namespace {

using core::LinkPlace;
using core::PageLink;

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

bool has_words(std::string_view text, std::string_view words) {
  for (std::size_t at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    if ((at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ')) return true;
  }
  return false;
}

/// A value between 0 and 1, the words it was found in, and their language.
struct Match {
  double value = 0;
  std::string words;
  std::string language;
  bool vague = false;
};

/// What a name is worth when `matched` of `total` letters are its own.
double for_coverage(double coverage, bool vague) {
  if (coverage >= 0.9) return 1;
  if (vague) return coverage >= 0.6 ? 0.6 : coverage >= 0.4 ? 0.3 : 0.1;
  return coverage >= 0.6 ? 0.92 : coverage >= 0.4 ? 0.75 : coverage >= 0.25 ? 0.45 : 0.2;
}

/// How surely a link's text names the kind of document.
Match in_text(const std::string& text, const DocumentKind& kind, std::string_view host) {
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
  Match best;
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

/// "PrivacyPolicy.aspx" as "privacy policy".
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

Match in_segment(const std::string& folded, const DocumentKind& kind) {
  const std::string bare = bare_words(folded);
  const std::string whole = squeezed(folded);
  const std::string bare_whole = squeezed(bare);
  Match best;
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

bool is_index(std::string_view words) {
  return words == "index" || words == "default" || words == "home" || words == "main" || words == "full";
}

/// A year or a number in front of a story: "/2018/05/12/…".
bool is_dated(const AddressParts& address) {
  return std::any_of(address.segments.begin(), address.segments.end(), [](const std::string& segment) {
    return segment.size() == 4 && (segment.starts_with("19") || segment.starts_with("20")) &&
           std::all_of(segment.begin(), segment.end(), [](char c) { return c >= '0' && c <= '9'; });
  });
}

/// How much an address names the kind, and what in it speaks against: `trap` is a factor.
struct AddressJudgement {
  Match match;
  double trap = 1;       ///< by a whole segment: "blog"
  double word_trap = 1;  ///< by a word of the last one: "settings" of "privacy-settings"
  std::string trap_word, word;
  std::string language;  ///< "de" of "/de/privacy"
};

AddressJudgement in_address(const AddressParts& address, const DocumentKind& kind) {
  AddressJudgement out;
  std::vector<std::string> segments;
  for (const std::string& segment : address.segments) segments.push_back(segment_words(segment));
  // Indexes and languages at the end do not hide what stands before them.
  std::size_t last = segments.size();
  while (last > 1 && (is_index(segments[last - 1]) || is_language_tag(segments[last - 1]))) --last;
  for (std::size_t at = 0; at < segments.size(); ++at) {
    Match match = in_segment(segments[at], kind);
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
    Match match = in_segment(core::folded_words(address.query), kind);
    match.value *= 0.8;
    if (match.value > out.match.value) out.match = match;
  }
  const std::string first = address.host.substr(0, address.host.find('.'));
  Match host = in_segment(core::folded_words(first), kind);
  host.value *= address.is_root() ? 0.9 : 0.4;
  if (host.value > out.match.value) out.match = host;
  if (is_dated(address) && out.trap > 0.4) {
    out.trap = 0.4;
    out.trap_word = "a date";
  }
  return out;
}

std::string_view name(LinkPlace place) {
  switch (place) {
    case LinkPlace::head:
      return "head";
    case LinkPlace::navigation:
      return "navigation";
    case LinkPlace::body:
      return "body";
    case LinkPlace::footer:
      return "footer";
  }
  return "page";
}

std::string shortened(const std::string& text) {
  if (text.size() <= 80) return text;
  std::size_t end = 77;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

bool has_ending(const AddressParts& address, std::string_view ending) {
  if (address.segments.empty()) return false;
  std::string last = address.segments.back();
  std::transform(last.begin(), last.end(), last.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return last.ends_with(ending);
}

/// One page's links against one kind.
class Ranking {
 public:
  Ranking(const core::PageLinks& page, DocumentKind kind)
      : page_(page), kind_(std::move(kind)), home_(address_parts(page.url)), home_key_(core::url_key(page.url)) {
    language_ = core::folded_words(page.language).substr(0, 2);
    for (const std::string& segment : home_.segments) {
      if (is_language_tag(core::folded_words(segment))) language_ = core::folded_words(segment).substr(0, 2);
    }
  }

  [[nodiscard]] std::optional<RankedLink> judge(const PageLink& link) const {
    if (link.frame || !core::Url::parse(link.url) || has_scheme_of_no_page(link.url)) return {};
    RankedLink out;
    out.url = link.url.substr(0, link.url.find('#'));
    const AddressParts address = address_parts(link.url);
    Match text = in_text(link.text, kind_, home_.host);
    const AddressJudgement where = in_address(address, kind_);
    if (!kind_.rel.empty() && has_words(core::folded_words(link.rel), core::folded_words(kind_.rel)) &&
        text.value < 0.95) {
      text.value = 0.95;
      out.evidence.push_back("rel=\"" + kind_.rel + "\"");
    }
    if (text.value == 0 && where.match.value == 0) return {};
    if (text.value > 0) {
      out.evidence.push_back(std::string(name(link.place)) + (link.label ? " image or label \"" : " link \"") +
                             shortened(link.text) + "\"");
    }
    if (where.match.value > 0) out.evidence.push_back("address has \"" + where.match.words + "\"");
    double score = 1 - (1 - 0.82 * text.value) * (1 - 0.58 * where.match.value);
    // A text that says something else outweighs an address: "/privacy" under "Your privacy choices".
    const bool speaks = !bare_words(core::folded_words(link.text)).empty();
    if ((text.value == 0 || (text.vague && text.value < 0.3)) && speaks && !link.label) {
      score = std::min(score, std::max(0.48 * where.match.value, text.value));
    }
    score *= by_address(address, where, text, out);
    score *= by_place(link, text, out);
    score *= by_language(text, where, out);
    score *= by_site(address, out);
    if (link.place == LinkPlace::footer) score += (1 - score) * 0.4 * score;
    if (link.place == LinkPlace::navigation) score += (1 - score) * 0.1 * score;
    out.score = std::clamp(score, 0.0, 1.0);
    return out;
  }

 private:
  static bool has_scheme_of_no_page(std::string_view url) {
    return !url.starts_with("http") && !url.starts_with("HTTP");
  }

  double by_address(const AddressParts& address, const AddressJudgement& where, const Match& text,
                    RankedLink& out) const {
    double factor = 1;
    if (where.trap < 1) {
      // An address under /help or /support is where some keep their policies; blogs and accounts are not.
      factor *= text.value >= 0.9 && where.match.value >= 0.7 ? std::max(where.trap, 0.6) : where.trap;
      out.evidence.push_back("against it: address has \"" + where.trap_word + "\"");
    }
    // A text that names the document knows better than a word of the address.
    if (where.word_trap < 1 && (text.value < 0.9 || text.vague)) {
      factor *= where.word_trap;
      out.evidence.push_back("against it: address has \"" + where.word + "\"");
    }
    if (has_ending(address, ".pdf") || has_ending(address, ".doc") || has_ending(address, ".docx")) {
      factor *= 0.8;
      out.evidence.emplace_back("against it: a file to download");
    }
    for (const std::string_view ending :
         {".jpg", ".jpeg", ".gif", ".png", ".zip", ".exe", ".mp4", ".css", ".js", ".xml"}) {
      if (has_ending(address, ending)) factor *= 0.1;
    }
    if (core::url_key(out.url) == home_key_) {
      factor *= 0.4;
      out.evidence.emplace_back("against it: leads to the same page");
    } else if (address.is_root() && where.match.value < 0.5) {
      factor *= 0.3;
      out.evidence.emplace_back("against it: leads to a home page");
    }
    return factor;
  }

  static double by_place(const PageLink& link, const Match& text, RankedLink& out) {
    if (link.story) {
      out.evidence.emplace_back("against it: stands in a story");
      return text.value >= 0.9 ? 0.75 : 0.4;
    }
    // News have sections on privacy; menus seldom have policies.
    if (link.place == LinkPlace::navigation && text.vague) return 0.85;
    return link.consent ? 0.95 : 1;
  }

  double by_language(const Match& text, const AddressJudgement& where, RankedLink& out) const {
    const std::string own = language_ == "nb" || language_ == "nn" ? "no" : language_;
    const bool in_other =
        !where.language.empty() && !own.empty() && where.language != own && is_language(where.language);
    const bool says_other = !text.language.empty() && !own.empty() && text.language != own;
    if (in_other) out.evidence.push_back("against it: another language, \"" + where.language + "\"");
    return (in_other ? 0.88 : 1) * (says_other ? 0.97 : 1);
  }

  /// Of the tags in paths some are countries, which say nothing of the language.
  static bool is_language(std::string_view tag) {
    for (const std::string_view one :
         {"ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hu", "id", "it",
          "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sv", "th", "tr", "uk", "vi", "zh"}) {
      if (tag == one) return true;
    }
    return false;
  }

  double by_site(const AddressParts& address, RankedLink& out) const {
    if (home_.host.empty()) return 1;
    const auto off = [&](double factor, const std::string& what) {
      out.evidence.push_back("against it: " + what + " " + address.host);
      out.off_site = true;
      return factor;
    };
    switch (kinship(home_.host, address.host)) {
      case Kinship::same_host:
        return 1;
      case Kinship::same_site:
        out.evidence.push_back("on " + address.host);
        return 0.99;
      case Kinship::same_owner:
        out.evidence.push_back("on " + address.host);
        return 0.94;
      case Kinship::hosted:
        out.evidence.push_back("kept by " + address.host);
        return 0.85;
      case Kinship::vendor:
        return off(0.4, "a vendor's site,");
      case Kinship::foreign:
        return off(0.64, "another site,");
    }
    return 1;
  }

  const core::PageLinks& page_;
  DocumentKind kind_;
  AddressParts home_;
  std::string home_key_;
  std::string language_;
};

}  // namespace

std::vector<RankedLink> rank_policy_links(const core::PageLinks& page, std::string_view kind) {
  const Ranking ranking(page, document_kind(kind));
  std::map<std::string, RankedLink> by_key;
  std::map<std::string, std::size_t> order;
  for (const PageLink& link : page.links) {
    auto ranked = ranking.judge(link);
    if (!ranked || ranked->score < 0.05) continue;
    const std::string key = core::url_key(ranked->url);
    order.emplace(key, order.size());
    const auto [known, added] = by_key.try_emplace(key, *ranked);
    if (!added && known->second.score < ranked->score) known->second = std::move(*ranked);
  }
  std::vector<std::pair<std::size_t, RankedLink>> found;
  for (auto& [key, link] : by_key) found.emplace_back(order.at(key), std::move(link));
  // Of equals the last on the page: footers come last.
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.second.score != b.second.score ? a.second.score > b.second.score : a.first > b.first;
  });
  std::vector<RankedLink> out;
  for (auto& [place, link] : found) out.push_back(std::move(link));
  return out;
}

double policy_address(std::string_view url, std::string_view kind) {
  const AddressJudgement judged = in_address(address_parts(url), document_kind(kind));
  return judged.match.value * judged.trap * judged.word_trap;
}

bool same_site(std::string_view one, std::string_view other) {
  const Kinship kin = kinship(address_parts(one).host, address_parts(other).host);
  return kin == Kinship::same_host || kin == Kinship::same_site;
}

bool is_redirect_sink(std::string_view url) {
  const AddressParts address = address_parts(url);
  if (address.segments.empty()) return true;
  if (address.segments.size() == 1) {
    const std::string only = segment_words(address.segments.front());
    if (is_index(only) || is_language_tag(only)) return true;
  }
  for (const std::string& segment : address.segments) {
    const std::string words = segment_words(segment);
    for (const std::string_view word : words_of(words)) {
      for (const std::string_view sink :
           {"login",       "signin",  "logon",       "auth",     "oauth",       "sso",     "error",
            "errors",      "404",     "403",         "500",      "notfound",    "missing", "unavailable",
            "maintenance", "captcha", "challenge",   "consent",  "unsupported", "blocked", "denied",
            "sorry",       "session", "cookiecheck", "geoblock", "wartung",     "expired", "suspended"}) {
        if (word == sink) return true;
      }
    }
  }
  const std::string first = address.host.substr(0, address.host.find('.'));
  return first == "login" || first == "accounts" || first == "consent" || first == "auth" || first == "sso" ||
         first == "guce";
}

}  // namespace waydiff::crawler
