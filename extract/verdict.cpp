#include "extract/verdict.hpp"

#include <array>
#include <string>
#include <string_view>

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"
#include "extract/legal_words.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

using core::Quarantine;
using core::Verdict;

// Wordings that a page of this kind opens with, all in lower case.
constexpr std::array<std::string_view, 16> not_found{"page not found",
                                                     "404 not found",
                                                     "page cannot be found",
                                                     "page can't be found",
                                                     "page could not be found",
                                                     "page you requested could not",
                                                     "page you are looking for",
                                                     "page you were looking for",
                                                     "page doesn't exist",
                                                     "page does not exist",
                                                     "error 404",
                                                     "404 error",
                                                     "no longer available",
                                                     "nothing was found",
                                                     "seite nicht gefunden",
                                                     "page introuvable"};

constexpr std::array<std::string_view, 17> blocked{"access denied",
                                                   "attention required! | cloudflare",
                                                   "checking your browser",
                                                   "just a moment...",
                                                   "verify you are human",
                                                   "verifying you are human",
                                                   "are you a robot",
                                                   "you have been blocked",
                                                   "unusual traffic",
                                                   "request unsuccessful. incapsula",
                                                   "captcha",
                                                   "pardon our interruption",
                                                   "enable javascript and cookies to continue",
                                                   "403 forbidden",
                                                   "ddos protection",
                                                   "not available in your region",
                                                   "service unavailable"};

constexpr std::array<std::string_view, 9> parked{
    "domain is for sale", "domain may be for sale", "buy this domain",         "this domain is parked",
    "domain parking",     "domain has expired",     "domain name is for sale", "this domain has been registered",
    "is parked free"};

constexpr std::array<std::string_view, 6> consent{"we value your privacy", "before you continue",
                                                  "accept all cookies",    "manage consent",
                                                  "we use cookies",        "your privacy choices"};

constexpr std::array<std::string_view, 5> legal{"privacy", "terms", "policy", "agreement", "personal"};

template <std::size_t N>
std::string_view first_of(std::string_view text, const std::array<std::string_view, N>& wordings) {
  for (const std::string_view wording : wordings) {
    if (text.find(wording) != std::string_view::npos) return wording;
  }
  return {};
}

Verdict quarantined(Quarantine reason, double score, std::string detail) {
  return {reason, score, std::move(detail)};
}

// A whole page that is something else: no heading calls it a policy, and it hardly uses a policy's words. Guidelines
// in plain language have twice as many of them. Known for English only.
Verdict judge_long(const core::Document& document) {
  static constexpr double fewest_percent = 0.8;
  if (document.language != "en") return {};
  const LegalWords found = legal_words(document);
  if (found.named || found.percent() >= fewest_percent) return {};
  return quarantined(Quarantine::not_a_policy, 0.8,
                     std::to_string(found.legal) + " of " + std::to_string(found.words) +
                         " words are a policy's, and no heading names one");
}

std::string said(std::string_view wording, std::size_t words) {
  return "says \"" + std::string(wording) + "\" in " + std::to_string(words) + " words";
}

}  // namespace

Verdict judge(const core::Document& document, const PageSigns& signs) {
  std::string text;
  std::size_t sentences = 0;
  for (const core::Block& block : document.blocks) {
    const std::string line = plain_text(block);
    sentences += block.kind != core::BlockKind::heading && line.size() > 60;
    text += lower(line) + "\n";
    if (text.size() > 20'000) break;
  }
  const std::size_t words = count_words(text);
  if (words == 0) {
    if (!signs.forwards_to.empty()) {
      return quarantined(Quarantine::redirect, 0.9, "no text: forwards to " + signs.forwards_to);
    }
    return quarantined(Quarantine::empty, 1.0, signs.script_only ? "no text: the page is built by scripts" : "no text");
  }
  // Real policies are longer than these pages, and may quote any of their wordings.
  static constexpr std::size_t short_page = 150;
  static constexpr std::size_t long_page = 300;
  if (words > short_page) return words > long_page ? judge_long(document) : Verdict();
  static constexpr std::size_t forwarding_page = 40;
  if (!signs.forwards_to.empty() && words <= forwarding_page) {
    return quarantined(Quarantine::redirect, 0.9, "forwards to " + signs.forwards_to);
  }
  const std::string whole = lower(document.title) + "\n" + text;
  const std::string opening = whole.substr(0, 400);
  if (const auto wording = first_of(opening, not_found); !wording.empty()) {
    return quarantined(Quarantine::soft_404, 0.9, said(wording, words));
  }
  if (const std::string title = lower(document.title); title.starts_with("404") || title == "not found") {
    return quarantined(Quarantine::soft_404, 0.9, "its title is \"" + document.title + "\"");
  }
  if (const auto wording = first_of(opening, blocked); !wording.empty()) {
    return quarantined(Quarantine::block_page, 0.9, said(wording, words));
  }
  if (const auto wording = first_of(whole, parked); !wording.empty()) {
    return quarantined(Quarantine::parked, 0.9, said(wording, words));
  }
  if (const auto wording = first_of(opening, consent); !wording.empty() && words < 120 && sentences < 4) {
    const bool policy = first_of(lower(document.title), legal).size() > 0;
    if (!policy) return quarantined(Quarantine::consent_wall, 0.7, said(wording, words));
  }
  if (signs.script_only && words < 12) {
    return quarantined(Quarantine::empty, 0.8, std::to_string(words) + " words: the page is built by scripts");
  }
  return {};
}

}  // namespace waydiff::extract
