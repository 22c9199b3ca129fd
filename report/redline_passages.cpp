#include "report/redline_passages.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "report/change_view.hpp"
#include "report/plain_text.hpp"

namespace waydiff::report {
namespace {

using Kind = RedlineRow::Kind;

/// Removed and added paragraphs that follow one another stand side by side up to this many.
constexpr std::size_t most_beside = 8;

/// The block that a clause stands in; without clauses each is in a block of its own.
std::size_t block_of(const RedlineSide& side, std::size_t clause) {
  return clause < side.clauses.size() ? side.clauses[clause].block : clause;
}

/// What a row adds to the text in the making.
class Blocks {
 public:
  explicit Blocks(const Redline& redline) : redline_(redline) {}

  [[nodiscard]] std::size_t first_old(const RedlineRow& row) const { return of(redline_.before, row.before, true); }
  [[nodiscard]] std::size_t last_old(const RedlineRow& row) const { return of(redline_.before, row.before, false); }
  [[nodiscard]] std::size_t first_new(const RedlineRow& row) const { return of(redline_.after, row.after, true); }
  [[nodiscard]] std::size_t last_new(const RedlineRow& row) const { return of(redline_.after, row.after, false); }

 private:
  static std::size_t of(const RedlineSide& side, const ClauseSpan& span, bool first) {
    if (span.empty()) return nowhere;
    return block_of(side, first ? span.first : span.last());
  }
  const Redline& redline_;
};

RedlineParagraph paragraph_of(const RedlineSide& side, std::size_t block) {
  RedlineParagraph out;
  if (side.document == nullptr || block >= side.document->blocks.size()) return out;
  const core::Block& from = side.document->blocks[block];
  out.kind = from.kind;
  out.level = from.level;
  if (from.kind == core::BlockKind::list_item && from.ordered) out.number = std::to_string(from.number) + ".";
  return out;
}

void append_plain(std::vector<RedlinePiece>& pieces, std::string_view text) {
  if (!pieces.empty() && pieces.back().kind == Kind::plain) {
    pieces.back().words.front().text += " " + visible(text);
  } else {
    pieces.push_back({Kind::plain, nowhere, {{'=', visible(text)}}});
  }
}

/// Paragraphs of one column, in which blocks open and close as rows come.
class Column {
 public:
  /// The paragraph that a row goes on with, or a new one. Either block may be nowhere.
  RedlineParagraph& at(const Redline& redline, std::size_t old_block, std::size_t new_block) {
    const bool goes_on = !out_.empty() && (new_block != nowhere ? new_block == new_block_ || adopts(old_block)
                                                                : old_block == old_block_ && old_block != nowhere);
    if (!goes_on) {
      out_.push_back(new_block != nowhere ? paragraph_of(redline.after, new_block)
                                          : paragraph_of(redline.before, old_block));
      new_block_ = nowhere;
    } else if (new_block != nowhere && new_block_ == nowhere) {
      // A paragraph that began with removed clauses turns out to go on in the newer text.
      auto pieces = std::move(out_.back().pieces);
      out_.back() = paragraph_of(redline.after, new_block);
      out_.back().pieces = std::move(pieces);
    }
    if (new_block != nowhere) {
      new_block_ = new_block;
      out_.back().one_sided = false;
    }
    old_block_ = old_block;
    return out_.back();
  }
  std::vector<RedlineParagraph> take() { return std::exchange(out_, {}); }

 private:
  [[nodiscard]] bool adopts(std::size_t old_block) const {
    return new_block_ == nowhere && old_block != nowhere && old_block == old_block_;
  }

  std::vector<RedlineParagraph> out_;
  std::size_t old_block_ = nowhere, new_block_ = nowhere;
};

class Passages {
 public:
  explicit Passages(const Redline& redline) : redline_(redline), blocks_(redline) {}

  std::vector<RedlinePassage> build(const std::vector<RedlineRow>& rows) {
    for (std::size_t at = 0; at < rows.size();) {
      std::size_t end = at + 1;
      start(rows[at]);
      while (end < rows.size() && joins(rows[end])) follow(rows[end++]);
      finish(std::span(rows).subspan(at, end - at));
      at = end;
    }
    return std::move(out_);
  }

 private:
  void start(const RedlineRow& row) {
    last_old_ = last_new_ = nowhere;
    paragraphs_ = 0;
    one_sided_ = true;
    follow(row);
  }

  void follow(const RedlineRow& row) {
    const std::size_t old_block = blocks_.last_old(row), new_block = blocks_.last_new(row);
    if ((old_block != nowhere && old_block != last_old_) || (new_block != nowhere && new_block != last_new_)) {
      ++paragraphs_;
    }
    if (old_block != nowhere) last_old_ = old_block;
    if (new_block != nowhere) last_new_ = new_block;
    one_sided_ = one_sided_ && row.kind != Kind::plain && (row.before.empty() || row.after.empty());
    added_ = row.before.empty();
  }

  [[nodiscard]] bool joins(const RedlineRow& row) const {
    const std::size_t old_block = blocks_.first_old(row), new_block = blocks_.first_new(row);
    if (old_block != nowhere && old_block == last_old_) return true;
    if (new_block != nowhere && new_block == last_new_) return true;
    // What was removed and what came in its place belong beside one another.
    const bool row_one_sided = row.kind != Kind::plain && (row.before.empty() || row.after.empty());
    return one_sided_ && row_one_sided && paragraphs_ < most_beside && !(added_ && row.after.empty());
  }

  void finish(std::span<const RedlineRow> rows) {
    RedlinePassage passage;
    passage.path = *rows.front().path;
    passage.changed = std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.kind != Kind::plain; });
    Column both, before;
    for (const RedlineRow& row : rows) {
      if (!row.after.empty()) note_clauses(row.after, passage);
      if (row.kind == Kind::change) passage.changes.push_back(row.change);
      // What is not shown reads as the newer text has it.
      if (row.kind != Kind::plain || !row.after.empty()) put_both(both, row);
      if (passage.changed && !row.before.empty()) put_before(before, row);
    }
    passage.both = both.take();
    passage.before = before.take();
    out_.push_back(std::move(passage));
  }

  void note_clauses(const ClauseSpan& span, RedlinePassage& passage) const {
    passage.clauses += span.count;
    for (std::size_t i = span.first; i <= span.last() && i < redline_.after.clauses.size(); ++i) {
      const diff::ClauseView& clause = redline_.after.clauses[i];
      if (clause.kind == core::ClauseKind::heading) passage.headings.push_back(visible(clause.text));
    }
  }

  void put_both(Column& column, const RedlineRow& row) const {
    RedlineParagraph& paragraph = column.at(redline_, blocks_.first_old(row), blocks_.first_new(row));
    if (row.kind == Kind::plain) {
      append_plain(paragraph.pieces, row.after.text);
    } else if (row.kind == Kind::left) {
      paragraph.pieces.push_back({Kind::left, row.change, {{'=', visible(row.before.text)}}});
    } else {
      paragraph.pieces.push_back({Kind::change, row.change, change_view(redline_.set.changes[row.change]).spans});
    }
  }

  void put_before(Column& column, const RedlineRow& row) const {
    RedlineParagraph& paragraph = column.at(redline_, blocks_.first_old(row), nowhere);
    if (row.kind != Kind::change) {
      if (row.kind == Kind::plain) append_plain(paragraph.pieces, row.before.text);
      if (row.kind == Kind::left) paragraph.pieces.push_back({row.kind, row.change, {{'=', visible(row.before.text)}}});
      return;
    }
    RedlinePiece piece{Kind::change, row.change, change_view(redline_.set.changes[row.change]).spans};
    std::erase_if(piece.words, [](const core::WordOp& op) { return op.op == '+'; });
    paragraph.pieces.push_back(std::move(piece));
  }

  const Redline& redline_;
  Blocks blocks_;
  std::vector<RedlinePassage> out_;
  std::size_t last_old_ = nowhere, last_new_ = nowhere, paragraphs_ = 0;
  bool one_sided_ = true, added_ = false;
};

}  // namespace

std::vector<RedlinePassage> redline_passages(const Redline& redline, const std::vector<RedlineRow>& rows) {
  return Passages(redline).build(rows);
}

}  // namespace waydiff::report
