#include "extract/likeness.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "core/fold.hpp"
#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"
#include "extract/utf8.hpp"

namespace waydiff::extract {
namespace {

using core::Block;
using core::BlockKind;

// A policy shows what it is on its first pages; folding is what this costs.
constexpr std::size_t enough_text = 12'000;
constexpr std::size_t enough_headings = 30;

bool is_bold_line(const Block& block) {
  return block.kind == BlockKind::paragraph && !block.runs.empty() &&
         std::all_of(block.runs.begin(), block.runs.end(), [](const core::Inline& run) { return run.strong; }) &&
         count_words(plain_text(block)) <= 8;
}

/// The parts of a title: "Privacy Policy", "Example Inc." of "Privacy Policy | Example Inc.".
std::vector<std::string_view> parts_of(std::string_view title) {
  static constexpr auto separators =
      std::to_array<std::string_view>({" - ", " – ", " — ", "|", ":", "·", "»", "•", "/"});
  std::vector<std::string_view> parts;
  while (!title.empty()) {
    std::size_t end = title.size(), behind = title.size();
    for (const std::string_view separator : separators) {
      const std::size_t found = title.find(separator);
      if (found < end) {
        end = found;
        behind = found + separator.size();
      }
    }
    if (const std::string_view part = trim(title.substr(0, end)); !part.empty()) parts.push_back(part);
    title.remove_prefix(behind);
  }
  return parts;
}

bool is_name_of_a_policy(std::string_view title) {
  static constexpr std::size_t most_words = 6;
  const auto parts = parts_of(title);
  return std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
    const std::string folded = core::folded_words(part);
    const auto spaces = static_cast<std::size_t>(std::count(folded.begin(), folded.end(), ' '));
    return spaces < most_words && names_a_policy(folded);
  });
}

std::size_t linked_bytes(const std::vector<core::Inline>& runs) {
  std::size_t sum = 0;
  for (const core::Inline& run : runs) sum += run.href.empty() ? 0 : run.text.size();
  return sum;
}

}  // namespace

PolicySigns read_policy_signs(const core::Document& document) {
  static constexpr std::size_t first_blocks = 6;
  PolicySigns out;
  std::string titles = document.title + "\n";
  std::string text;
  out.titled = is_name_of_a_policy(document.title);
  std::size_t linked = 0, headings = 0;
  for (std::size_t at = 0; at < document.blocks.size() && text.size() < enough_text; ++at) {
    const Block& block = document.blocks[at];
    const std::string line = plain_text(block);
    text += line + "\n";
    linked += linked_bytes(block.runs);
    for (const auto& cell : block.cells) linked += linked_bytes(cell);
    if (block.kind != BlockKind::heading && !is_bold_line(block)) continue;
    if (++headings > enough_headings) continue;
    if (at < first_blocks) {
      titles += line + "\n";
      if (headings == 1) out.titled = out.titled || is_name_of_a_policy(line);
    }
    const std::string folded = core::folded_words(line);
    out.sections += headings > 1 && (names_a_policy(folded) || count_legal_words(folded, document.language).legal > 0);
  }
  out.words = count_words(text);
  out.linked = text.empty() ? 0 : static_cast<double>(linked) / static_cast<double>(text.size());
  out.titles = core::folded_words(titles);
  out.text = core::folded_words(text);
  out.language_known = knows_language(document.language);
  out.counts = count_legal_words(out.text, document.language);
  return out;
}

double policy_likeness(const PolicySigns& evidence) {
  // As if every text had that many more words of no kind: two words of ten say less than twenty of a hundred.
  static constexpr double unsaid = 15;
  const auto rate = [&](std::size_t count, double most) {
    return std::min(most, 100.0 * static_cast<double>(count) / (static_cast<double>(evidence.counts.words) + unsaid));
  };
  const double sum = -3.0                                        // most pages are no policies
                     + 0.45 * rate(evidence.counts.legal, 14)    // a policy has 6 to 16 of a hundred words
                     + 0.10 * rate(evidence.counts.address, 10)  // it speaks of "us" to "you"
                     + 1.8 * (evidence.titled ? 1 : 0)           // and says what it is,
                     + 0.35 * static_cast<double>(std::min<std::size_t>(evidence.sections, 4))  // part by part
                     - 0.70 * rate(evidence.counts.ordinary, 8)  // news, shops and blogs have other words
                     - 6.0 * evidence.linked;                    // and lists of links are neither
  return 1.0 / (1.0 + std::exp(-sum));
}

}  // namespace waydiff::extract
