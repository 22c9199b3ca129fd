#include "extract/evidence.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <utility>

#include "core/digest.hpp"
#include "core/fold.hpp"
#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"

namespace waydiff::extract {
namespace {

using core::Block;
using core::BlockKind;

constexpr std::size_t short_prose = 40;    // as page_measures.cpp has it: the shortest sentence of a policy
constexpr std::size_t longest_line = 120;  // of a line that may be the site's
constexpr std::size_t enough_soon = 3;
constexpr std::chrono::days soon{31};
constexpr std::size_t enough = 8;
constexpr std::chrono::days fleeting{1};

// Names of days and months, folded, as far as their first letters tell: "friday", "freitag", "vendredi", "fri".
constexpr std::array<std::string_view, 44> date_names{
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug",
    "sep", "oct", "nov", "dec", "die", "mit", "don", "fre", "sam", "son", "lun", "mer", "jeu", "ven", "dim",
    "mie", "jue", "vie", "dom", "gen", "mag", "giu", "lug", "ago", "set", "ott", "dic", "okt", "dez"};

bool is_date_name(std::string_view word) {
  if (word.size() < 3 || word.size() > 10) return false;
  return std::find(date_names.begin(), date_names.end(), word.substr(0, 3)) != date_names.end();
}

/// The words of a block with "0" for each that a machine may have filled in; empty if there is none such.
std::string without_numbers(const std::string& words) {
  std::string masked;
  bool number = false;
  bool word = false;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    const std::string_view token = std::string_view(words).substr(at, end - at);
    const bool filled_in = std::any_of(token.begin(), token.end(), is_digit);
    number = number || filled_in;
    word = word || !filled_in;
    if (!masked.empty()) masked.push_back(' ');
    masked += filled_in || is_date_name(token) ? std::string_view("0") : token;
    at = end + 1;
  }
  return number && word ? masked : std::string();
}

std::size_t linked_bytes(const Block& block) {
  std::size_t linked = 0;
  for (const core::Inline& run : block.runs) linked += run.href.empty() ? 0 : run.text.size();
  for (const auto& cell : block.cells) {
    for (const core::Inline& run : cell) linked += run.href.empty() ? 0 : run.text.size();
  }
  return linked;
}

bool is_linky(const Block& block) {
  return linked_bytes(block) * 10 > plain_text(block).size() * 6;
}

bool is_prose(const Block& block) {
  if (block.kind != BlockKind::paragraph && block.kind != BlockKind::list_item) return false;
  const std::string text = plain_text(block);
  if (text.size() < short_prose || is_linky(block)) return false;
  return text.find_first_of(".!?;:") != std::string::npos || text.find("\xE3\x80\x82") != std::string::npos;
}

/// Of texts that are otherwise alike, by a block's words, each with the first and the last time it was seen.
template <class Variants>
bool always_another(const Variants& variants) {
  std::vector<core::Timestamp> times;
  for (const auto& [words, seen] : variants) {
    if (seen.last.time() - seen.first.time() > fleeting) return false;
    times.push_back(seen.first);
  }
  if (times.size() >= enough) return true;
  std::sort(times.begin(), times.end());
  for (std::size_t at = enough_soon; at <= times.size(); ++at) {
    if (times[at - 1].time() - times[at - enough_soon].time() <= soon) return true;
  }
  return false;
}

bool states_a_date(const core::Document& document, const Block& block) {
  const std::string text = plain_text(block);
  return std::any_of(document.dates.begin(), document.dates.end(), [&](const core::StatedDate& date) {
    return !date.wording.empty() && text.find(date.wording) != std::string::npos;
  });
}

}  // namespace

void Evidence::add_page(const core::Document& page, Role role) {
  std::set<std::string> words;
  for (const Block& block : page.blocks) words.insert(core::folded_words(plain_text(block)));
  for (const std::string& block : words) {
    Places& places = places_[block];
    ++places.pages;
    places.others += role == Role::other;
  }
}

void Evidence::add_text(const core::Document& text, std::span<const core::Timestamp> captured) {
  if (captured.empty()) return;
  const auto [first, last] = std::minmax_element(captured.begin(), captured.end());
  // Texts are alike when nothing but numbers tells them apart.
  std::string page;
  std::map<std::string, std::string> numbered;  // words without numbers to words
  for (const Block& block : text.blocks) {
    std::string words = core::folded_words(plain_text(block));
    std::string masked = without_numbers(words);
    page += (masked.empty() ? words : masked) + "\n";
    if (!masked.empty()) numbered.emplace(std::move(masked), std::move(words));
  }
  if (numbered.empty()) return;
  const std::string digest = core::sha256_hex(page);
  for (auto& [masked, words] : numbered) {
    const auto [variant, is_new] = variants_[masked][digest].try_emplace(std::move(words), Seen{*first, *last});
    if (is_new) continue;
    variant->second.first = std::min(variant->second.first, *first);
    variant->second.last = std::max(variant->second.last, *last);
  }
}

bool Evidence::stands_elsewhere(const Block& block) const {
  const auto found = places_.find(core::folded_words(plain_text(block)));
  if (found == places_.end() || found->first.empty()) return false;
  const Places& places = found->second;
  return is_linky(block) ? places.pages > 0 : places.pages > 1 && places.others > 0;
}

bool Evidence::varies_always(const Block& block) const {
  const auto found = variants_.find(without_numbers(core::folded_words(plain_text(block))));
  if (found == variants_.end() || found->first.empty()) return false;
  return std::any_of(found->second.begin(), found->second.end(),
                     [](const auto& page) { return always_another(page.second); });
}

std::string_view name(Clutter::Why why) noexcept {
  return why == Clutter::Why::varies_always ? "varies_always" : "stands_elsewhere";
}

std::vector<Clutter> take_clutter(core::Document& document, const Evidence& evidence) {
  std::vector<Block>& blocks = document.blocks;
  const auto first = std::find_if(blocks.begin(), blocks.end(), is_prose);
  const auto last = std::find_if(blocks.rbegin(), blocks.rend(), is_prose);
  const auto begin = static_cast<std::size_t>(first - blocks.begin());
  const auto end = blocks.size() - static_cast<std::size_t>(last - blocks.rbegin());
  const bool has_prose = first != blocks.end();
  std::vector<Block> kept;
  std::vector<Clutter> taken;
  bool headed = false;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    const bool title = block.kind == BlockKind::heading && !headed;
    headed = headed || title;
    const bool may_go = !title && block.kind != BlockKind::rule && !states_a_date(document, block);
    std::string text = may_go ? plain_text(block) : std::string();
    const bool outside = has_prose && (i < begin || i >= end);
    if (may_go && text.size() <= longest_line && evidence.varies_always(block)) {
      taken.push_back({Clutter::Why::varies_always, std::move(text)});
    } else if (may_go && outside && (text.size() <= longest_line || is_linky(block)) &&
               evidence.stands_elsewhere(block)) {
      taken.push_back({Clutter::Why::stands_elsewhere, std::move(text)});
    } else {
      kept.push_back(std::move(blocks[i]));
    }
  }
  blocks = std::move(kept);
  if (!taken.empty()) {
    document.notes.push_back(std::to_string(taken.size()) +
                             " blocks are the site's, not the document's, and were left out");
  }
  return taken;
}

}  // namespace waydiff::extract
