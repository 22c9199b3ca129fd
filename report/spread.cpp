#include "report/spread.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>
#include <utility>

#include "diff/fingerprint.hpp"
#include "report/spread_words.hpp"

namespace waydiff::report {
namespace {

constexpr std::uint32_t several = 0xFFFFFFFF;
constexpr double least_alike = 0.8;
constexpr double least_edit_alike = 0.5;
/// Leaders looked at for each word: keeps the cost bounded where thousands share a rare word.
constexpr std::size_t looked_at = 200;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash ^= value + 0x9E3779B97F4A7C15ULL + (hash << 6) + (hash >> 2);
  return hash * 0xFF51AFD7ED558CCDULL;
}

/// Words on the left and right that are the same, of all; both ascending. `wanted` chooses.
template <class Wanted>
double jaccard(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b, Wanted wanted) {
  std::size_t same = 0, all = 0;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    const bool left = j == b.size() || (i < a.size() && a[i] <= b[j]);
    const bool right = i == a.size() || (j < b.size() && b[j] <= a[i]);
    if (wanted(left ? a[i] : b[j])) {
      ++all;
      if (left && right) ++same;
    }
    if (left) ++i;
    if (right) ++j;
  }
  return all == 0 ? 1.0 : static_cast<double>(same) / static_cast<double>(all);
}

std::uint64_t fingerprint_of(std::string_view old_text, std::string_view new_text) {
  const std::hash<std::string> hash;
  return mixed(hash(diff::fingerprint(old_text)), hash(diff::fingerprint(new_text)));
}

}  // namespace

SpreadFinder::Token SpreadFinder::number(const std::string& word, std::uint32_t site, int side) {
  std::string key = word;
  key.push_back(static_cast<char>('0' + side));
  const auto [entry, is_new] = numbers_.emplace(std::move(key), static_cast<Token>(numbers_.size()));
  if (is_new) {
    site_of_.push_back(site);
    edit_.push_back(side != 0);
  } else if (site_of_[entry->second] != site) {
    site_of_[entry->second] = several;
  }
  return entry->second;
}

void SpreadFinder::add(const SpreadMember& change, core::ChangeKind kind, std::string_view site,
                       std::string_view old_text, std::string_view new_text) {
  const auto [known, is_new] = sites_.emplace(std::string(site), static_cast<std::uint32_t>(sites_.size()));
  if (is_new) own_names_.push_back(own_names(site));
  const std::uint32_t at = known->second;
  const auto words = [&](std::string_view text) { return spread_words(text, own_names_[at]); };
  std::vector<SpreadWord> old_words, new_words;
  if (kind != core::ChangeKind::added) old_words = words(old_text);
  if (kind != core::ChangeKind::removed) new_words = words(new_text);

  Item item{change, kind, 0, static_cast<std::uint64_t>(kind), {}, {}};
  item.fingerprint = mixed(fingerprint_of(kind == core::ChangeKind::added ? std::string_view() : old_text,
                                          kind == core::ChangeKind::removed ? std::string_view() : new_text),
                           static_cast<std::uint64_t>(kind));
  std::set<std::string> before, after;
  if (kind == core::ChangeKind::modified) {
    for (const SpreadWord& word : old_words) before.insert(word.word);
    for (const SpreadWord& word : new_words) after.insert(word.word);
  }
  std::vector<std::string> weighty;
  const auto take = [&](const std::vector<SpreadWord>& side, int edit, const std::set<std::string>& other) {
    for (const SpreadWord& word : side) {
      const bool edited = kind == core::ChangeKind::modified && !other.contains(word.word);
      const Token token = number(word.word, at, edited ? edit : 0);
      item.tokens.push_back(token);
      if (word.name_like) item.names.push_back(token);
      if (word.weighty) weighty.push_back(word.word + (edit == 1 ? "-" : "+"));
    }
  };
  take(old_words, 1, after);
  take(new_words, 2, before);
  std::sort(weighty.begin(), weighty.end());
  for (const std::string& word : weighty) item.weighty = mixed(item.weighty, std::hash<std::string>()(word));
  for (std::vector<Token>* const tokens : {&item.tokens, &item.names}) {
    std::sort(tokens->begin(), tokens->end());
    tokens->erase(std::unique(tokens->begin(), tokens->end()), tokens->end());
    tokens->shrink_to_fit();
  }
  items_.push_back(std::move(item));
}

/// A name that only one site uses is most likely its own; but a clause of nothing but names is left as it is.
void SpreadFinder::drop_names(Item& item) const {
  std::vector<Token> own;
  for (const Token token : item.names) {
    if (site_of_[token] != several) own.push_back(token);
  }
  item.names = {};
  if (own.empty() || own.size() * 4 > item.tokens.size()) return;
  std::erase_if(item.tokens, [&](Token token) { return std::binary_search(own.begin(), own.end(), token); });
}

/// Numbers words anew, the rarest lowest.
void SpreadFinder::rank() {
  std::vector<std::uint32_t> uses(site_of_.size(), 0);
  for (Item& item : items_) {
    drop_names(item);
    for (const Token token : item.tokens) ++uses[token];
  }
  std::vector<Token> order(uses.size()), ranks(uses.size());
  std::iota(order.begin(), order.end(), Token{0});
  std::stable_sort(order.begin(), order.end(), [&](Token a, Token b) { return uses[a] < uses[b]; });
  std::vector<bool> edit(order.size());
  for (std::size_t at = 0; at < order.size(); ++at) {
    ranks[order[at]] = static_cast<Token>(at);
    edit[at] = edit_[order[at]];
  }
  edit_ = std::move(edit);
  for (Item& item : items_) {
    for (Token& token : item.tokens) token = ranks[token];
    std::sort(item.tokens.begin(), item.tokens.end());
  }
}

double SpreadFinder::alike(const Item& a, const Item& b) const {
  if (a.kind != b.kind || a.weighty != b.weighty) return 0;
  const auto [less, more] = std::minmax({a.tokens.size(), b.tokens.size()});
  if (static_cast<double>(less) < least_alike * static_cast<double>(more)) return 0;
  const auto edits = [&](Token token) { return edit_[token]; };
  if (a.kind == core::ChangeKind::modified && jaccard(a.tokens, b.tokens, edits) < least_edit_alike) return 0;
  return jaccard(a.tokens, b.tokens, [](Token) { return true; });
}

std::vector<SpreadFinder::Group> SpreadFinder::groups(std::size_t least_words) {
  std::vector<Group> out;
  std::unordered_map<std::uint64_t, std::size_t> by_fingerprint, by_words;
  std::unordered_map<Token, std::vector<std::size_t>> by_rare_word;
  std::vector<std::size_t> seen;  // by group: the item that looked at it last
  for (std::size_t at = 0; at < items_.size(); ++at) {
    const Item& item = items_[at];
    if (item.tokens.size() < least_words) continue;
    std::uint64_t words = item.weighty;
    for (const Token token : item.tokens) words = mixed(words, token);
    if (const auto found = by_fingerprint.find(item.fingerprint); found != by_fingerprint.end()) {
      out[found->second].items.push_back(at);
      continue;
    }
    if (const auto found = by_words.find(words); found != by_words.end()) {
      out[found->second].items.push_back(at);
      by_fingerprint.emplace(item.fingerprint, found->second);
      continue;
    }
    // Two sets whose likeness reaches the bound share one of their so many rarest words.
    const std::size_t size = item.tokens.size();
    const std::size_t prefix = size - static_cast<std::size_t>(least_alike * static_cast<double>(size) + 0.999999) + 1;
    double best = 0;
    std::size_t best_group = 0;
    for (std::size_t i = 0; i < prefix; ++i) {
      const auto found = by_rare_word.find(item.tokens[i]);
      if (found == by_rare_word.end()) continue;
      // The latest: an event is short.
      const std::vector<std::size_t>& leaders = found->second;
      const std::size_t stop = leaders.size() > looked_at ? leaders.size() - looked_at : 0;
      for (std::size_t j = leaders.size(); j > stop; --j) {
        const std::size_t group = leaders[j - 1];
        if (std::exchange(seen[group], at) == at) continue;
        const double found_alike = alike(items_[out[group].leader], item);
        if (found_alike >= least_alike && (found_alike > best || (found_alike == best && group < best_group))) {
          best = found_alike;
          best_group = group;
        }
      }
    }
    if (best > 0) {
      out[best_group].items.push_back(at);
      by_fingerprint.emplace(item.fingerprint, best_group);
      by_words.emplace(words, best_group);
      continue;
    }
    const std::size_t group = out.size();
    out.push_back({at, {at}});
    seen.push_back(at);
    by_fingerprint.emplace(item.fingerprint, group);
    by_words.emplace(words, group);
    for (std::size_t i = 0; i < prefix; ++i) by_rare_word[item.tokens[i]].push_back(group);
  }
  return out;
}

void SpreadFinder::append_events(const Group& group, const SpreadLimits& limits, std::vector<SpreadEvent>& out) const {
  if (group.items.size() < limits.documents) return;
  const auto time = [&](std::size_t at) { return items_[group.items[at]].change.not_after.time(); };
  const auto target = [&](std::size_t at) { return items_[group.items[at]].change.target; };
  std::map<storage::Id, std::size_t> inside;  // how often each target stands between begin and end
  std::size_t end = 0;
  for (std::size_t begin = 0; begin < group.items.size();) {
    for (; end < group.items.size() && time(end) - time(begin) <= limits.within; ++end) ++inside[target(end)];
    if (inside.size() < limits.documents) {
      if (--inside[target(begin)] == 0) inside.erase(target(begin));
      ++begin;
      continue;
    }
    SpreadEvent event;
    event.kind = items_[group.leader].kind;
    const Item& first = items_[group.items[begin]];
    std::set<storage::Id> told;
    for (std::size_t at = begin; at < end; ++at) {
      const Item& item = items_[group.items[at]];
      if (!told.insert(item.change.target).second) continue;
      SpreadMember member = item.change;
      member.exact = item.fingerprint == first.fingerprint;
      member.alike = member.exact ? 1.0 : alike(first, item);
      event.members.push_back(member);
    }
    event.first_is_sure = std::all_of(event.members.begin() + 1, event.members.end(), [&](const SpreadMember& member) {
      return event.members.front().not_after <= member.not_before;
    });
    out.push_back(std::move(event));
    inside.clear();
    begin = end;
  }
}

std::vector<SpreadEvent> SpreadFinder::events(const SpreadLimits& limits) {
  rank();
  std::vector<SpreadEvent> out;
  for (const Group& group : groups(limits.words)) append_events(group, limits, out);
  std::stable_sort(out.begin(), out.end(), [](const SpreadEvent& a, const SpreadEvent& b) {
    if (a.members.size() != b.members.size()) return a.members.size() > b.members.size();
    return a.members.front().not_after < b.members.front().not_after;
  });
  return out;
}

}  // namespace waydiff::report
