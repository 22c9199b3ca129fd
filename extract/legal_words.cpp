#include "extract/legal_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"

namespace waydiff::extract {
namespace {

// Sorted, for binary search.
constexpr std::array<std::string_view, 33> naming{
    "accessibility", "agreement",   "agreements", "charter",  "code",       "commitment", "conditions",
    "conduct",       "contract",    "cookie",     "cookies",  "copyright",  "data",       "disclaimer",
    "disclosure",    "disclosures", "eula",       "gdpr",     "guidelines", "imprint",    "legal",
    "licence",       "license",     "notice",     "policies", "policy",     "principles", "privacy",
    "rules",         "standards",   "statement",  "terms",    "warranty"};

constexpr std::array<std::string_view, 52> common{
    "agree",      "agreement",  "agreements", "applicable", "collect",      "collected",  "collection", "comply",
    "conditions", "conduct",    "consent",    "cookies",    "copyright",    "data",       "disclose",   "disclosed",
    "disclosure", "guidelines", "indemnify",  "infringe",   "infringement", "law",        "lawful",     "laws",
    "legal",      "liability",  "liable",     "notice",     "obligations",  "parties",    "party",      "permitted",
    "personal",   "policies",   "policy",     "privacy",    "processing",   "prohibited", "retain",     "retention",
    "rights",     "rules",      "shall",      "terminate",  "termination",  "terms",      "third",      "violate",
    "violation",  "violations", "warranties", "warranty"};

static_assert(std::is_sorted(naming.begin(), naming.end()) && std::is_sorted(common.begin(), common.end()));

/// Calls `use` with each word of ASCII letters, in lower case.
template <class Use>
void for_each_word(std::string_view text, Use use) {
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && is_alpha(text[i])) {
      word.push_back(to_lower(text[i]));
    } else if (!word.empty()) {
      use(std::string_view(word));
      word.clear();
    }
  }
}

template <class Words>
bool knows(const Words& words, std::string_view word) {
  return std::binary_search(words.begin(), words.end(), word);
}

bool names_a_policy(std::string_view line) {
  bool found = false;
  for_each_word(line, [&](std::string_view word) { found = found || knows(naming, word); });
  return found;
}

}  // namespace

LegalWords legal_words(const core::Document& document) {
  LegalWords found;
  found.named = names_a_policy(document.title);
  for (const core::Block& block : document.blocks) {
    if (found.named) return found;
    if (block.kind == core::BlockKind::heading) found.named = names_a_policy(plain_text(block));
  }
  for (const core::Block& block : document.blocks) {
    for_each_word(plain_text(block), [&](std::string_view word) {
      ++found.words;
      found.legal += knows(common, word);
    });
  }
  return found;
}

}  // namespace waydiff::extract
