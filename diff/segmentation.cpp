#include <algorithm>
#include <functional>
#include <unordered_map>
#include <utility>

#include "core/digest.hpp"
#include "diff/compare.hpp"
#include "diff/enumerator.hpp"
#include "diff/fingerprint.hpp"
#include "diff/language.hpp"
#include "diff/sentence_breaks.hpp"
#include "diff/words.hpp"

namespace waydiff::diff {
namespace {

using core::Block;
using core::BlockKind;
using core::Clause;
using core::ClauseKind;
using core::Inline;

/// A block's words as one string, and which run each stretch of it came from.
struct Line {
  std::string text;
  std::vector<std::pair<std::size_t, const Inline*>> runs;  ///< start offset, run; in order
  std::vector<std::size_t> breaks;                          ///< offsets just after a hard line break
};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Single spaces between the words, and no other white space: true of most runs. All bytes are looked at: so it takes
/// many at once.
bool is_collapsed(std::string_view text) {
  const char* const signs = text.data();
  const std::size_t size = text.size();
  unsigned char found = 0;
  for (std::size_t i = 0; i < size; ++i) {
    found |= static_cast<unsigned char>(static_cast<unsigned char>(signs[i]) < ' ');
  }
  for (std::size_t i = 1; i < size; ++i) {
    found |= static_cast<unsigned char>((signs[i] == ' ') & (signs[i - 1] == ' '));
  }
  return found == 0;
}

void append(Line& line, const Inline& run) {
  line.runs.emplace_back(line.text.size(), &run);
  const std::string_view text = run.text;
  if (!text.starts_with(' ') && is_collapsed(text)) {
    line.text.append(text);
    return;
  }
  line.text.reserve(line.text.size() + text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    while (i < text.size() && !is_space(text[i])) ++i;
    line.text.append(text.substr(start, i - start));
    for (; i < text.size() && is_space(text[i]); ++i) {
      const char c = text[i];
      if (!line.text.empty() && line.text.back() != ' ') line.text += ' ';
      if (c == '\n' && !line.text.empty() && (line.breaks.empty() || line.breaks.back() != line.text.size())) {
        line.breaks.push_back(line.text.size());
      }
    }
  }
}

Line line_of(const std::vector<Inline>& runs) {
  Line line;
  for (const Inline& run : runs) append(line, run);
  while (line.text.ends_with(' ')) line.text.pop_back();
  return line;
}

bool same_marks(const Inline& a, const Inline& b) {
  return a.strong == b.strong && a.emphasis == b.emphasis && a.code == b.code && a.href == b.href;
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '\\' && c != '*' && c != '_' && c != '[' && c != ']' && c != '`') continue;
    out.append(text.substr(start, i - start)).append("\\");
    start = i;
  }
  out.append(text.substr(start));
}

void append_marked(std::string& out, std::string_view text, const Inline& run) {
  // CommonMark's marks must touch the words, so spaces go outside them.
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) {
    out += text;
    return;
  }
  const std::size_t last = text.find_last_not_of(' ');
  out.append(text.substr(0, first));
  const std::string_view words = text.substr(first, last - first + 1);
  if (!run.href.empty()) out += '[';
  if (run.strong) out += "**";
  if (run.emphasis) out += '_';
  if (run.code) {
    out.append("`").append(words).append("`");
  } else {
    append_escaped(out, words);
  }
  if (run.emphasis) out += '_';
  if (run.strong) out += "**";
  if (!run.href.empty()) out.append("](").append(run.href).append(")");
  out.append(text.substr(last + 1));
}

std::string markup(const Line& line, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = 0; i < line.runs.size(); ++i) {
    const Inline& run = *line.runs[i].second;
    const std::size_t from = std::max(line.runs[i].first, begin);
    while (i + 1 < line.runs.size() && same_marks(run, *line.runs[i + 1].second)) ++i;
    const std::size_t to = std::min(i + 1 < line.runs.size() ? line.runs[i + 1].first : line.text.size(), end);
    if (from < to) append_marked(out, std::string_view(line.text).substr(from, to - from), run);
  }
  return out;
}

/// Marks alone ("**", ".", "* * *") are no clause.
bool says_something(std::string_view text) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return std::any_of(text.begin(), text.end(), plain) || !words(text).empty();
}

/// What another document's blocks were cut into. Both outlive it.
class KnownBlocks {
 public:
  KnownBlocks(const core::Document& document, std::span<const Clause> clauses)
      : document_(document), clauses_(clauses) {
    for (std::size_t i = 0, at = 0; i < document.blocks.size(); ++i) {
      const std::size_t begin = at;
      while (at < clauses.size() && clauses[at].block == i) ++at;
      if (at > begin) by_words_.emplace(hash(document.blocks[i]), Range{i, begin, at - begin});
    }
  }

  /// The clauses of a block with the same words and marks, those of its place apart; none if there is none.
  [[nodiscard]] std::span<const Clause> find(const Block& block) const {
    const auto [begin, end] = by_words_.equal_range(hash(block));
    for (auto it = begin; it != end; ++it) {
      const Block& known = document_.blocks[it->second.block];
      const bool alike = known.kind == block.kind && (known.level > 0) == (block.level > 0) &&
                         known.runs == block.runs && known.cells == block.cells;
      if (alike) return clauses_.subspan(it->second.begin, it->second.count);
    }
    return {};
  }

 private:
  struct Range {
    std::size_t block, begin, count;
  };
  static std::size_t hash(const Block& block) {
    // The marks are left to the comparison; rows of a table differ in their cells.
    std::size_t value = 0;
    const auto add = [&](const Inline& run) { value = value * 31 + std::hash<std::string>()(run.text); };
    for (const Inline& run : block.runs) add(run);
    for (const auto& cell : block.cells) std::for_each(cell.begin(), cell.end(), add);
    return value;
  }

  const core::Document& document_;
  std::span<const Clause> clauses_;
  std::unordered_multimap<std::size_t, Range> by_words_;
};

class Segmenter {
 public:
  /// `known` may be null.
  Segmenter(const core::Document& document, Language& language, const KnownBlocks* known)
      : breaks_(language), known_(known) {
    const auto is_top = [](const Block& block) { return block.kind == BlockKind::heading && block.level == 1; };
    const auto is_heading = [](const Block& block) { return block.kind == BlockKind::heading; };
    const auto count = [&](const auto& which) {
      return std::count_if(document.blocks.begin(), document.blocks.end(), which);
    };
    named_first_ =
        !document.blocks.empty() && is_top(document.blocks.front()) && count(is_top) == 1 && count(is_heading) > 1;
    for (std::size_t i = 0; i < document.blocks.size(); ++i) add(document.blocks[i], i);
  }
  std::vector<Clause> take() { return std::move(clauses_); }

 private:
  void add(const Block& block, std::size_t index) {
    if (known_ && block.kind != BlockKind::heading && take_known(block, index)) return;
    switch (block.kind) {
      case BlockKind::rule:
        return;
      case BlockKind::heading:
        return add_heading(block, index);
      case BlockKind::table_row:
        return add_row(block, index);
      case BlockKind::list_item:
        return add_sentences(block, index, ClauseKind::list_item);
      case BlockKind::paragraph:
      case BlockKind::preformatted:
        return add_sentences(block, index, block.level > 0 ? ClauseKind::list_item : ClauseKind::sentence);
    }
  }

  bool take_known(const Block& block, std::size_t index) {
    const std::span<const Clause> found = known_->find(block);
    for (const Clause& one : found) {
      Clause& clause = clauses_.emplace_back(one);
      clause.path = path_;
      clause.block = index;
    }
    return !found.empty();
  }

  void push(ClauseKind kind, const Line& line, std::size_t begin, std::size_t end, std::size_t block) {
    while (begin < end && line.text[begin] == ' ') ++begin;
    while (end > begin && line.text[end - 1] == ' ') --end;
    if (!says_something(std::string_view(line.text).substr(begin, end - begin))) return;
    Clause clause;
    clause.kind = kind;
    clause.text = line.text.substr(begin, end - begin);
    clause.markup = markup(line, begin, end);
    clause.fingerprint = fingerprint(clause.text);
    clause.path = path_;
    clause.block = block;
    clauses_.push_back(std::move(clause));
  }

  void add_heading(const Block& block, std::size_t index) {
    const Line line = line_of(block.runs);
    if (line.text.empty()) return;
    while (!levels_.empty() && levels_.back() >= block.level) {
      levels_.pop_back();
      path_.pop_back();
    }
    push(ClauseKind::heading, line, 0, line.text.size(), index);
    if (named_first_ && index == 0) return;
    levels_.push_back(block.level);
    path_.push_back(line.text);
  }

  void add_row(const Block& block, std::size_t index) {
    static const Inline bar{.text = " | ", .strong = false, .emphasis = false, .code = false, .href = {}};
    Line line;
    for (std::size_t i = 0; i < block.cells.size(); ++i) {
      if (i > 0) append(line, bar);
      for (const Inline& run : block.cells[i]) append(line, run);
    }
    if (line.text.find_first_not_of(" |") != std::string::npos) {
      push(ClauseKind::table_row, line, 0, line.text.size(), index);
    }
  }

  void add_sentences(const Block& block, std::size_t index, ClauseKind kind) {
    const Line line = line_of(block.runs);
    std::size_t start = 0;
    for (const std::size_t at : line.breaks) {
      if (at < line.text.size() && starts_a_line(line.text, at)) {
        add_stretch(line, start, at, index, kind);
        start = at;
      }
    }
    add_stretch(line, start, line.text.size(), index, kind);
  }

  /// A hard break inside a sentence (an old page wrapped by hand) goes on in lower case.
  static bool starts_a_line(std::string_view text, std::size_t at) {
    const auto c = static_cast<unsigned char>(text[at]);
    return !(c >= 'a' && c <= 'z') || enumerator_length(text.substr(at)) > 0;
  }

  void add_stretch(const Line& line, std::size_t begin, std::size_t end, std::size_t block, ClauseKind kind) {
    const std::string_view text = std::string_view(line.text).substr(begin, end - begin);
    std::size_t start = 0;
    std::vector<std::size_t> starts = breaks_.find(text);
    starts.push_back(text.size());
    for (const std::size_t next : starts) {
      const std::string_view sentence = text.substr(start, next - start);
      std::size_t from = 0;
      for (const std::size_t member : enumeration_members(sentence)) {
        push(kind, line, begin + start + from, begin + start + member, block);
        from = member;
      }
      push(kind, line, begin + start + from, begin + next, block);
      start = next;
    }
  }

  SentenceBreaks breaks_;
  const KnownBlocks* known_;
  bool named_first_ =
      false;  ///< the first block is a lone top heading: the document's name, above no clause in particular
  std::vector<int> levels_;
  std::vector<std::string> path_;
  std::vector<Clause> clauses_;
};

}  // namespace

std::vector<Clause> clauses(const core::Document& document) {
  const TellLanguage nobody;
  Language language(document, nobody);
  return Segmenter(document, language, nullptr).take();
}

BothClauses clauses(const core::Document& before, const core::Document& after, const TellLanguage& tell) {
  BothClauses both;
  Language old_language(before, tell);
  both.before = Segmenter(before, old_language, nullptr).take();
  Language new_language(after, tell);
  // Another language's sentences may end elsewhere.
  const bool matters = old_language.has_mattered() || new_language.is_greek();
  if (matters && old_language.code() != new_language.code()) {
    both.after = Segmenter(after, new_language, nullptr).take();
    return both;
  }
  const KnownBlocks known(before, both.before);
  both.after = Segmenter(after, new_language, &known).take();
  return both;
}

std::string state_key(std::span<const Clause> clauses) {
  std::string joined;
  for (const Clause& clause : clauses) joined.append(clause.fingerprint).append("\n");
  return core::sha256_hex(joined);
}

}  // namespace waydiff::diff
