#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "report/change_view.hpp"
#include "report/html.hpp"
#include "report/plain_text.hpp"
#include "report/redline.hpp"
#include "report/redline_passages.hpp"
#include "report/redline_style.hpp"
#include "report/templates_redline.hpp"

namespace waydiff::report {
namespace {

/// Unchanged passages that stay in sight at both ends of a long stretch of them, and from how many on it is folded.
constexpr std::size_t kept_in_sight = 2, folded_from = 8;
constexpr std::size_t headings_named = 4;

std::string class_of(const RedlineParagraph& paragraph) {
  const std::string level = std::to_string(std::clamp(paragraph.level, 1, 6));
  switch (paragraph.kind) {
    case core::BlockKind::heading:
      return "h h" + level;
    case core::BlockKind::list_item:
      return "li l" + level + (paragraph.number.empty() ? " bullet" : "");
    case core::BlockKind::paragraph:
      return paragraph.level > 0 ? "li l" + level : "p";
    case core::BlockKind::table_row:
      return "cells";
    case core::BlockKind::preformatted:
      return "code";
    case core::BlockKind::rule:
      break;
  }
  return "p";
}

class Page {
 public:
  explicit Page(const Redline& redline)
      : redline_(redline), rows_(redline_rows(redline)), runs_(redline), is_below_(runs_.all().size() + 1, false) {
    std::vector<bool> seen(is_below_.size(), false);
    for (const RedlineRow& row : rows_) {
      if (row.kind == RedlineRow::Kind::change) seen[runs_.number(row.change)] = true;
      if (row.kind == RedlineRow::Kind::left) is_below_[runs_.number(row.change)] = seen[runs_.number(row.change)];
    }
  }

  Data stretches() {
    Data list = list_data();
    const std::vector<RedlinePassage> passages = redline_passages(redline_, rows_);
    for (std::size_t at = 0; at < passages.size();) {
      std::size_t end = at + 1;
      if (!passages[at].changed) {
        while (end < passages.size() && !passages[end].changed) ++end;
      }
      Data item;
      item.set("row", passages[at].changed ? row(passages[at]) : Data(false));
      item.set("same", passages[at].changed ? Data(false) : same(std::span(passages).subspan(at, end - at)));
      list.push_back(item);
      at = end;
    }
    return list;
  }

 private:
  Data row(const RedlinePassage& passage) {
    Data data;
    const std::string section = passage.path.empty() ? "(top)" : path_text(passage.path);
    data.set("section", section == section_ ? Data(false) : Data(section));
    section_ = section;
    // What was removed as a whole is there once: it moves to the older column by style.
    const bool removed = is_removed(passage);
    data.set("has_old", Data(!removed));
    data.set("side", removed ? "Old" : "New");
    data.set("before", paragraphs(passage.before, false));
    data.set("both", paragraphs(passage.both, true));
    Data marks = list_data();
    bool has_marks = false, all_editorial = !passage.changes.empty();
    for (const std::size_t change : passage.changes) {
      all_editorial = all_editorial && is_editorial(change);
      if (!runs_.is_first(change)) continue;
      marks.push_back(mark(change));
      has_marks = true;
    }
    data.set("marks", marks);
    data.set("has_marks", Data(has_marks));
    data.set("look", std::string(all_editorial ? " ed" : "") + (removed ? " removed" : ""));
    return data;
  }

  static bool is_removed(const RedlinePassage& passage) {
    return std::all_of(passage.both.begin(), passage.both.end(), [](const RedlineParagraph& paragraph) {
      return paragraph.one_sided &&
             std::all_of(paragraph.pieces.begin(), paragraph.pieces.end(),
                         [](const auto& piece) { return piece.kind == RedlineRow::Kind::change; });
    });
  }

  Data same(std::span<const RedlinePassage> passages) const {
    std::size_t clauses = 0;
    for (const RedlinePassage& passage : passages) clauses += passage.clauses;
    const bool folds = passages.size() >= folded_from;
    const std::size_t lead = folds ? kept_in_sight : passages.size();
    const auto middle = passages.subspan(lead, folds ? passages.size() - 2 * kept_in_sight : 0);
    Data data;
    data.set("gap", counted(clauses, "clause") + unchanged());
    data.set("lead", paragraphs_of(passages.first(lead)));
    data.set("trail", paragraphs_of(passages.subspan(lead + middle.size())));
    data.set("fold", Data(folds));
    data.set("label", label(middle));
    data.set("folded", paragraphs_of(middle));
    return data;
  }

  std::string label(std::span<const RedlinePassage> passages) const {
    std::size_t clauses = 0, headings = 0;
    std::string names;
    for (const RedlinePassage& passage : passages) {
      clauses += passage.clauses;
      for (const std::string& heading : passage.headings) {
        if (++headings <= headings_named) names += (headings > 1 ? " · " : "") + start_of(heading, 60);
      }
    }
    std::string out = counted(clauses, "clause") + unchanged();
    if (headings > 0) out += ": " + names;
    return headings > headings_named ? out + " …" : out;
  }

  [[nodiscard]] std::string unchanged() const {
    return redline_.filter.shows_all() ? " unchanged" : " unchanged or left out";
  }

  Data paragraphs_of(std::span<const RedlinePassage> passages) const {
    Data list = list_data();
    for (const RedlinePassage& passage : passages) {
      for (const RedlineParagraph& one : passage.both) list.push_back(paragraph(one, true));
    }
    return list;
  }

  Data paragraphs(const std::vector<RedlineParagraph>& all, bool is_new) const {
    Data list = list_data();
    for (const RedlineParagraph& one : all) {
      if (!is_new || has_words(one)) list.push_back(paragraph(one, is_new));
    }
    return list;
  }

  /// Of clauses that moved away together only the first has a word to say.
  [[nodiscard]] bool has_words(const RedlineParagraph& paragraph) const {
    return std::any_of(paragraph.pieces.begin(), paragraph.pieces.end(), [&](const RedlinePiece& piece) {
      return piece.kind != RedlineRow::Kind::left || runs_.is_first(piece.change);
    });
  }

  /// Ids and links stand in the newer column only.
  Data paragraph(const RedlineParagraph& paragraph, bool is_new) const {
    Data data;
    data.set("class", class_of(paragraph) + (is_new && paragraph.one_sided ? " out" : ""));
    const bool heading = paragraph.kind == core::BlockKind::heading;
    data.set("level", heading ? Data(std::to_string(std::clamp(paragraph.level + 1, 2, 6))) : Data(false));
    data.set("number", text_or_false(paragraph.number));
    Data pieces = list_data();
    for (const RedlinePiece& piece : paragraph.pieces) pieces.push_back(this->piece(piece, is_new));
    data.set("pieces", pieces);
    return data;
  }

  Data piece(const RedlinePiece& piece, bool is_new) const {
    Data data;
    data.set("plain", Data(false));
    data.set("change", Data(false));
    data.set("left", Data(false));
    if (piece.kind == RedlineRow::Kind::plain) {
      data.set("plain", piece.words.front().text);
    } else if (piece.kind == RedlineRow::Kind::left && is_new) {
      if (runs_.is_first(piece.change)) data.set("left", left(piece));
    } else {
      data.set("change", change(piece, is_new));
    }
    return data;
  }

  Data change(const RedlinePiece& piece, bool is_new) const {
    const core::Change& change = redline_.set.changes[piece.change];
    Data data;
    std::string look;
    if (is_editorial(piece.change)) look += " ed";
    if (change.kind == core::ChangeKind::moved || piece.kind == RedlineRow::Kind::left) look += " mv";
    data.set("look", look);
    const bool is_named = is_new && runs_.is_first(piece.change);
    data.set("id", is_named ? number_data(runs_.number(piece.change)) : Data(false));
    data.set("title", is_named ? change_title(change_view(change)) : "");
    data.set("spans", spans_data(piece.words));
    return data;
  }

  Data left(const RedlinePiece& piece) const {
    const std::size_t number = runs_.number(piece.change);
    const ChangeView view = change_view(told_as_one(redline_.set, runs_.run(piece.change)));
    Data data;
    data.set("id", number_data(number));
    data.set("words", "“" + start_of(piece.words.front().text, 60) + "”");
    data.set("to", view.to);
    data.set("arrow", is_below_[number] ? "↑" : "↓");
    return data;
  }

  Data mark(std::size_t first) const {
    const std::size_t number = runs_.number(first);
    const ChangeView view = change_view(told_as_one(redline_.set, runs_.run(first)));
    Data data = change_data(view);
    data.set("id", number_data(number));
    data.set("look", is_editorial(first) ? Data("ed") : Data(false));
    if (view.significance != core::name(core::Significance::substantive)) {
      data.set("change_kind", view.kind + " (" + view.significance + ")");
    }
    data.set("clauses", clause_numbers(view));
    data.set("has_moved", Data(!view.move.empty()));
    data.set("from", view.from.empty() ? "its old place" : view.from);
    data.set("arrow", is_below_[number] ? "↓" : "↑");
    std::vector<core::WordOp> ops = markup_ops(redline_, redline_.set.changes[first]);
    for (core::WordOp& op : ops) op.text = visible(op.text);
    data.set("markup", Data(!ops.empty()));
    data.set("spans", spans_data(ops));
    return data;
  }

  [[nodiscard]] bool is_editorial(std::size_t change) const {
    return redline_.set.changes[change].significance == core::Significance::editorial;
  }

  const Redline& redline_;
  const std::vector<RedlineRow> rows_;
  const ChangeRuns runs_;
  std::vector<bool> is_below_;  ///< by number of run: the old place comes after the new one
  std::string section_;
};

Data source(std::string_view which, const RedlineSide& side, std::size_t clauses) {
  const std::string link = web_link(side.address);
  Data data;
  data.set("which", std::string(which));
  data.set("name", visible(side.name));
  data.set("origin", text_or_false(visible(side.origin)));
  data.set("href", text_or_false(link));
  data.set("address", link.empty() ? text_or_false(visible(side.address)) : Data(false));
  data.set("clauses", counted(clauses, "clause"));
  return data;
}

Data language(const RedlineSide& side) {
  return text_or_false(side.document == nullptr ? std::string() : visible(side.document->language));
}

}  // namespace

std::string redline_html(const Redline& redline) {
  const core::ChangeSet& set = redline.set;
  Data data;
  Data sources = list_data(), notes = list_data();
  sources.push_back(source("Old", redline.before, set.before_clauses));
  sources.push_back(source("New", redline.after, set.after_clauses));
  data.set("sources", sources);
  for (const std::string& note : set.notes) notes.push_back(Data(visible(note)));
  data.set("notes", notes);
  data.set("change_summary", redline_summary(redline));
  data.set("only", Data(redline.filter.count_shown(set) > 0));
  data.set("has_editorial", Data(std::any_of(set.changes.begin(), set.changes.end(), [&](const core::Change& change) {
             return change.significance == core::Significance::editorial && redline.filter.shows(change);
           })));
  data.set("old_language", language(redline.before));
  data.set("new_language", language(redline.after));
  data.set("stretches", Page(redline).stretches());
  return html_page("Changes from " + redline.before.name + " to " + redline.after.name, redline_template, data,
                   redline_style);
}

}  // namespace waydiff::report
