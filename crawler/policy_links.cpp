#include "crawler/policy_links.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "core/fold.hpp"
#include "core/url.hpp"
#include "crawler/kind_match.hpp"
#include "crawler/policy_words.hpp"
#include "crawler/site_names.hpp"

namespace waydiff::crawler {
namespace {

using core::LinkPlace;
using core::PageLink;

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
    KindMatch text = in_text(link.text, kind_, home_.host);
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

  double by_address(const AddressParts& address, const AddressJudgement& where, const KindMatch& text,
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

  static double by_place(const PageLink& link, const KindMatch& text, RankedLink& out) {
    if (link.story) {
      out.evidence.emplace_back("against it: stands in a story");
      return text.value >= 0.9 ? 0.75 : 0.4;
    }
    // News have sections on privacy; menus seldom have policies.
    if (link.place == LinkPlace::navigation && text.vague) return 0.85;
    return link.consent ? 0.95 : 1;
  }

  double by_language(const KindMatch& text, const AddressJudgement& where, RankedLink& out) const {
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
    for (const std::string_view sink :
         {"login",       "signin",  "logon",       "auth",     "oauth",       "sso",     "error",
          "errors",      "404",     "403",         "500",      "notfound",    "missing", "unavailable",
          "maintenance", "captcha", "challenge",   "consent",  "unsupported", "blocked", "denied",
          "sorry",       "session", "cookiecheck", "geoblock", "wartung",     "expired", "suspended"}) {
      if (has_words(words, sink)) return true;
    }
  }
  const std::string first = address.host.substr(0, address.host.find('.'));
  return first == "login" || first == "accounts" || first == "consent" || first == "auth" || first == "sso" ||
         first == "guce";
}

}  // namespace waydiff::crawler
