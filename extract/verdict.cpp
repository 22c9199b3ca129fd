#include "extract/verdict.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"
#include "extract/likeness.hpp"
#include "extract/utf8.hpp"
#include "extract/wordings.hpp"

namespace waydiff::extract {
namespace {

using core::Quarantine;
using core::Verdict;

// Real policies are longer than the pages that stand in for them, and may quote any of their wordings.
constexpr std::size_t short_page = 150;
// A title is not quoted: it counts on pages with lists of links or posts, too.
constexpr std::size_t titled_page = 400;
constexpr std::size_t forwarding_page = 40;
constexpr std::size_t opening_bytes = 900;

Verdict quarantined(Quarantine reason, double score, std::string detail) {
  return {reason, std::round(score * 100) / 100, std::move(detail)};
}

std::string said(std::string_view wording, std::size_t words) {
  return "says \"" + std::string(wording) + "\" in " + std::to_string(words) + " words";
}

Verdict judge_empty(const PageSigns& signs) {
  if (!signs.forwards_to.empty()) {
    return quarantined(Quarantine::redirect, 0.9, "no text: forwards to " + signs.forwards_to);
  }
  if (signs.markup.unfinished && !signs.markup.closed) {
    return quarantined(Quarantine::truncated, 0.8, "no text: the page ends inside a tag");
  }
  return quarantined(Quarantine::empty, 1.0,
                     signs.markup.scripts ? "no text: the page is built by scripts" : "no text");
}

/// It has the form of a whole policy, whatever else it says.
bool is_surely_a_policy(const PolicySigns& evidence, double likeness) {
  return evidence.titled && (!evidence.language_known || likeness >= 0.8);
}

std::optional<Verdict> judge_wording(const PolicySigns& evidence, const Said& said_of, double likeness) {
  const Wording wording = telling_wording(said_of);
  if (wording.reason == Quarantine::none) return {};
  if (evidence.words > (wording.in_title ? titled_page : short_page)) return {};
  // Within sentences, or on longer pages, the rest of the text has a say.
  if ((!wording.in_title || evidence.words > short_page) && is_surely_a_policy(evidence, likeness)) return {};
  const double score = wording.in_title ? 0.95 : evidence.words <= 60 ? 0.9 : 0.8;
  return quarantined(wording.reason, score, said(wording.words, evidence.words));
}

std::optional<Verdict> judge_walls(const PolicySigns& evidence, const Said& said_of, const PageSigns& signs,
                                   double likeness) {
  if (evidence.words > short_page) return {};
  const bool policy = is_surely_a_policy(evidence, likeness);
  if (const auto words = login_wording(said_of, signs.markup.password); !words.empty() && !policy) {
    return quarantined(Quarantine::consent_wall, 0.85, said(words, evidence.words));
  }
  // Such a dialogue is full of a policy's words; what it lacks is a policy's parts, and its name.
  static constexpr auto names =
      std::to_array<std::string_view>({"policy", "notice", "statement", "terms", "erklarung", "politique", "politica",
                                       "informativa", "beleid", "polityka", "zasady", "ポリシー"});
  const bool named = std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return evidence.titles.find(name) != std::string::npos;
  });
  if (const auto words = consent_wording(said_of.text); !words.empty() && !(named && policy) && evidence.sections < 3) {
    return quarantined(Quarantine::consent_wall, 0.8, said(words, evidence.words));
  }
  return {};
}

std::optional<Verdict> judge_script_only(const PolicySigns& evidence, const PageSigns& signs) {
  if (!signs.markup.scripts || evidence.titled) return {};
  static constexpr auto wordings =
      std::to_array<std::string_view>({"enable javascript", "requires javascript", "javascript is disabled",
                                       "javascript required", "browser is not supported", "javascript aktivieren",
                                       "activer javascript", "habilitar javascript", "javascriptを有効"});
  const bool asks = std::any_of(wordings.begin(), wordings.end(), [&](std::string_view wording) {
    return evidence.text.find(wording) != std::string::npos;
  });
  if (evidence.words >= (asks ? forwarding_page : 12)) return {};
  return quarantined(Quarantine::empty, 0.8, std::to_string(evidence.words) + " words: the page is built by scripts");
}

/// Does the text stop within a sentence? Old pages close nothing and end in an address or a copyright line.
bool stops_in_a_sentence(const core::Document& document) {
  static constexpr std::size_t long_enough = 12;
  if (document.blocks.empty()) return false;
  const std::string last = plain_text(document.blocks.back());
  if (count_words(last) < long_enough) return false;
  const char end = last.back();
  const std::size_t space = last.rfind(' ');
  const bool lower_case = space != std::string::npos && last[space + 1] >= 'a' && last[space + 1] <= 'z';
  return (is_alpha(end) && lower_case && !last.ends_with("reserved")) || end == ',';
}

std::optional<Verdict> judge_cut(const core::Document& document, const PageSigns& signs) {
  const MarkupSigns& markup = signs.markup;
  if (markup.closed) return {};
  if (markup.unfinished) return quarantined(Quarantine::truncated, 0.9, "the page ends inside a tag");
  if (markup.ends_in_text && markup.open_boxes > 0 && stops_in_a_sentence(document)) {
    return quarantined(Quarantine::truncated, 0.75,
                       "the page ends within a sentence, with " + std::to_string(markup.open_boxes) + " boxes open");
  }
  return {};
}

std::optional<Verdict> judge_likeness(const PolicySigns& evidence, double likeness) {
  // The fewer words, the less they can tell.
  static constexpr std::size_t few = 25, many = 60;
  if (!evidence.language_known || evidence.words < few) return {};
  const bool list_of_links = evidence.linked > 0.5;
  const double least = evidence.titled ? 0.15 : evidence.words < many && !list_of_links ? 0.2 : 0.5;
  if (likeness >= least) return {};
  const WordCounts& counts = evidence.counts;
  return quarantined(Quarantine::not_a_policy, 1 - likeness,
                     std::to_string(counts.legal) + " of " + std::to_string(counts.words) + " words are a policy's, " +
                         std::to_string(counts.ordinary) + " are other pages'" +
                         (evidence.titled ? "" : ", and no heading names one"));
}

}  // namespace

Verdict judge(const core::Document& document, const PageSigns& signs) {
  const PolicySigns evidence = read_policy_signs(document);
  if (evidence.words == 0) return judge_empty(signs);
  if (!signs.forwards_to.empty() && evidence.words <= forwarding_page) {
    return quarantined(Quarantine::redirect, 0.9, "forwards to " + signs.forwards_to);
  }
  const double likeness = policy_likeness(evidence);
  const Said said_of{evidence.titles, std::string_view(evidence.text).substr(0, opening_bytes)};
  if (auto found = judge_wording(evidence, said_of, likeness)) return *found;
  if (auto found = judge_walls(evidence, said_of, signs, likeness)) return *found;
  if (auto found = judge_script_only(evidence, signs)) return *found;
  if (auto found = judge_cut(document, signs)) return *found;
  if (auto found = judge_likeness(evidence, likeness)) return *found;
  if (!evidence.language_known) return {Quarantine::none, 0.5, ""};
  return {Quarantine::none, std::round(std::max(likeness, 0.5) * 100) / 100, ""};
}

}  // namespace waydiff::extract
