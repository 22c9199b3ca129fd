#include "diff/segmentation.hpp"

#include <algorithm>
#include <utility>

#include "core/digest.hpp"
#include "diff/compare.hpp"
#include "diff/enumeration_members.hpp"
#include "diff/enumerator.hpp"
#include "diff/fingerprint.hpp"
#include "diff/known_blocks.hpp"
#include "diff/marked_line.hpp"
#include "diff/sentence_breaks.hpp"
#include "diff/words.hpp"

namespace waydiff::diff {
namespace {

using core::Block;
using core::BlockKind;
using core::ClauseKind;
using core::Inline;

/// About as many as a document is cut into, rather too many: room that is not used costs nothing.
std::size_t expected_clauses(const core::Document& document) {
  constexpr std::size_t short_clause = 60;  // bytes
  std::size_t bytes = 0;
  for (const Block& block : document.blocks) {
    for (const core::Inline& run : block.runs) bytes += run.text.size();
  }
  return document.blocks.size() + bytes / short_clause;
}

/// Marks alone ("**", ".", "* * *") are no clause.
bool says_something(std::string_view text) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return std::any_of(text.begin(), text.end(), plain) || !words(text).empty();
}

}  // namespace

class Segmentation::Segmenter {
 public:
  /// `known` may be null.
  Segmenter(Segmentation& out, const core::Document& document, Language& language, const KnownBlocks* known)
      : out_(out), breaks_(language), known_(known), line_(out.memory_) {
    const auto is_top = [](const Block& block) { return block.kind == BlockKind::heading && block.level == 1; };
    const auto is_heading = [](const Block& block) { return block.kind == BlockKind::heading; };
    const auto count = [&](const auto& which) {
      return std::count_if(document.blocks.begin(), document.blocks.end(), which);
    };
    named_first_ =
        !document.blocks.empty() && is_top(document.blocks.front()) && count(is_top) == 1 && count(is_heading) > 1;
    out_.paths_.emplace_back();
    out_.clauses_.reserve(expected_clauses(document));
    for (std::size_t i = 0; i < document.blocks.size(); ++i) add(document.blocks[i], i);
  }

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
    const std::span<const ClauseView> found = known_->find(block);
    for (const ClauseView& one : found) {
      ClauseView& clause = out_.clauses_.emplace_back(one);
      clause.path = &out_.paths_.back();
      clause.block = index;
    }
    return !found.empty();
  }

  void push(ClauseKind kind, std::size_t begin, std::size_t end, std::size_t block) {
    const std::string_view line = line_.text();
    while (begin < end && line[begin] == ' ') ++begin;
    while (end > begin && line[end - 1] == ' ') --end;
    const std::string_view text = line.substr(begin, end - begin);
    if (!says_something(text)) return;
    ClauseView& clause = out_.clauses_.emplace_back();
    clause.kind = kind;
    clause.text = text;
    clause.markup = line_.markup(begin, end);
    clause.fingerprint = fingerprint(text, out_.memory_);
    clause.path = &out_.paths_.back();
    clause.block = block;
  }

  void add_heading(const Block& block, std::size_t index) {
    line_.read(block.runs);
    const std::string_view text = line_.text();
    if (text.empty()) return;
    std::vector<std::string> path = out_.paths_.back();
    while (!levels_.empty() && levels_.back() >= block.level) {
      levels_.pop_back();
      path.pop_back();
    }
    if (path.size() < out_.paths_.back().size()) out_.paths_.push_back(path);
    push(ClauseKind::heading, 0, text.size(), index);
    if (named_first_ && index == 0) return;
    levels_.push_back(block.level);
    path.emplace_back(text);
    out_.paths_.push_back(std::move(path));
  }

  void add_row(const Block& block, std::size_t index) {
    line_.read_row(block.cells);
    const std::string_view text = line_.text();
    if (text.find_first_not_of(" |") == std::string_view::npos) return;
    push(ClauseKind::table_row, 0, text.size(), index);
  }

  void add_sentences(const Block& block, std::size_t index, ClauseKind kind) {
    line_.read(block.runs);
    std::size_t start = 0;
    for (const std::size_t at : line_.breaks()) {
      if (at < line_.text().size() && starts_a_line(line_.text(), at)) {
        add_stretch(start, at, index, kind);
        start = at;
      }
    }
    add_stretch(start, line_.text().size(), index, kind);
  }

  /// A hard break inside a sentence (an old page wrapped by hand) goes on in lower case.
  static bool starts_a_line(std::string_view text, std::size_t at) {
    const auto c = static_cast<unsigned char>(text[at]);
    return !(c >= 'a' && c <= 'z') || enumerator_length(text.substr(at)) > 0;
  }

  void add_stretch(std::size_t begin, std::size_t end, std::size_t block, ClauseKind kind) {
    const std::string_view text = line_.text().substr(begin, end - begin);
    std::size_t start = 0;
    std::vector<std::size_t> starts = breaks_.find(text);
    starts.push_back(text.size());
    for (const std::size_t next : starts) {
      const std::string_view sentence = text.substr(start, next - start);
      std::size_t from = 0;
      for (const std::size_t member : enumeration_members(sentence)) {
        push(kind, begin + start + from, begin + start + member, block);
        from = member;
      }
      push(kind, begin + start + from, begin + next, block);
      start = next;
    }
  }

  Segmentation& out_;
  SentenceBreaks breaks_;
  const KnownBlocks* known_;
  MarkedLine line_;  ///< of the block at hand
  bool named_first_ =
      false;  ///< the first block is a lone top heading: the document's name, above no clause in particular
  std::vector<int> levels_;
};

Segmentation::Segmentation(const core::Document& document, Language& language) {
  Segmenter(*this, document, language, nullptr);
}

Segmentation::Segmentation(const core::Document& document, Language& language, const core::Document& other,
                           const Segmentation& cut) {
  const KnownBlocks known(other, cut.clauses());
  Segmenter(*this, document, language, &known);
}

SegmentedPair::SegmentedPair(const core::Document& before, const core::Document& after, const TellLanguage& tell) {
  Language old_language(before, tell);
  before_.emplace(before, old_language);
  Language new_language(after, tell);
  // Another language's sentences may end elsewhere.
  const bool matters = old_language.has_mattered() || new_language.is_greek();
  if (matters && old_language.code() != new_language.code()) {
    after_.emplace(after, new_language);
  } else {
    after_.emplace(after, new_language, before, *before_);
  }
}

std::vector<core::Clause> clauses(std::span<const ClauseView> views) {
  std::vector<core::Clause> clauses;
  clauses.reserve(views.size());
  for (const ClauseView& view : views) clauses.push_back(view.clause());
  return clauses;
}

std::vector<core::Clause> clauses(const core::Document& document) {
  const TellLanguage nobody;
  Language language(document, nobody);
  return clauses(Segmentation(document, language).clauses());
}

std::string state_key(std::span<const core::Clause> clauses) {
  std::string joined;
  for (const core::Clause& clause : clauses) joined.append(clause.fingerprint).append("\n");
  return core::sha256_hex(joined);
}

}  // namespace waydiff::diff
