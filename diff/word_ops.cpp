#include "diff/word_ops.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "diff/alignment.hpp"
#include "diff/unspaced_words.hpp"

namespace waydiff::diff {
namespace {

struct Token {
  std::string_view lead;  ///< spaces before it
  std::string_view text;
  bool word = false;
};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Bytes of the code point at the start of `text`.
std::size_t code_point(std::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) ++size;
  return size;
}

/// Words, single marks, and at the end perhaps an empty token that carries trailing spaces.
std::vector<Token> tokens(std::string_view text) {
  std::vector<Token> found;
  const std::vector<std::string_view> list = readable_words(text);
  std::size_t next_word = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    while (i < text.size() && is_space(text[i])) ++i;
    const std::string_view lead = text.substr(start, i - start);
    if (i == text.size()) {
      found.push_back({lead, {}, false});
    } else if (next_word < list.size() && list[next_word].data() == text.data() + i) {
      found.push_back({lead, list[next_word], true});
      i += list[next_word++].size();
    } else {
      const std::size_t size = code_point(text.substr(i));
      found.push_back({lead, text.substr(i, size), false});
      i += size;
    }
  }
  return found;
}

class Steps {
 public:
  void keep(std::string_view text) {
    if (text.empty()) return;
    flush();
    append('=', text);
  }
  void erase(std::string_view text) { erased_ += text; }
  void insert(std::string_view text) { inserted_ += text; }
  std::vector<core::WordOp> take() {
    flush();
    return std::move(ops_);
  }

 private:
  void append(char op, std::string_view text) {
    if (text.empty()) return;
    if (!ops_.empty() && ops_.back().op == op) {
      ops_.back().text += text;
    } else {
      ops_.push_back({op, std::string(text)});
    }
  }
  void flush() {
    // The space before a replaced word belongs to neither side of the replacement.
    std::size_t shared = 0;
    while (shared < erased_.size() && shared < inserted_.size() && erased_[shared] == inserted_[shared] &&
           is_space(erased_[shared])) {
      ++shared;
    }
    append('=', std::string_view(erased_).substr(0, shared));
    append('-', std::string_view(erased_).substr(shared));
    append('+', std::string_view(inserted_).substr(shared));
    erased_.clear();
    inserted_.clear();
  }

  std::string erased_;
  std::string inserted_;
  std::vector<core::WordOp> ops_;
};

/// What stands between two kept stretches: the tokens of both sides that are shown as replaced.
struct Gap {
  std::size_t words = 0;
  std::size_t letters = 0;  ///< of the longer side
  bool both_sides = false;
};

/// Drops islands: kept marks or words between two replacements that are much longer, or no more than a short word.
/// They hide what was replaced by what.
class Islands {
 public:
  Islands(const std::vector<Token>& before, const std::vector<Token>& after) : before_(before), after_(after) {}

  [[nodiscard]] std::vector<Link> dropped(const std::vector<Link>& links) const {
    std::vector<Link> kept;
    std::size_t i = 0, j = 0;  // where the change before the island starts
    for (std::size_t k = 0; k < links.size();) {
      std::size_t end = k + 1;
      while (end < links.size() && links[end].before == links[end - 1].before + 1 &&
             links[end].after == links[end - 1].after + 1) {
        ++end;
      }
      const std::size_t next_i = end < links.size() ? links[end].before : before_.size();
      const std::size_t next_j = end < links.size() ? links[end].after : after_.size();
      const Gap left = gap(i, links[k].before, j, links[k].after);
      const Gap right = gap(links[end - 1].before + 1, next_i, links[end - 1].after + 1, next_j);
      if (!is_island(links, k, end, left, right)) {
        kept.insert(kept.end(), links.begin() + static_cast<std::ptrdiff_t>(k),
                    links.begin() + static_cast<std::ptrdiff_t>(end));
        i = links[end - 1].before + 1;
        j = links[end - 1].after + 1;
      }
      k = end;
    }
    return kept;
  }

 private:
  [[nodiscard]] Gap gap(std::size_t i, std::size_t i_end, std::size_t j, std::size_t j_end) const {
    Gap gap;
    gap.both_sides = i < i_end && j < j_end;
    std::size_t old_letters = 0, new_letters = 0;
    for (; i < i_end; ++i) {
      gap.words += before_[i].word ? 1 : 0;
      old_letters += before_[i].word ? before_[i].text.size() : 0;
    }
    for (; j < j_end; ++j) {
      gap.words += after_[j].word ? 1 : 0;
      new_letters += after_[j].word ? after_[j].text.size() : 0;
    }
    gap.letters = std::max(old_letters, new_letters);
    return gap;
  }

  [[nodiscard]] bool is_island(const std::vector<Link>& links, std::size_t k, std::size_t end, const Gap& left,
                               const Gap& right) const {
    if (!left.both_sides || !right.both_sides || left.words == 0 || right.words == 0) return false;
    std::size_t letters = 0;
    for (std::size_t l = k; l < end; ++l) {
      const Token& token = before_[links[l].before];
      letters += token.word ? token.text.size() : 0;
    }
    return letters <= 3 || letters * 3 <= std::min(left.letters, right.letters);
  }

  const std::vector<Token>& before_;
  const std::vector<Token>& after_;
};

}  // namespace

std::vector<core::WordOp> word_ops(std::string_view before, std::string_view after) {
  Steps steps;
  if (before == after) {
    steps.keep(before);
    return steps.take();
  }
  const std::vector<Token> old_tokens = tokens(before);
  const std::vector<Token> new_tokens = tokens(after);
  std::unordered_map<std::string_view, std::uint32_t> ids;
  std::vector<double> weights;
  const auto number = [&](const std::vector<Token>& list) {
    std::vector<std::uint32_t> numbers;
    numbers.reserve(list.size());
    for (const Token& token : list) {
      const auto [entry, fresh] = ids.try_emplace(token.text, static_cast<std::uint32_t>(weights.size()));
      if (fresh) weights.push_back(!token.word ? 0.3 : token.text.size() > 3 ? 2.0 : 1.0);
      numbers.push_back(entry->second);
    }
    return numbers;
  };
  const std::vector<std::uint32_t> old_ids = number(old_tokens);
  const std::vector<std::uint32_t> new_ids = number(new_tokens);
  std::size_t i = 0, j = 0;
  const auto change_to = [&](std::size_t i_end, std::size_t j_end) {
    for (; i < i_end; ++i) {
      steps.erase(old_tokens[i].lead);
      steps.erase(old_tokens[i].text);
    }
    for (; j < j_end; ++j) {
      steps.insert(new_tokens[j].lead);
      steps.insert(new_tokens[j].text);
    }
  };
  for (const Link& link : Islands(old_tokens, new_tokens).dropped(common_subsequence(old_ids, new_ids, weights))) {
    change_to(link.before, link.after);
    if (old_tokens[i].lead == new_tokens[j].lead) {
      steps.keep(old_tokens[i].lead);
    } else {
      steps.erase(old_tokens[i].lead);
      steps.insert(new_tokens[j].lead);
    }
    steps.keep(old_tokens[i].text);
    ++i, ++j;
  }
  change_to(old_tokens.size(), new_tokens.size());
  return steps.take();
}

}  // namespace waydiff::diff
