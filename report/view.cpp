#include "report/view.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "report/plain_text.hpp"
#include "report/report.hpp"
#include "report/stays.hpp"

namespace waydiff::report {
namespace {

using storage::CaptureRow;
using storage::Id;
using storage::Outcome;
using storage::TransitionKind;

/// Rows by id, for one dossier.
class Rows {
 public:
  explicit Rows(const Dossier& dossier) {
    for (const auto& row : dossier.archives) archives_[row.id] = &row;
    for (const auto& row : dossier.captures) captures_[row.id] = &row;
    for (const auto& row : dossier.texts) texts_[row.id] = &row;
    for (const auto& row : dossier.extractions) {
      by_address_[{row.body, row.page_url, row.content_type}] = &row;
      by_body_.emplace(row.body, &row);
    }
  }

  SnapshotView snapshot(const CaptureRow& row) const {
    const auto found = archives_.find(row.archive);
    const storage::ArchiveRow archive = found == archives_.end() ? storage::ArchiveRow{} : *found->second;
    return {row.capture.timestamp, visible(snapshot_address(archive, row)), visible(archive.name)};
  }

  /// `time` stands in when the capture is not there.
  SnapshotView snapshot(Id capture, core::Timestamp time) const {
    const CaptureRow* row = this->capture(capture);
    return row ? snapshot(*row) : SnapshotView{time, "capture not in the store", ""};
  }

  const CaptureRow* capture(Id id) const { return find(captures_, id); }
  const storage::TextRow* text(Id id) const { return find(texts_, id); }

  const storage::Extraction* extraction(const CaptureRow& row) const {
    if (!row.body) return nullptr;
    const auto exact = by_address_.find({*row.body, row.capture.original, row.content_type});
    return exact != by_address_.end() ? exact->second : find(by_body_, *row.body);
  }

 private:
  template <class Map>
  static typename Map::mapped_type find(const Map& map, Id id) {
    const auto found = map.find(id);
    return found == map.end() ? nullptr : found->second;
  }

  std::map<Id, const storage::ArchiveRow*> archives_;
  std::map<Id, const CaptureRow*> captures_;
  std::map<Id, const storage::TextRow*> texts_;
  std::map<std::tuple<Id, std::string, std::string>, const storage::Extraction*> by_address_;
  std::map<Id, const storage::Extraction*> by_body_;
};

std::string title(const storage::TransitionRow& row) {
  const std::string from = row.not_before.date(), to = row.not_after.date();
  const std::string window = from == to ? " on " + from : " between " + from + " and " + to;
  switch (row.kind) {
    case TransitionKind::changed:
      return "Changed" + window;
    case TransitionKind::returned:
      return "Returned to text " + std::to_string(row.new_state) + window;
    case TransitionKind::editorial:
      return "Same words, edited form" + window;
  }
  return window;
}

std::vector<TransitionView> transitions(const Dossier& dossier, const Rows& rows) {
  std::vector<TransitionView> out;
  for (const storage::TransitionRow& row : dossier.history.transitions) {
    TransitionView view;
    view.sequence = row.sequence;
    view.kind = row.kind;
    view.title = title(row);
    view.gap = gap_text(row.not_before, row.not_after);
    view.old_state = row.old_state;
    view.new_state = row.new_state;
    view.before = rows.snapshot(row.old_capture, row.not_before);
    view.after = rows.snapshot(row.new_capture, row.not_after);
    view.missed = visible(missed_remark(missed_between(dossier.missed, row.not_before, row.not_after)));
    const Announcement announced = announcement(row, dossier.dates);
    view.announced = name(announced.announced);
    view.dates = visible(announcement_text(announced));
    view.substantive = change_views(row.changes, core::Significance::substantive);
    view.structural = change_views(row.changes, core::Significance::structural);
    view.editorial = change_views(row.changes, core::Significance::editorial);
    view.summary = summary(row.changes);
    for (const std::string& note : row.changes.notes) view.notes.push_back(visible(note));
    out.push_back(std::move(view));
  }
  return out;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

/// How long each text stood, and which returns are told as one.
void add_stays(const Dossier& dossier, const Rows& rows, PageView& page) {
  const auto time_of = [&rows](Id capture) {
    const CaptureRow* const row = rows.capture(capture);
    return row ? row->capture.timestamp : core::Timestamp();
  };
  const std::vector<Stay> all = stays(dossier.history, time_of);
  std::size_t at = 0;
  for (TransitionView& view : page.transitions) {
    if (view.kind == TransitionKind::editorial) continue;
    if (at < all.size())
      view.stood = "Text " + std::to_string(view.old_state) + " stood for " + lasted_text(lasted(all[at]));
    ++at;
  }
  for (const Alternation& found : alternations(dossier.history.transitions)) {
    AlternationView view;
    view.first = found.first;
    view.last = found.last;
    view.label = capitalised(alternation_text(found));
    view.title = view.label + " between " + found.not_before.date() + " and " + found.not_after.date();
    if (found.last_stay < all.size()) {
      const std::span part = std::span(all).subspan(found.first_stay, found.last_stay - found.first_stay + 1);
      for (const StateLife& life : state_lives(part)) {
        view.lines.push_back("Text " + std::to_string(life.state) + ": " + life_text(life));
      }
    }
    std::map<std::pair<Id, Id>, int> told;  // texts, and the sequence that shows how they differ
    for (std::size_t i = found.first; i <= found.last; ++i) {
      const storage::TransitionRow& row = dossier.history.transitions[i];
      const auto [entry, is_new] = told.emplace(std::pair(row.old_text, row.new_text), row.sequence);
      if (!is_new) page.transitions[i].same_as = static_cast<std::size_t>(entry->second);
    }
    page.alternations.push_back(std::move(view));
  }
  std::map<int, std::string> stood;
  for (const StateLife& life : state_lives(all)) stood[life.state] = life_text(life);
  for (TextView& text : page.texts) text.stood = stood[text.state];
}

/// Why a capture that has a body stands nowhere in the history.
MomentView quarantined(const CaptureRow& row, const Rows& rows) {
  MomentView moment;
  moment.snapshot = rows.snapshot(row);
  const storage::Extraction* extraction = rows.extraction(row);
  if (extraction && !extraction->verdict.good()) {
    moment.reason = core::name(extraction->verdict.reason);
    moment.detail = visible(extraction->verdict.detail);
  } else if (row.http_status && *row.http_status >= 400) {
    moment.reason = core::name(core::Quarantine::http_error);
    moment.detail = "archived answer " + std::to_string(*row.http_status);
  } else if (row.http_status && *row.http_status >= 300) {
    moment.reason = core::name(core::Quarantine::redirect);
    moment.detail = "archived answer " + std::to_string(*row.http_status);
    if (!row.location.empty()) moment.detail += " to " + visible(row.location);
  } else if (!row.cut_short.empty()) {
    moment.reason = core::name(core::Quarantine::truncated);
    moment.detail = visible(row.cut_short);
  } else {
    moment.reason = "not compared yet";
  }
  return moment;
}

/// Captures that stand in the history because a person said so.
void add_released(const Dossier& dossier, const Rows& rows, PageView& page) {
  for (const auto& placement : dossier.history.placements) {
    const CaptureRow* const row = rows.capture(placement.capture);
    const storage::Extraction* const extraction = row ? rows.extraction(*row) : nullptr;
    if (!extraction || !extraction->overruled || !extraction->verdict.good()) continue;
    page.warnings.push_back("The capture of " + row->capture.timestamp.date() + " was released " +
                            visible(extraction->verdict.detail) + ".");
  }
}

void add_moments(const Dossier& dossier, const Rows& rows, PageView& page) {
  std::map<Id, int> state_of;
  for (const auto& placement : dossier.history.placements) state_of[placement.capture] = placement.state;
  for (const CaptureRow& row : dossier.captures) {
    const auto placed = state_of.find(row.id);
    if (placed != state_of.end()) {
      page.moments.push_back({rows.snapshot(row), placed->second, "", ""});
      if (!page.first) page.first = row.capture.timestamp;
      page.last = row.capture.timestamp;
    } else if (row.body) {
      page.moments.push_back(quarantined(row, rows));
      page.quarantined.push_back(page.moments.back());
    } else if (row.outcome == Outcome::unplayable || row.outcome == Outcome::excluded ||
               row.outcome == Outcome::failed) {
      page.unread.push_back(
          {rows.snapshot(row), std::string(storage::name(row.outcome)), visible(row.cause), row.attempts});
    }
  }
}

std::vector<TextView> texts(const Dossier& dossier, const Rows& rows) {
  std::vector<TextView> out;
  std::map<Id, std::size_t> index;
  for (const auto& placement : dossier.history.placements) {
    const CaptureRow* capture = rows.capture(placement.capture);
    if (!capture) continue;
    const auto [entry, is_new] = index.emplace(placement.text, out.size());
    if (is_new) {
      TextView view;
      view.state = placement.state;
      view.first = rows.snapshot(*capture);
      view.body_sha256 = capture->body_sha256;
      if (const auto* text = rows.text(placement.text)) {
        view.title = visible(text->title);
        view.language = visible(text->language);
        view.clauses = text->clauses;
        view.text_sha256 = text->sha256;
      }
      if (const auto* extraction = rows.extraction(*capture)) view.generation = extraction->generation;
      out.push_back(std::move(view));
    }
    TextView& view = out[entry->second];
    ++view.captures;
    view.last = std::max(view.last, capture->capture.timestamp);
  }
  return out;
}

void add_ledger(const storage::Receipt& receipt, PageView& page) {
  constexpr std::pair<Outcome, std::string_view> outcomes[] = {
      {Outcome::fetched, "body in the store"},
      {Outcome::duplicate, "same digest as a fetched capture: the same body"},
      {Outcome::revisit, "the archive’s own “same as before”: the same body"},
      {Outcome::unselected, "listed, not asked for by the chosen interval"},
      {Outcome::pending, "chosen, not fetched yet"},
      {Outcome::failed, "tried in vain, tried again by the next run"},
      {Outcome::unplayable, "listed, but not given out by the archive"},
      {Outcome::excluded, "the archive was asked not to show it"},
  };
  for (const auto& [outcome, meaning] : outcomes) {
    const auto found = receipt.counts.find(outcome);
    const std::size_t number = found == receipt.counts.end() ? 0 : found->second;
    page.ledger.push_back({std::string(storage::name(outcome)), std::string(meaning), number});
    page.accounted += number;
  }
  page.listed = receipt.listed;
  if (page.accounted != page.listed) {
    page.warnings.push_back("The receipt does not add up: " + counted(page.listed, "capture") + " listed, " +
                            std::to_string(page.accounted) + " accounted for. Run “waydiff verify”.");
  }
}

void add_listing_warnings(const Dossier& dossier, PageView& page) {
  // A later complete answer to the same query makes up for an earlier one that was cut off.
  std::map<std::pair<Id, std::string>, const storage::ListingRow*> latest;
  for (const auto& listing : dossier.listings) latest[{listing.archive, listing.query}] = &listing;
  for (const auto& [key, listing] : latest) {
    if (listing->complete) continue;
    page.warnings.push_back("The index answer to “" + visible(listing->query) + "” was not complete" +
                            (listing->problem.empty() ? "" : ": " + visible(listing->problem)) + ".");
  }
}

std::string sentence(const PageView& page) {
  const std::string captures = counted(page.captures, "capture");
  if (!page.first) return captures + " listed; no text could be read yet.";
  std::string out = "Followed from " + page.first->date() + " to " + page.last->date() + ": " + captures + ", " +
                    counted(page.states, "text") + ", " + counted(page.transitions.size(), "transition");
  if (page.transitions.empty()) return out + ".";
  out += " of which " + std::to_string(page.substantive_transitions) + " with substantive changes";
  const auto returns = std::count_if(page.transitions.begin(), page.transitions.end(),
                                     [](const auto& view) { return view.kind == TransitionKind::returned; });
  if (returns > 0) out += ", " + std::to_string(returns) + " back to an earlier text";
  return out + ".";
}

}  // namespace

PageView page_view(const Dossier& dossier, std::string file) {
  const Rows rows(dossier);
  PageView page;
  page.site = visible(dossier.target.site);
  page.kind = visible(dossier.target.kind);
  page.url = visible(dossier.target.url);
  page.file = std::move(file);
  page.captures = dossier.receipt.listed;
  page.states = dossier.history.states.size();
  page.transitions = transitions(dossier, rows);
  page.substantive_transitions = static_cast<std::size_t>(std::count_if(
      page.transitions.begin(), page.transitions.end(), [](const auto& view) { return !view.substantive.empty(); }));
  add_moments(dossier, rows, page);
  add_released(dossier, rows, page);
  page.texts = texts(dossier, rows);
  add_stays(dossier, rows, page);
  add_ledger(dossier.receipt, page);
  add_listing_warnings(dossier, page);
  page.summary = sentence(page);
  return page;
}

}  // namespace waydiff::report
